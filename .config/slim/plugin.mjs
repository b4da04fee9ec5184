import { fileURLToPath } from 'node:url'

const replaced = (name) => fileURLToPath(new URL(name, import.meta.url))

/** Bundles Chevrotain without its lexer and without lodash-es; see the files beside this one. */
export const slimChevrotain = {
  name: 'slim-chevrotain',
  resolveId(source, importer) {
    if (importer === undefined || !/[\\/]node_modules[\\/]@?chevrotain[\\/]/.test(importer)) return null
    if (source === 'lodash-es') return replaced('./lodash.js')
    return /(^|\/)lexer_public\.js$/.test(source) ? replaced('./lexer.js') : null
  },
}
