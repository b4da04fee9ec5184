import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toBase64Utf16, toUtf8Hex } from '../../src/dotnet/encoding/base64.js'
import { DotnetFailure } from '../../src/dotnet/failure.js'
import { toLower, toUpper } from '../../src/dotnet/text/casing.js'
import { toProperCase, toTitleCase } from '../../src/dotnet/text/title-case.js'
import { where } from '../support/where.js'
import { isBinding } from './binding.js'

interface Answer {
  readonly value?: string
  readonly pcase?: string
  readonly error?: string
}

interface Vector {
  readonly id: string
  readonly op: string
  readonly input: { readonly source: string; readonly culture?: string }
  readonly expected: Answer
  readonly expectedModern?: Answer
  readonly tags?: readonly string[]
}

/** Vectors known to differ, by id, with the reason. A listed vector that passes fails the test. */
const disagreements: Readonly<Record<string, string>> = {}

const operations: Readonly<Record<string, (input: Vector['input']) => Answer>> = {
  lower: ({ source, culture }) => ({ value: toLower(source, culture) }),
  upper: ({ source, culture }) => ({ value: toUpper(source, culture) }),
  titleCase: ({ source }) => ({ value: toTitleCase(source), pcase: toProperCase(source, undefined) }),
  base64utf16: ({ source }) => ({ value: toBase64Utf16(source) }),
  utf8hex: ({ source }) => ({ value: toUtf8Hex(source) }),
}

const answer = (vector: Vector): Answer => {
  try {
    return operations[vector.op]!(vector.input)
  } catch (failure) {
    if (failure instanceof DotnetFailure && failure.kind === 'argument') {
      return { error: 'CultureNotFoundException' }
    }
    throw failure
  }
}

const agrees = (vector: Vector): boolean =>
  JSON.stringify(answer(vector)) === JSON.stringify(vector.expectedModern ?? vector.expected)

/** Vectors that depend on the version of the runtime have no one answer. */
const decidable = (vector: Vector): boolean => vector.op in operations && isBinding(vector)

const load = (url: URL): Vector[] => (JSON.parse(readFileSync(url, 'utf8')) as Vector[]).filter(decidable)

const check = (vectors: readonly Vector[]): void => {
  const wrong = vectors
    .filter((vector) => agrees(vector) === Object.hasOwn(disagreements, vector.id))
    .map((vector) => ({ ...vector, actual: answer(vector) }))
  expect(wrong).toEqual([])
}

describe('text vectors of .NET: excerpt', () => {
  it.each(['casing', 'title-case', 'encoding'])('%s', (name) => {
    const vectors = load(new URL(`../fixtures/golden/${name}.json`, import.meta.url))
    expect(vectors.length).toBeGreaterThan(40)
    check(vectors)
  })
})

const shared = new URL('../../../shared/golden/', import.meta.url)

where(existsSync(shared), describe)('text vectors of .NET: all', () => {
  it.each([
    ['casing', 3000],
    ['pcase', 2400],
    ['misc', 140],
  ])('%s', (name, least) => {
    const vectors = load(new URL(`${name}.json`, shared))
    expect(vectors.length).toBeGreaterThan(least)
    check(vectors)
  })
})
