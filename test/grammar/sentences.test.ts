import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExpression } from '../../src/syntax/parser.js'
import { printExpression } from '../../src/syntax/print.js'
import { tokenize } from '../../src/syntax/tokenize.js'
import { arbitraryExpression } from '../support/arbitrary-expression.js'
import { type Ebnf, readEbnf, recognises, tokenizeByEbnf } from '../support/ebnf.js'

const grammar = readEbnf(readFileSync(new URL('../../grammar/expression.ebnf', import.meta.url), 'utf8'))

const parses = (text: string): boolean =>
  parseExpression(text).diagnostics.every((d) => d.severity !== 'error')

/** Characters that a class of the grammar may match. */
const pool = [...'aZ_9HF\\"\'[](),&=<>%.- \t\n\r\u00a0\ufeff\u00e9\u4e2d\u0301\u201c#x5;']

const samples: Readonly<Record<string, readonly string[]>> = {
  String: ['""', '" "', '"a\\"b"', '"\\\\"', '"\\d"'],
  Attribute: ['[a]', '[ b c ]', '[emails[type eq "w]"].value]'],
  Integer: ['0', '-10', '123456789012345678901234567890'],
  Hexadecimal: ['&HF', '&H21C07000'],
  Decimal: ['1.5', '-0.25'],
  Placeholder: ['%DomainFQDN%', '%a.b-c%'],
  Name: ['Join', 'NULL', 'OR', 'Hello', 'HF'],
  ComparisonOperator: ['=', '<>', '<', '<=', '>', '>='],
}

/** Derives a list of tokens from a rule, by choices that fast-check makes and can shrink. */
const derive = (rule: Ebnf, choose: (limit: number) => number, depth: number): string[] => {
  switch (rule.type) {
    case 'literal':
      return [rule.text]
    case 'sequence':
      return rule.items.flatMap((item) => derive(item, choose, depth))
    case 'choice':
      return derive(rule.items[choose(rule.items.length)]!, choose, depth)
    case 'repeat': {
      const most = depth > 12 ? rule.min : Math.min(rule.max, rule.min + 3)
      const count = rule.min + choose(most - rule.min + 1)
      return Array.from({ length: count }, () => derive(rule.item, choose, depth)).flat()
    }
    case 'reference': {
      const texts = samples[rule.name]
      if (texts !== undefined) return [texts[choose(texts.length)]!]
      return derive(grammar.get(rule.name)!, choose, depth + 1)
    }
    default:
      throw new Error(`tokens are not derived: ${rule.type}`)
  }
}

const sentence = fc.array(fc.nat(), { maxLength: 60 }).map((choices) => {
  let at = 0
  return derive({ type: 'reference', name: 'expression' }, (limit) => (choices[at++] ?? 0) % limit, 0)
})

const anyToken = fc.constantFrom(
  ...Object.values(samples).flat(),
  '(',
  ')',
  ',',
  '&',
  '==',
  '"',
  ']',
  'a.b',
  ';',
)

/** Blanks between tokens, where leaving them out would make others of them. */
const join = (tokens: readonly string[]): string => tokens.join(' ')

describe('expression.ebnf', () => {
  it('derives sentences that parse', () => {
    fc.assert(
      fc.property(sentence, (tokens) => {
        expect(parses(join(tokens)), join(tokens)).toBe(true)
        expect(recognises(grammar, 'expression', join(tokens))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('recognises the text of every tree', () => {
    fc.assert(
      fc.property(arbitraryExpression, (expression) => {
        expect(recognises(grammar, 'expression', printExpression(expression))).toBe(true)
      }),
    )
  })

  it('judges sentences with one token changed as the parser does', () => {
    const seen = { valid: 0, invalid: 0 }
    const change = fc.record({
      tokens: sentence,
      at: fc.nat(),
      how: fc.constantFrom('delete', 'insert', 'replace', 'double', 'swap'),
      token: anyToken,
      blank: fc.constantFrom('', ' '),
    })
    fc.assert(
      fc.property(change, ({ tokens, at, how, token, blank }) => {
        const i = at % tokens.length
        const changed = {
          delete: () => tokens.toSpliced(i, 1),
          insert: () => tokens.toSpliced(i, 0, token),
          replace: () => tokens.with(i, token),
          double: () => tokens.toSpliced(i, 0, tokens[i]!),
          swap: () => (i === 0 ? tokens : tokens.toSpliced(i - 1, 2, tokens[i]!, tokens[i - 1]!)),
        }[how]()
        const text = changed.join(blank)
        const valid = recognises(grammar, 'expression', text)
        seen[valid ? 'valid' : 'invalid']++
        expect(parses(text), text).toBe(valid)
      }),
      { numRuns: 1500 },
    )
    expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(100)
  })

  it('splits any text into tokens as the lexer does', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...pool), maxLength: 12 }), (text) => {
        const tokens = tokenize(text)
        const expected = tokens.some((token) => token.kind === 'Invalid')
          ? undefined
          : tokens.map((t) => t.text)
        expect(tokenizeByEbnf(grammar, text)?.map((token) => token.text)).toEqual(expected)
      }),
      { numRuns: 5000 },
    )
  })
})
