import manifest from '../package.json' with { type: 'json' }
import { pages } from './pages.mjs'

/** The documentation site: the pages below docs/, and one module for each entry point that package.json declares. */
export default {
  entryPoints: Object.values(manifest.exports).flatMap(({ types }) =>
    types === undefined ? [] : [types.replace('./dist/types/', '../src/').replace(/\.d\.ts$/, '.ts')],
  ),
  tsconfig: '../tsconfig.json',
  name: 'attrflow',
  out: '../docs/api',
  readme: '../docs/index.md',
  plugin: ['./typedoc-titles.mjs'],
  customCss: './typedoc.css',
  projectDocuments: Object.values(pages)
    .flat()
    .map((page) => `../docs/${page}.md`),
  searchInDocuments: true,
  searchInComments: true,
  navigation: { includeGroups: true },
  groupOrder: [...Object.keys(pages), 'Modules', '*'],
  sort: ['documents-first', 'source-order'],
  excludePrivate: true,
  excludeInternal: true,
  includeVersion: true,
  hideGenerator: true,
  // The entry points name what users need; the rest of a signature is shown as text.
  validation: { notExported: false },
  disableSources: true,
  highlightLanguages: [
    'bash',
    'console',
    'javascript',
    'json',
    'jsonc',
    'typescript',
    'yaml',
    'html',
    'css',
    'xml',
    'sql',
    'powershell',
    'lua',
    'toml',
    'elisp',
  ],
  // npm run typecheck does that.
  skipErrorChecking: true,
  treatWarningsAsErrors: true,
}
