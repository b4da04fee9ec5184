import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEdits } from '../../src/diagnostics/fix.js'
import {
  completeExpression,
  hoverExpression,
  positionAt,
  quickFixes,
  renameInExpression,
  signatureHelp,
} from '../../src/editor/index.js'
import { analyzeExpression } from '../../src/expression/compile.js'
import { parseExpression } from '../../src/syntax/parser.js'
import { printExpression } from '../../src/syntax/print.js'
import { visit } from '../../src/syntax/walk.js'
import { arbitraryExpression } from '../support/arbitrary-expression.js'
import { context } from './cursor.js'

/** Pieces of the language in any order, so that all places where something could go wrong are reached. */
const piece = fc.constantFrom(
  ...`Join( Replace( Switch( FormatDateTime( DateAdd( ToLower( IIF( Nothing( ( ) , " [ ] % & = <> \${ } \\ (?<a> | ' Tr yyyy [active] [givenName] "x" "(?<u>.)" 12 &H1F 1.5 True vbTextCompare %Tenant% __proto__ constructor ; é 😀 \n`.split(
    / (?=\S)/,
  ),
)

const hostile = fc.oneof(
  fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 30 }),
  arbitraryExpression.map((expression) => printExpression(expression)),
)

const textAndOffset = hostile.chain((text) =>
  fc.record({ text: fc.constant(text), offset: fc.integer({ min: -2, max: text.length + 2 }) }),
)

describe('any text, any offset', () => {
  it('answers without throwing, and inside the text', () => {
    let proposed = 0
    fc.assert(
      fc.property(textAndOffset, ({ text, offset }) => {
        const within = ({ start, end }: { start: number; end: number }): void => {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(start).toBeLessThanOrEqual(end)
          expect(end).toBeLessThanOrEqual(text.length)
        }
        const position = positionAt(text, offset)
        const { call } = position
        if (call !== undefined) {
          within(call.nameSpan)
          for (const { span } of call.arguments) within(span)
          expect(call.arguments[call.argumentIndex]).toBeDefined()
        }
        const items = completeExpression(text, offset, context)
        proposed += items.length
        for (const { edit } of items) {
          within(edit.span)
          // A proposal replaces what is at the cursor.
          expect(edit.span.start).toBeLessThanOrEqual(position.offset)
          expect(edit.span.end).toBeGreaterThanOrEqual(position.offset)
        }
        const hover = hoverExpression(text, offset, context)
        if (hover !== undefined) {
          within(hover.span)
          expect(hover.contents).not.toBe('')
        }
        const help = signatureHelp(text, offset, context)
        if (help?.activeParameter !== undefined)
          expect(help.signatures[help.activeSignature]!.parameters[help.activeParameter]).toBeDefined()
        const { diagnostics } = analyzeExpression(text, context.environment)
        for (const { edits } of quickFixes(text, { start: offset, end: offset }, diagnostics))
          for (const { span } of edits) within(span)
      }),
      { numRuns: 150 },
    )
    expect(proposed).toBeGreaterThan(1000)
  })

  it('comes to an end in nested and endless texts', () => {
    for (const text of [
      'Join('.repeat(4000),
      '['.repeat(20_000),
      '[,'.repeat(10_000),
      '"\\'.repeat(10_000),
    ]) {
      expect(Array.isArray(completeExpression(text, text.length, context))).toBe(true)
      expect(() => hoverExpression(text, text.length, context)).not.toThrow()
      expect(() => signatureHelp(text, text.length, context)).not.toThrow()
    }
  })
})

describe('finished texts', () => {
  it('have the call around each argument that the parser sees', () => {
    let arguments_ = 0
    fc.assert(
      fc.property(arbitraryExpression, (expression) => {
        const text = printExpression(expression)
        const parsed = parseExpression(text)
        visit(parsed.expression, (node) => {
          if (node.type !== 'FunctionCall') return
          for (const [index, argument] of node.arguments.entries()) {
            const { call } = positionAt(text, argument.span.start)
            expect(call?.nameSpan).toEqual(node.nameSpan)
            expect(call?.argumentIndex).toBe(index)
            expect(call?.arguments).toHaveLength(node.arguments.length)
            arguments_++
          }
        })
      }),
      { numRuns: 100 },
    )
    expect(arguments_).toBeGreaterThan(200)
  })

  it('are renamed as the tree is', () => {
    let renamed = 0
    fc.assert(
      fc.property(arbitraryExpression, (expression) => {
        const text = printExpression(expression)
        const names: string[] = []
        visit(parseExpression(text).expression, (node) => {
          if (node.type === 'AttributeReference') names.push(node.name)
        })
        const from = names[0] ?? 'none'
        const after = applyEdits(text, renameInExpression(text, from, 'some[new eq "x"].name'))
        const found: string[] = []
        visit(parseExpression(after).expression, (node) => {
          if (node.type === 'AttributeReference') found.push(node.name)
        })
        expect(found).toEqual(names.map((name) => (name === from ? 'some[new eq "x"].name' : name)))
        renamed += names.length
      }),
      { numRuns: 100 },
    )
    expect(renamed).toBeGreaterThan(60)
  })
})
