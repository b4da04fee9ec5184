// Runs a TypeScript script on Node versions that cannot: node .config/run.mjs ENTRY.ts [ARGUMENT …]
// The script is bundled below node_modules/.cache; packages stay outside. Its own folder is not `import.meta.url`.
import { mkdir } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import { bundlerInput } from './bundler.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const [entry, ...args] = process.argv.slice(2)
if (entry === undefined) {
  console.error('usage: node .config/run.mjs ENTRY.ts [ARGUMENT …]')
  process.exit(2)
}
const source = resolve(entry)
const name = relative(root, source)
  .replace(/\.ts$/, '')
  .replaceAll(/[^\w-]+/g, '-')
const folder = join(root, 'node_modules/.cache/attrflow/run', name)
await mkdir(folder, { recursive: true })
const build = await rolldown({
  ...bundlerInput,
  cwd: root,
  input: source,
  platform: 'node',
  external: (id) => !id.startsWith('.') && !id.startsWith('/'),
})
await build.write({ dir: folder, format: 'esm', entryFileNames: 'main.mjs', sourcemap: 'inline' })
await build.close()
process.setSourceMapsEnabled(true)
process.argv.splice(1, process.argv.length - 1, source, ...args)
await import(pathToFileURL(join(folder, 'main.mjs')).href)
