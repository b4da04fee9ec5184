import type { TextEdit } from '../diagnostics/diagnostic.js'
import { attributeName } from '../syntax/lexer.js'
import { tokenize } from '../syntax/tokenize.js'
import { requireText } from '../values/misuse.js'

/** Whether a name can be written between brackets. */
export const isAttributeName = (name: string): boolean => {
  requireText(name, 'the name of an attribute')
  const [token, ...rest] = tokenize(`[${name}]`)
  return rest.length === 0 && token?.kind === 'Attribute' && attributeName(token.text) === name
}

/**
 * The edits that rename an attribute in an expression: all references, but nothing in strings; blanks between
 * brackets stay. References in faulty texts are found, too.
 */
export const renameInExpression = (text: string, from: string, to: string): readonly TextEdit[] => {
  requireText(text, 'an expression')
  requireText(from, 'the name of an attribute')
  return tokenize(text).flatMap(({ kind, span, text: image }) => {
    if (kind !== 'Attribute' || attributeName(image) !== from) return []
    const start = span.start + image.indexOf(from, 1)
    return [{ span: { start, end: start + from.length }, text: to }]
  })
}
