// Checks the package as users get it: packs the built checkout, installs the archive in an empty project, imports
// every entry point, compiles a program against the types, and runs the command.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const entryPoints = Object.keys(manifest.exports).filter((path) => path !== './package.json')
const specifiers = entryPoints.map((path) => path.replace(/^\./, 'attrflow'))

/** What may be in the archive; anything else is there by accident. */
const expectedFiles =
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|grammar\/.+|docs\/examples\/.+|docs\/attrflow\.(?:config|job|test)\.schema\.json|dist\/(runtime\/)?[a-z-]+\.js|dist\/preview\.html|dist\/chunks\/(?:runtime\/)?[\w-]+\.js|dist\/types\/.+\.d\.ts|dist\/THIRD-PARTY-NOTICES\.txt)$/

/** What must be in it. */
const neededFiles = [
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'docs/attrflow.config.schema.json',
  'docs/attrflow.job.schema.json',
  'docs/attrflow.test.schema.json',
  'dist/THIRD-PARTY-NOTICES.txt',
  'dist/preview.html',
  ...Object.values(manifest.bin),
  ...Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [] : [target.types.slice(2), target.default.slice(2)],
  ),
]

const maximumUnpackedBytes = 4_000_000

const faults = []

const run = (command, args, cwd) => {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    faults.push(`${command} ${args.join(' ')}\n${error.stdout ?? ''}${error.stderr ?? ''}`)
    return ''
  }
}

const checkContents = ({ files, unpackedSize }) => {
  const paths = new Set(files.map(({ path }) => path))
  faults.push(
    ...neededFiles.filter((file) => !paths.has(file)).map((file) => `${file} is not in the package`),
  )
  faults.push(
    ...[...paths].filter((file) => !expectedFiles.test(file)).map((file) => `${file} does not belong there`),
  )
  if (unpackedSize > maximumUnpackedBytes) faults.push(`the package has ${unpackedSize} bytes`)
}

/** Scripts that npm would run for the users of the package, or ask them to allow. */
const installScripts = ['preinstall', 'install', 'postinstall', 'prepare']

const checkMetadata = async () => {
  for (const name of installScripts)
    if (name in manifest.scripts) faults.push(`the script ${name} would run when the package is installed`)
  const { messages } = await publint({ pkgDir: root, strict: true, pack: false })
  faults.push(...messages.map((message) => formatMessage(message, manifest)))
}

/**
 * What are-the-types-wrong finds, but for what this package is on purpose: modules alone, which `require` loads as such,
 * and entry points that the resolution of Node 10 does not know.
 */
const checkTypes = async (archive) => {
  const { problems } = await checkPackage(createPackageFromTarballData(readFileSync(archive)))
  for (const problem of problems ?? []) {
    const meant = problem.kind === 'CJSResolvesToESM' || problem.resolutionKind === 'node10'
    if (!meant) faults.push(`types: ${JSON.stringify(problem)}`)
  }
}

const checkUse = (archive, folder) => {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }))
  run('npm', ['install', '--no-audit', '--no-fund', archive], folder)

  const exportsOf = specifiers.map(
    (name) => `Object.keys(await import('${name}')).length > 0 || fail('${name}')`,
  )
  const importAll = `const fail = (name) => { throw new Error(name + ' exports nothing') }\n${exportsOf.join('\n')}`
  run(process.execPath, ['--input-type=module', '--eval', importAll], folder)

  // A generated module finds the runtime of the package, and its types fit.
  const schema = join(root, 'docs/examples/entra-to-scim.schema.json')
  run('npx', ['--no-install', 'attrflow', 'build', schema, '--decisions', '--out', 'mapping.mjs'], folder)
  const user = { mail: 'a@contoso.com', userPrincipalName: 'A@contoso.com', department: 'Sales' }
  const mapOne = `const { map } = await import('./mapping.mjs'); console.log(map(${JSON.stringify(user)}).userName)`
  const mapped = run(process.execPath, ['--input-type=module', '--eval', mapOne], folder)
  if (mapped.trim() !== user.userPrincipalName) faults.push(`a generated module gave ${mapped}`)
  const decideOne = `const { mapping } = await import('./mapping.mjs'); const { mapObject } = await import('attrflow/decisions'); console.log(mapObject(mapping, ${JSON.stringify(user)}).outcome)`
  const decided = run(process.execPath, ['--input-type=module', '--eval', decideOne], folder)
  if (decided.trim() !== 'create') faults.push(`the decisions of a generated module gave ${decided}`)

  // The command finds the page of the package.
  run('npx', ['--no-install', 'attrflow', 'preview', '--out', 'page.html'], folder)

  // Without Node's types.
  const program = specifiers.map((name, index) => `export * as entry${index} from '${name}'`).join('\n')
  const use = `
import { mapObject } from 'attrflow/decisions'
import { map, mapping, newContext } from './mapping.mjs'
export const row = map({ mail: null }, newContext())
export const { outcome } = mapObject(mapping, { mail: null })`
  writeFileSync(join(folder, 'program.mts'), program + use)
  const compilerOptions = { strict: true, noEmit: true, module: 'nodenext', target: 'es2023', types: [] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.mts'] }))
  run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], folder)

  // The deepest expression there may be, in a process that has not optimised its parser yet.
  const deepest = `${'Trim('.repeat(200)}"deep"${')'.repeat(200)}`
  const evaluated = run('npx', ['--no-install', 'attrflow', 'eval', deepest], folder)
  if (!evaluated.includes('deep')) faults.push(`an expression of 200 levels gave ${evaluated}`)

  const shown = run('npx', ['--no-install', 'attrflow', 'eval', 'Join("-", "a", "b")'], folder)
  if (!shown.includes('a-b')) faults.push(`attrflow eval printed ${JSON.stringify(shown)}`)
}

/** The largest size of an entry point in one file, as the bundler of a page makes it: kilobytes, gzipped. */
const largest = { 'index.js': 130, 'runtime.js': 20 }

const checkSizes = async () => {
  for (const [entry, limit] of Object.entries(largest)) {
    const build = await rolldown({ input: join(root, 'dist', entry), platform: 'browser' })
    const { output } = await build.generate({ format: 'esm', minify: true, codeSplitting: false })
    await build.close()
    const size = gzipSync(output[0].code, { level: 9 }).length / 1000
    if (size > limit)
      faults.push(`dist/${entry} is ${size.toFixed(1)} kB in one file, gzipped; the limit is ${limit}`)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'attrflow-package-'))
try {
  const [packed] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root),
  )
  checkContents(packed)
  await checkMetadata()
  await checkSizes()
  await checkTypes(join(folder, packed.filename))
  checkUse(join(folder, packed.filename), folder)
  run('npm', ['run', 'demo'], root)
  const help = run('npx', ['--no-install', 'attrflow', '--help'], root)
  if (!help.includes('attrflow')) faults.push('npx attrflow does not work in the checkout')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
if (faults.length > 0) {
  console.error(`the package has faults:\n${faults.join('\n')}`)
  process.exitCode = 1
} else {
  console.log(`the package works: ${entryPoints.length} entry points and the command`)
}
