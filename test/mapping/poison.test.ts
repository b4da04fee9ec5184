import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { codegen } from '../../src/codegen.js'
import { compileMapping, mapObject, mappedObjectJson } from '../../src/mapping/index.js'
import type { SourceRecord } from '../../src/values/record.js'
import { atLength } from '../support/at-length.js'

const schema = readFileSync(new URL('../../docs/examples/entra-to-scim.schema.json', import.meta.url), 'utf8')
const [line] = readFileSync(new URL('../../docs/examples/users.ndjson', import.meta.url), 'utf8').split('\n')
const usual = JSON.parse(line!) as Record<string, unknown>

/** Objects that no export should have, and some have. */
const poison: readonly (() => object)[] = [
  () => {
    const circular: Record<string, unknown> = { ...usual }
    circular.department = circular
    return circular
  },
  () =>
    Object.defineProperty({ ...usual }, 'displayName', {
      enumerable: true,
      get: () => {
        throw new Error('no')
      },
    }),
  () => ({ ...usual, department: [['a', ['b']], { toString: null }] }),
  () => ({
    ...usual,
    mail: {
      toString: () => {
        throw new Error('no')
      },
    },
  }),
  () => ({ ...usual, displayName: Number.NaN, jobTitle: Number.POSITIVE_INFINITY, mail: Symbol('x') }),
  () =>
    JSON.parse(
      `{"department":${'['.repeat(900)}${']'.repeat(900)},"userPrincipalName":"a@contoso.com"}`,
    ) as object,
  () => ({ ...usual, ['__proto__']: { mail: 'x' }, constructor: 7, hasOwnProperty: 'x' }),
  () => Object.create({ mail: 'inherited' }) as object,
  () => ({ ...usual, displayName: '\ud800'.repeat(1000), mail: 'x'.repeat(1_000_000) }),
  () =>
    new Proxy(
      { ...usual },
      {
        get: () => {
          throw new Error('no')
        },
      },
    ),
]

describe('a population with poison in it', () => {
  it.each([
    ['closures', {}],
    ['generated code', { backend: codegen }],
  ])('ends with every object accounted for, and the good ones as ever: %s', (_name, options) => {
    const compiled = compileMapping(schema, options)
    const good = JSON.stringify(mappedObjectJson(compiled, mapObject(compiled, usual)))
    const count = atLength ? 100_000 : 5_000
    const outcomes = new Map<string, number>()
    for (let index = 0; index < count; index++) {
      const bad = index % 100 === 0
      const record = (bad ? poison[(index / 100) % poison.length]!() : usual) as SourceRecord
      const mapped = mapObject(compiled, record)
      outcomes.set(mapped.outcome, (outcomes.get(mapped.outcome) ?? 0) + 1)
      if (!bad && index % 500 === 1) expect(JSON.stringify(mappedObjectJson(compiled, mapped))).toBe(good)
    }
    expect([...outcomes.values()].reduce((a, b) => a + b)).toBe(count)
    expect(outcomes.get('create')).toBeGreaterThanOrEqual(count * 0.99)
    expect(outcomes.get('error')).toBeGreaterThan(0)
  })
})
