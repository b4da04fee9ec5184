import { readFile } from 'node:fs/promises'

/** What declarations of functions and passes and rows of the catalogue state for readers alone. */
const membersForReaders = new Set(['doc', 'phrases', 'notes', 'examples', 'example', 'help'])

/** The declarations of functions and passes, and the bands of diagnostics that every program loads. */
const isDeclaration = (id) =>
  /[\\/]src[\\/](functions[\\/](?!runtime)[a-z]+[\\/][\w-]+|ir[\\/]passes[\\/][\w-]+|diagnostics[\\/](syntax|names|types|evaluation))\.ts$/.test(
    id,
  )

/** Who gathers them. */
const leads = (id) =>
  isDeclaration(id) || /[\\/]src[\\/](functions[\\/]standard|diagnostics[\\/]expression)\.ts$/.test(id)

/** Who shows documentation, and so gets the declarations whole. */
const isReader = (id) => /[\\/]src[\\/](functions[\\/]documentation|diagnostics[\\/]catalogue)\.ts$/.test(id)

/** Marks the whole declarations and what leads to them. */
const mark = '?documented'

/** The ranges of the members for readers in a module. */
const rangesIn = (node, code) => {
  if (node === null || typeof node !== 'object') return []
  if (node.type === 'Property' && membersForReaders.has(node.key.name))
    return [{ start: node.start, end: code[node.end] === ',' ? node.end + 1 : node.end }]
  return Object.values(node).flatMap((child) => rangesIn(child, code))
}

/**
 * Leaves the documentation of functions and diagnostics out of what every program loads. The modules that show it
 * get copies of the declarations with it: each is written once, and bundled twice.
 */
export const documentationApart = {
  name: 'documentation-apart',
  async resolveId(source, importer) {
    if (importer === undefined || !source.startsWith('.')) return null
    const isMarked = importer.endsWith(mark)
    if (!isMarked && !isReader(importer)) return null
    const resolved = await this.resolve(source, isMarked ? importer.slice(0, -mark.length) : importer, {
      skipSelf: true,
    })
    if (resolved === null) return null
    return leads(resolved.id) ? { ...resolved, id: resolved.id + mark } : resolved
  },
  async load(id) {
    if (!id.endsWith(mark)) return null
    return { code: await readFile(id.slice(0, -mark.length), 'utf8'), moduleType: 'ts' }
  },
  transform(code, id) {
    if (!isDeclaration(id)) return null
    // Blanks in their place leave everything else where it is, so that no source map is needed.
    const blank = (text, { start, end }) =>
      text.slice(0, start) + text.slice(start, end).replace(/\S/g, ' ') + text.slice(end)
    return { code: rangesIn(this.parse(code, { lang: 'ts' }), code).reduce(blank, code), map: null }
  },
}
