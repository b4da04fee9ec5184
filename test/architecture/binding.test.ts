import { describe, expect, test } from 'vitest'
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
