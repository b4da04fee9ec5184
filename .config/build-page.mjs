// Builds the preview page: one HTML file that works by double click and sends nothing anywhere. The script, the worker
// inside it and the styles are in the file; the policy names the script and the styles by their hashes.
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { bundlerInput } from './bundler.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The modules in whose place the worker has `src/web/texts`, as they are imported. */
const tables = ['functions/standard-documentation.js', 'diagnostics/catalogue.js']
const workerAlias = Object.fromEntries(
  tables
    .flatMap((path) => [`./${path.split('/')[1]}`, `../${path}`, `../../${path}`])
    .map((specifier) => [specifier, join(root, 'src/web/texts.ts')]),
)

/** One script of an entry with all that it imports. */
async function script(entry, { define = {}, alias = {}, format = 'iife' } = {}) {
  const build = await rolldown({
    ...bundlerInput,
    resolve: { ...bundlerInput.resolve, alias },
    cwd: root,
    input: join(root, entry),
    platform: 'browser',
    transform: { define, jsx: { runtime: 'automatic', importSource: 'preact' } },
  })
  const { output } = await build.generate({ format, minify: true, comments: false })
  await build.close()
  if (output.length !== 1) throw new Error(`${entry} became ${output.length} files`)
  return { code: output[0].code, modules: output[0].moduleIds }
}

/** The exports of a module of the sources. */
async function exportsOf(entry) {
  const { code } = await script(entry, { format: 'esm' })
  return import(`data:text/javascript,${encodeURIComponent(code)}`)
}

/** What the page shows of the documentation of a function: no sources, one example. */
const shownOf = ({ doc, phrases, notes, examples }) => ({
  doc,
  phrases,
  notes: notes?.map(({ text }) => ({ text })),
  examples: examples.slice(0, 1),
})

/** The tables of texts that the page gives to its worker as data. */
async function texts() {
  const { standardDocumentation } = await exportsOf('src/functions/standard-documentation.ts')
  const { catalogue } = await exportsOf('src/diagnostics/catalogue.ts')
  const functions = [...standardDocumentation].map(([name, one]) => [name, shownOf(one)])
  return { functions: Object.fromEntries(functions), diagnostics: catalogue }
}

const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** A script inside HTML ends at the first `</script`, and `<!--` opens another state. */
const inHtml = (code) => code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')

/** Writes the page, and gives its parts. */
export async function buildPage(file) {
  const read = (path) => readFile(join(root, path), 'utf8')
  const { version } = JSON.parse(await read('package.json'))
  // The schema stands here as a literal: as a string every quote in it would be escaped.
  const schema = JSON.stringify(JSON.parse(await read('docs/examples/entra-to-scim.schema.json')))
  const users = JSON.stringify(await read('docs/examples/users.ndjson'))
  const worker = await script('src/web/worker.ts', { alias: workerAlias })
  const bundled = await script('src/web/app.tsx', { define: { VERSION: JSON.stringify(version) } })
  const main = inHtml(`var EXAMPLE={schema:JSON.stringify(${schema}),users:${users}};${bundled.code}`)
  const styles = (await read('src/web/page.css')).replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/\n\s*/g, '\n')
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(main)}`,
    `style-src ${hashOf(styles)}`,
    // CodeMirror sets styles of single elements; style elements stay forbidden.
    "style-src-attr 'unsafe-inline'",
    'worker-src blob:',
    "connect-src 'none'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>attrflow preview</title>
<style>${styles}</style>
</head>
<body>
<div id="app"></div>
<script type="application/json" id="attrflow-data"></script>
<script type="application/json" id="attrflow-texts">${JSON.stringify(await texts()).replaceAll('<', '\\u003c')}</script>
<script type="text/plain" id="attrflow-worker">${inHtml(worker.code)}</script>
<script>${main}</script>
</body>
</html>
`
  await writeFile(file, html)
  const modules = [...new Set([...worker.modules, ...bundled.modules])]
  return { main: bundled.code, worker: worker.code, html, policy, modules }
}
