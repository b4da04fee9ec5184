import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { IGrammar } from 'vscode-textmate'
import { scopes } from '../../.config/grammar/textmate.js'
import { printExpression } from '../../src/syntax/print.js'
import { type SyntaxToken, tokenize } from '../../src/syntax/tokenize.js'
import { arbitraryExpression, arbitraryWhiteSpace } from '../support/arbitrary-expression.js'

const require = createRequire(import.meta.url)
const { loadWASM, OnigScanner, OnigString } = require('vscode-oniguruma') as typeof import('vscode-oniguruma')
const { INITIAL, parseRawGrammar, Registry } = require('vscode-textmate') as typeof import('vscode-textmate')

let grammar: IGrammar

beforeAll(async () => {
  await loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')))
  const file = new URL('../../grammar/attrflow.tmLanguage.json', import.meta.url)
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new OnigScanner(sources),
      createOnigString: (text) => new OnigString(text),
    }),
    loadGrammar: async () => parseRawGrammar(readFileSync(file, 'utf8'), file.pathname),
  })
  grammar = (await registry.loadGrammar('source.attrflow'))!
})

const kinds = new Map<string, SyntaxToken['kind']>(
  Object.entries(scopes).map(([kind, scope]) => [
    scope,
    kind === 'Call' || kind === 'Constant' ? 'Name' : (kind as SyntaxToken['kind']),
  ]),
)

/** The kind of each character by the TextMate grammar, read line by line as editors do. */
const byTextMate = (text: string): (string | undefined)[] => {
  const result: (string | undefined)[] = []
  let stack = INITIAL
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack)
    stack = ruleStack
    const characters = [...line].flatMap((c) => [...c].flatMap(() => Array.from({ length: c.length })))
    for (const token of tokens) {
      const kind = token.scopes.map((scope) => kinds.get(scope)).findLast((found) => found !== undefined)
      for (let i = token.startIndex; i < Math.min(token.endIndex, characters.length); i++)
        characters[i] = kind
    }
    result.push(...(characters as (string | undefined)[]), undefined)
  }
  return result
}

const compare = (text: string): void => {
  const found = byTextMate(text)
  for (const { kind, span } of tokenize(text)) {
    for (let i = span.start; i < span.end; i++) {
      if (text[i] !== '\n') expect(`${i}: ${found[i]}`, text).toBe(`${i}: ${kind}`)
    }
  }
}

describe('attrflow.tmLanguage.json', () => {
  it.each([
    'IIF([a] = "x\\"y", Left([b], -10), NULL)',
    '[emails[type eq "]"].value]&Hello&HF<=1.5',
    'Join("a\nb", %Domain.FQDN%, Größe (\n1))',
  ])('colours %j', (text) => {
    compare(text)
  })

  it('tells calls and constants from other names', () => {
    const scopesAt = (text: string, index: number): string =>
      grammar
        .tokenizeLine(text, INITIAL)
        .tokens.find((token) => token.endIndex > index)!
        .scopes.at(-1)!
    expect(scopesAt('Trim ([a])', 1)).toBe(scopes.Call)
    expect(scopesAt('NULL', 1)).toBe(scopes.Constant)
    expect(scopesAt('NULLABLE', 1)).toBe(scopes.Name)
    expect(scopesAt("'a'", 0)).toBe(scopes.Invalid)
    expect(scopesAt('"a\\"b"', 3)).toBe('constant.character.escape.attrflow')
  })

  it('agrees with the lexer on the text of every tree', () => {
    fc.assert(
      fc.property(arbitraryExpression, arbitraryWhiteSpace, (expression, blank) => {
        compare(blank + printExpression(expression))
      }),
      { numRuns: 500 },
    )
  })

  it('agrees with the lexer on any row of tokens', () => {
    const token = fc.constantFrom(
      '"a"',
      '[b]',
      '&HF',
      '&',
      'HF',
      '-1',
      '1.5',
      '.',
      '%x%',
      '%',
      '<',
      '>',
      '=',
      '(',
      ',',
      'a',
      '@',
    )
    fc.assert(
      fc.property(fc.array(token, { maxLength: 8 }), fc.constantFrom('', ' '), (tokens, blank) => {
        compare(tokens.join(blank))
      }),
      { numRuns: 1000 },
    )
  })
})
