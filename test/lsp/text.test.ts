import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Change,
  changeBetween,
  type OpenText,
  openText,
  readingSteps,
  withChange,
} from '../../src/lsp/text.js'

const text = readFileSync(new URL('../../docs/examples/entra-to-scim.schema.json', import.meta.url), 'utf8')
const open = openText(text, 'schema', {})

const places = ({ parts }: OpenText): unknown => parts.map(({ place, expression }) => ({ place, expression }))
const insert = (at: number, piece: string): Change => ({ span: { start: at, end: at }, text: piece })
const applied = ({ span, text: piece }: Change): string =>
  text.slice(0, span.start) + piece + text.slice(span.end)

describe('reading a whole text in steps', () => {
  it('gives what reading it at once gives, in a step for each kind of work and each object mapping', () => {
    const steps = readingSteps(text, 'schema', {})
    let [count, step] = [1, steps.next()]
    for (; step.done !== true; step = steps.next()) count++
    expect(places(step.value)).toEqual(places(open))
    expect(step.value.diagnostics).toEqual(open.diagnostics)
    const mappings = open.schema!.synchronizationRules.flatMap(({ objectMappings }) => objectMappings)
    expect(count).toBeGreaterThan(3 + mappings.filter(({ enabled }) => enabled).length)
  })
})

describe('a change between two texts', () => {
  it.each([
    ['abc', 'abXc', { span: { start: 2, end: 2 }, text: 'X' }],
    ['aaa', 'aa', { span: { start: 2, end: 3 }, text: '' }],
    ['same', 'same', { span: { start: 4, end: 4 }, text: '' }],
    ['', 'new', { span: { start: 0, end: 0 }, text: 'new' }],
  ])('%j to %j is the range that differs', (before, after, change) => {
    expect(changeBetween(before, after)).toEqual(change)
  })
})

describe('a schema after a keystroke', () => {
  const { place } = open.parts[5]!
  const { span, mappingSpan, expression } = place!

  it.each<[string, Change]>([
    ['a blank before everything', insert(0, ' ')],
    ['a line break before an expression', insert(span.start, '\n')],
    ['a line break after it', insert(span.end, '\n')],
    ['a character in it', insert(span.start + 1, ' ')],
    ['an escaped character in it', insert(span.end - 1, ' & \\"x\\"')],
    ['a line break between mappings', insert(mappingSpan.start, '\n')],
    ['a blank behind everything', insert(text.length, ' ')],
  ])('has every expression at its place: %s', (_title, change) => {
    const next = withChange(open, change)
    expect(next.text).toBe(applied(change))
    expect(places(next)).toEqual(places(openText(next.text, 'schema', {})))
    expect(next.settled).toBe(false)
  })

  it('moves the findings, and looks for new ones in the changed expression alone', () => {
    const found = ({ diagnostics }: OpenText): unknown =>
      diagnostics.map(({ code, span: at }) => ({ code, at }))
    const outside = withChange(open, insert(0, '\n\n'))
    expect(found(outside)).toEqual(found(openText(outside.text, 'schema', {})))
    const faulty = withChange(open, insert(span.start + 1, 'Jion('))
    expect(faulty.diagnostics.some(({ code, span: at }) => code === 'AF2001' && at.start > span.start)).toBe(
      true,
    )
  })

  it('leaves out what the change cuts through, until the whole text is read', () => {
    const removed = withChange(open, {
      span: { start: mappingSpan.start, end: mappingSpan.end + 1 },
      text: '',
    })
    expect(removed.parts).toHaveLength(open.parts.length - 1)
    const unclosed = withChange(open, { span: { start: span.end - 1, end: span.end }, text: '' })
    expect(unclosed.parts.map((part) => part.expression)).not.toContain(expression)
    expect(unclosed.parts).toHaveLength(open.parts.length - 1)
  })
})

describe('several changes at any places', () => {
  const pieces = fc.constantFrom(
    '',
    ' ',
    'x',
    '"',
    '\\',
    '\\n',
    '\\u0041',
    '(',
    '[mail]',
    '{',
    '}',
    ',',
    '\n',
    '😀',
  )
  const near = fc.constantFrom(...open.parts.map((part) => part.place!.span.start))
  const edit = fc.record({ near, off: fc.integer({ min: -60, max: 90 }), cut: fc.nat(3), piece: pieces })

  it('leave each expression that is still known at its place', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        let now = open
        for (const { near: at, off, cut, piece } of edits) {
          const start = Math.min(at + off, now.text.length)
          now = withChange(now, { span: { start, end: Math.min(start + cut, now.text.length) }, text: piece })
        }
        for (const { place, expression } of now.parts)
          expect(JSON.parse(now.text.slice(place!.span.start, place!.span.end))).toBe(expression)
        for (const { span: found } of now.diagnostics)
          expect(0 <= found.start && found.start <= found.end && found.end <= now.text.length).toBe(true)
      }),
      { numRuns: 25 },
    )
  })
})
