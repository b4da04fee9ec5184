// Builds dist/ from the entry points that package.json declares. Two conventions tie the two together:
//   exports: `types: ./dist/types/PATH.d.ts` is built from src/PATH.ts into the `default` file;
//   bin:     `dist/NAME.js` is built from src/NAME/main.ts.
// Everything is built aside and swapped in at the end, so that a failed build leaves the last good one.
//   --partial  skips entry points that have no source yet, with a message, instead of failing
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import manifest from '../package.json' with { type: 'json' }
import { buildPage } from './build-page.mjs'
import { bundlerInput } from './bundler.mjs'
import { keepReachableDeclarations } from './declarations.mjs'
import { languageServerLibrary } from './language-server-library.mjs'
import { noticesOf } from './notices.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const staging = join(root, 'node_modules/.cache/attrflow/dist')
const partial = process.argv.includes('--partial')

/** Entry points that are loaded by file and not by name, such as a worker thread's: built file → source. */
const unnamedEntries = {}

/** Drivers that a user installs when a job needs them. */
const optionalPeers = Object.keys(manifest.peerDependencies)

/** Entry points that may use Node; nothing that the others load may. */
const nodeEntries = new Set(['cli', ...Object.keys(unnamedEntries)])

/** @returns {Promise<Map<string, string>>} the name of the built file without `.js` → its source */
async function entryPoints() {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const entries = new Map()
  for (const target of Object.values(manifest.exports)) {
    if (typeof target === 'string') continue
    const name = /^\.\/dist\/(.+)\.js$/.exec(target.default)?.[1]
    const path = /^\.\/dist\/types\/(.+)\.d\.ts$/.exec(target.types)?.[1]
    if (name === undefined || path === undefined)
      throw new Error(`unexpected export ${JSON.stringify(target)}`)
    entries.set(name, join(root, 'src', `${path}.ts`))
  }
  for (const file of Object.values(manifest.bin)) {
    const name = /^dist\/(.+)\.js$/.exec(file)[1]
    entries.set(name, join(root, 'src', name, 'main.ts'))
  }
  for (const [name, source] of Object.entries(unnamedEntries)) entries.set(name, join(root, source))
  return entries
}

/** Drops (with --partial) or rejects entry points without a source. */
function requireSources(entries) {
  const missing = [...entries].filter(([, source]) => !existsSync(source))
  if (missing.length === 0) return
  const list = missing.map(([name, source]) => `  dist/${name}.js: ${relative(root, source)} does not exist`)
  if (!partial) throw new Error(`package.json declares entry points without a source:\n${list.join('\n')}`)
  console.warn(`skipped entry points:\n${list.join('\n')}`)
  for (const [name] of missing) entries.delete(name)
}

/** The modules that an entry point loads. */
async function modulesOf(entry) {
  const build = await rolldown({
    ...bundlerInput,
    cwd: root,
    input: entry,
    platform: 'neutral',
    external: [/^node:/],
  })
  const { output } = await build.generate({ format: 'esm' })
  await build.close()
  return new Set(output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : [])))
}

async function bundle(entries, alias) {
  const runtimeNames = [...entries.keys()].filter((name) => /^runtime(\/|$)/.test(name))
  const runtimeEntries = await Promise.all(
    runtimeNames.map(async (name) => ({ name, modules: await modulesOf(entries.get(name)) })),
  )
  const [core, decisions] = await Promise.all([
    modulesOf(entries.get('index')),
    modulesOf(entries.get('decisions')),
  ])
  const build = await rolldown({
    ...bundlerInput,
    resolve: { ...bundlerInput.resolve, alias },
    cwd: root,
    input: Object.fromEntries(entries),
    platform: 'neutral',
    external: [/^node:/, ...builtinModules, ...optionalPeers],
  })
  const { output } = await build.generate({
    format: 'esm',
    minify: true,
    comments: { legal: false },
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    // What every program loads is in as few files as possible: opening one takes longer than compiling it.
    codeSplitting: {
      groups: [
        ...runtimeGroups(runtimeEntries),
        // What both load is apart, so that neither loads what only the other needs.
        { name: 'common', test: (id) => core.has(id) && decisions.has(id) },
        { name: 'decisions', test: (id) => decisions.has(id) },
        { name: 'core', test: (id) => core.has(id) },
      ],
    },
  })
  await build.close()
  const files = output
    .filter((file) => file.type === 'chunk')
    .map(({ fileName, code, name, isEntry, imports, dynamicImports, moduleIds }) => ({
      fileName,
      code,
      name,
      isEntry,
      imports,
      dynamicImports,
      moduleIds,
    }))
  for (const { fileName, code } of files) {
    await mkdir(dirname(join(staging, fileName)), { recursive: true })
    await writeFile(join(staging, fileName), code)
  }
  return files
}

/**
 * A chunk for each runtime entry point, so that a generated module loads no more than it needs; what several of
 * them need is in the first, which every generated module loads.
 */
function runtimeGroups([first, ...others]) {
  const isShared = (id) => others.filter(({ modules }) => modules.has(id)).length > 1
  const inFirst = (id) => first.modules.has(id) || isShared(id)
  return [
    { name: first.name, test: inFirst },
    ...others.map(({ name, modules }) => ({ name, test: (id) => modules.has(id) && !inFirst(id) })),
  ]
}

/** Fails when an entry point for browsers loads a module of Node, directly or through a shared chunk. */
function forbidNodeInCore(chunks) {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  for (const entry of chunks.filter((chunk) => chunk.isEntry && !nodeEntries.has(chunk.name))) {
    const reached = new Set([entry.fileName])
    for (const file of reached) {
      const chunk = byFile.get(file)
      if (chunk === undefined) throw new Error(`${entry.fileName} imports ${file}, which browsers lack`)
      for (const next of [...chunk.imports, ...chunk.dynamicImports]) reached.add(next)
    }
  }
}

/** Writes the declarations of the named entry points; types are checked by `npm run typecheck`, not here. */
async function declarations(entries) {
  const config = join(dirname(staging), 'tsconfig.json')
  const named = [...entries].filter(([name]) => name !== 'cli' && !(name in unnamedEntries))
  const files = named.map(([, source]) => source)
  const compilerOptions = {
    noEmit: false,
    noCheck: true,
    isolatedDeclarations: false,
    emitDeclarationOnly: true,
    rootDir: join(root, 'src'),
    outDir: join(staging, 'types'),
  }
  await writeFile(
    config,
    JSON.stringify({
      extends: join(root, '.config/tsconfig.core.json'),
      compilerOptions,
      files,
      include: [],
    }),
  )
  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', config])
  await keepReachableDeclarations(
    join(staging, 'types'),
    files.map((file) => relative(join(root, 'src'), file).replace(/\.ts$/, '.d.ts')),
  )
}

function run(command, args) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' })
    child.on('error', fail)
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`${args[0]} ended with ${code}`))))
  })
}

/** npm sets the mode of a bin only when it links it, so every build must. */
async function makeExecutable(file) {
  const text = await readFile(file, 'utf8')
  if (!text.startsWith('#!')) await writeFile(file, `#!/usr/bin/env node\n${text}`)
  await chmod(file, 0o755)
}

const start = performance.now()
try {
  const entries = await entryPoints()
  requireSources(entries)
  if (entries.size === 0) throw new Error('no entry point has a source')
  await rm(staging, { recursive: true, force: true })
  await mkdir(staging, { recursive: true })
  const library = await languageServerLibrary()
  const [chunks, , page] = await Promise.all([
    bundle(entries, library.alias),
    declarations(entries),
    buildPage(join(staging, 'preview.html')),
  ])
  forbidNodeInCore(chunks)
  const modules = chunks
    .flatMap((chunk) => chunk.moduleIds)
    .flatMap((id) => (id === library.file ? library.modules : [id]))
    .concat(page.modules)
  await writeFile(join(staging, 'THIRD-PARTY-NOTICES.txt'), await noticesOf(modules))
  if (entries.has('cli')) await makeExecutable(join(staging, 'cli.js'))
  await rm(resolve(root, 'dist'), { recursive: true, force: true })
  await rename(staging, resolve(root, 'dist'))
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`built ${entries.size} entry points into dist/ in ${seconds} s`)
} catch (error) {
  console.error(`build failed: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
