import { describe, expect, test } from 'vitest'
import { standardLibrary } from '../../src/functions/standard.js'
import { readSources } from './sources.js'

const sources = [...readSources()].map(([path, text]) => ({ path, text }))

/** What binds: the words by which a file would pair arguments with parameters, or name the kinds of a call, itself. */
const bindings = ['bindCall', 'givenArguments'] as const

describe('binding', () => {
  test.each(bindings)('%s is called by check/ alone', (name) => {
    const users = sources
      .filter(({ path }) => !path.startsWith('check/'))
      .filter(({ text }) => new RegExp(`\\b${name}\\b`).test(text))
      .map(({ path }) => path)
    expect(users).toEqual([])
  })

  test('one function says which kinds a call yields', () => {
    const readers = sources
      .filter(({ path }) => !path.startsWith('functions/') && path !== 'check/result-type.ts')
      .filter(({ text }) => /\btypeof (\w+\.)?returns\b|\.returns\(/.test(text))
      .map(({ path }) => path)
    expect(readers).toEqual([])
  })
})

/** The files that may name functions: what they say holds for that function alone. */
const rulesAboutFunctions: readonly (readonly [RegExp, string])[] = [
  [/^functions\//, 'declarations and bodies'],
  [/^lint\/rules\/|^lint\/date-format-calls\.ts$/, 'a rule about calls of the function'],
  [/^check\/(connect-sync|replace-modes)\.ts$/, 'what to write instead of a name or a form of call'],
  [/^syntax\/repair\/method-rules\.ts$/, 'methods of other languages; the syntax sees no declarations'],
  [/^syntax\/pretty\.ts$/, 'the layout of Switch; the syntax sees no declarations'],
  [/^values\/(compare|select-unique)\.ts$/, 'bodies of lazy functions, which name themselves in errors'],
  [/^editor\/describe\.ts$/, 'the wording of Join with an empty separator'],
  [/^schema\/stored-form\.ts$/, 'what & is stored as'],
]

/** Words that are also names of functions: SCIM operations, an answer of Graph. */
const otherMeanings: ReadonlySet<string> = new Set(['scim/patch-form.ts', 'serve/api-server.ts'])

describe('facts about functions', () => {
  const names = standardLibrary.all().map(({ name }) => name)
  const literal = new RegExp(`'(?:${names.join('|')})'`)

  test('stand in declarations, and elsewhere only in rules about the function', () => {
    const elsewhere = sources
      .filter(
        ({ path }) => !otherMeanings.has(path) && !rulesAboutFunctions.some(([file]) => file.test(path)),
      )
      .flatMap(({ path, text }) => text.split('\n').map((line) => ({ path, line })))
      .filter(({ line }) => literal.test(line) && !/^\s*(\*|\/\/|\/\*\*)/.test(line))
      .map(({ path, line }) => `${path}: ${line.trim()}`)
    expect(elsewhere).toEqual([])
  })
})

test('nobody outside plan/ knows how a frame is laid out', () => {
  const readers = sources
    .filter(({ path }) => !path.startsWith('plan/'))
    .filter(({ text }) => /\bframe\b[^\n]*\.values\b/i.test(text))
    .map(({ path }) => path)
  expect(readers).toEqual([])
})
