// vscode-languageserver is CommonJS that requires modules of Node. Bundled on its own for Node, it becomes one ES module,
// which the build then takes instead of the package.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What src/lsp uses of it. */
const names = [
  'CodeActionKind',
  'CompletionItemKind',
  'createConnection',
  'DiagnosticSeverity',
  'DocumentDiagnosticReportKind',
  'FoldingRangeKind',
  'MarkupKind',
  'ProposedFeatures',
  'ResponseError',
  'SemanticTokensBuilder',
  'SymbolKind',
  'TextDocumentSyncKind',
]

/** Bundles the library. Gives the aliases by which a build finds it, and the modules in it. */
export async function languageServerLibrary() {
  const entry = join(root, 'node_modules/.cache/attrflow/language-server-entry.mjs')
  const file = join(root, 'node_modules/.cache/attrflow/language-server.mjs')
  await mkdir(dirname(entry), { recursive: true })
  const source = join(root, 'node_modules/vscode-languageserver/lib/node/main.js')
  await writeFile(
    entry,
    `import library from ${JSON.stringify(source)}\nexport const { ${names.join(', ')} } = library\n`,
  )
  const build = await rolldown({
    input: entry,
    platform: 'node',
    tsconfig: false,
    external: [/^node:/],
  })
  const { output } = await build.write({ file, format: 'esm', minify: true, comments: { legal: false } })
  await build.close()
  const modules = output[0].moduleIds.filter((id) => id !== entry)
  return { file, modules, alias: { 'vscode-languageserver/node': file, 'vscode-languageserver': file } }
}
