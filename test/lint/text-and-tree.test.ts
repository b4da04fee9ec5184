import { describe, expect, it } from 'vitest'
import { standardLibrary } from '../../src/index.js'
import { fixSchema, lintSchema } from '../../src/lint/index.js'
import { readSchema, type SynchronizationSchema } from '../../src/schema/index.js'
import { toSource } from '../../src/schema/to-source.js'
import { parseExpression } from '../../src/syntax/parser.js'

/** A schema with one mapping, whose text and tree can be different expressions. */
const schemaOf = (text: string, tree: string): SynchronizationSchema => {
  const stored = toSource(parseExpression(tree).expression, standardLibrary).source
  const mapping = { targetAttributeName: 'displayName', source: { ...stored, expression: text } }
  const { schema } = readSchema({
    synchronizationRules: [
      { name: 'r', objectMappings: [{ name: 'm', enabled: true, attributeMappings: [mapping] }] },
    ],
  })
  return schema!
}

const twice = 'Switch([a], "d", "x", "1", "x", "2")'
const plain = 'ToUpper([surname])'

const isFound = (schema: SynchronizationSchema): boolean =>
  lintSchema(schema).some(({ code }) => code === 'AF9205')

describe('lint where text and tree disagree', () => {
  it('is about the tree, which the service evaluates', () => {
    expect(isFound(schemaOf(twice, twice))).toBe(true)
    expect(isFound(schemaOf(plain, twice))).toBe(true)
    expect(isFound(schemaOf(twice, plain))).toBe(false)
  })

  it('offers no fix for a text that it did not read', () => {
    const fixes = (text: string): number =>
      lintSchema(schemaOf(text, twice)).flatMap((one) => one.fixes ?? []).length
    expect([fixes(twice), fixes(plain)]).toEqual([1, 0])
  })
})

describe('fixes of a schema', () => {
  it('leave an expression whose tree says something else', () => {
    expect(fixSchema(schemaOf(twice, twice)).count).toBe(1)
    expect(fixSchema(schemaOf(twice, plain)).count).toBe(0)
  })
})
