import assert from 'node:assert/strict'
import { applyEdits } from '../../src/diagnostics/fix.js'
import { renderFrame } from '../../src/diagnostics/frame.js'
import { parseExpression } from '../../src/syntax/parser.js'
import { tokenize } from '../../src/syntax/tokenize.js'
import { visit } from '../../src/syntax/walk.js'
import type { Span } from '../../src/text/span.js'

/** Everything that holds of any text that is read as an expression. */
export const examineText = (text: string): void => {
  const { expression, diagnostics, source } = parseExpression(text)
  const isInside = ({ start, end }: Span): boolean => start >= 0 && end >= start && end <= text.length
  let invalid = false
  visit(expression, (node) => {
    assert(isInside(node.span), `${node.type} lies at ${node.span.start} to ${node.span.end}`)
    invalid ||= node.type === 'InvalidExpression'
  })
  if (invalid) assert.notEqual(diagnostics.length, 0, 'what is invalid has a diagnostic')
  for (const found of diagnostics) {
    assert(isInside(found.span), `${found.code} lies at ${found.span.start} to ${found.span.end}`)
    assert(renderFrame(found, source).includes(found.code))
    for (const fix of found.fixes ?? []) {
      assert.notEqual(fix.edits.length, 0, 'a fix edits something')
      assert.notEqual(applyEdits(text, fix.edits), text, 'a fix changes the text')
    }
  }
  for (const { span, text: token } of tokenize(text)) assert.equal(text.slice(span.start, span.end), token)
}

/** Pieces of expressions, of other languages, and of what editors and web pages make of quotes. */
export const expressionPieces: readonly string[] = [
  ...'"\'`[](){}<>=!&|+-*/%,;:.?\\#@$^~_ \n\t',
  'IIF(',
  'Join(',
  ' OR ',
  ' AND ',
  'NOT ',
  '??',
  '//',
  '/*',
  '*/',
  '...',
  '&amp;',
  '&quot;',
  '&lt;',
  '&#39;',
  '&HF',
  '“',
  '”',
  '‘',
  '’',
  '…',
  '\\[',
  '\\]',
  '[a]',
  '[1]',
  '"x"',
  'a.b',
  '12',
  '-3',
  '1.5',
  'Name',
  '，',
  '\u200b',
  '\ud800',
  '😀',
]
