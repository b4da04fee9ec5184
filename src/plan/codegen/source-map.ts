import { GenMapping, maybeAddSegment, setSourceContent, toEncodedMap } from '@jridgewell/gen-mapping'
import { SourceText } from '../../text/source-text.js'
import { urlPart } from '../../text/url-part.js'
import { escapeNonAscii } from './code.js'
import type { Line } from './writer.js'

/** One expression as a source of a generated module. */
export interface ExpressionSource {
  /** The target attribute. */
  readonly name: string
  readonly text: string
}

/**
 * The source map of a module, as JSON: each line that evaluates a part of an expression points to that part.
 * Each root with an expression text is one source, named after its target attribute.
 */
export const writeSourceMap = (
  file: string,
  lines: readonly Line[],
  sources: readonly (ExpressionSource | undefined)[],
): string => {
  const map = new GenMapping({ file })
  const known = new Map<number, { readonly url: string; readonly text: SourceText }>()
  const taken = new Set<string>()
  sources.forEach((source, root) => {
    if (source === undefined) return
    let url = `${urlPart(source.name)}.expr`
    // Two mappings may set the same attribute.
    for (let number = 2; taken.has(url); number++) url = `${urlPart(source.name)}-${number}.expr`
    taken.add(url)
    known.set(root, { url, text: new SourceText(source.text) })
    setSourceContent(map, url, source.text)
  })
  lines.forEach(({ text, root, span }, number) => {
    const source = root === undefined ? undefined : known.get(root)
    const column = text.length - text.trimStart().length
    if (source === undefined || span === undefined) {
      maybeAddSegment(map, number, 0)
      return
    }
    const position = source.text.position(span.start)
    maybeAddSegment(map, number, column, source.url, position.line - 1, position.column - 1)
  })
  return `${escapeNonAscii(JSON.stringify(toEncodedMap(map)))}\n`
}
