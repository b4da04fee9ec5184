import { describe, expect, it } from 'vitest'
import { analyzeExpression, environmentOf, unitOf } from '../../src/expression/compile.js'
import { createContext } from '../../src/values/context.js'
import type { SourceRecord } from '../../src/values/record.js'
import { backends, rowOf } from './configurations.js'

/** An object as a library may hand it out: it inherits what nobody asked for. */
class Entity {
  surname = 'Berg'

  get givenName(): string {
    throw new Error('asked for what the object does not own')
  }
}

const records: readonly { readonly name: string; readonly record: object; readonly value: string }[] = [
  { name: 'of a class with accessors', record: new Entity(), value: 'Berg' },
  {
    name: 'without a prototype',
    record: Object.assign(Object.create(null), { surname: 'Berg' }),
    value: 'Berg',
  },
  {
    name: 'that inherits attributes',
    record: Object.create({ givenName: 'Ada', surname: 'Berg' }),
    value: '',
  },
  { name: 'with its own constructor', record: { constructor: 'x', givenName: 'Ada' }, value: 'Ada' },
  {
    name: 'with its own __proto__',
    record: JSON.parse('{"__proto__":{"surname":"Berg"},"givenName":"Ada"}'),
    value: 'Ada',
  },
]

describe.each(backends)('$name', ({ plan }) => {
  const environment = environmentOf({})
  const planned = plan(
    unitOf(analyzeExpression('Join(" ", [givenName], [surname])', environment), environment),
  )

  it.each(records)('reads only what is its own of a record $name', ({ record, value }) => {
    expect(rowOf(planned, record as SourceRecord, createContext({ now: 0 }))).toEqual({ result: value })
  })
})
