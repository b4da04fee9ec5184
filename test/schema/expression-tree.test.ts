import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { standardLibrary } from '../../src/functions/index.js'
import { expressionTextOf } from '../../src/schema/expression-tree.js'
import { fromSource, type SourceInput } from '../../src/schema/from-source.js'
import type { AttributeMappingSource } from '../../src/schema/model.js'
import { readSchema } from '../../src/schema/read.js'
import { toSource } from '../../src/schema/to-source.js'
import { parseExpression } from '../../src/syntax/parser.js'

/** A copy in which no node has a text. */
const withoutText = ({ type, name, parameters }: AttributeMappingSource): SourceInput => ({
  type,
  name,
  parameters: parameters.map(({ key, value }) => ({ key, value: value && withoutText(value) })),
})

/** The plain JSON of a tree. */
const plain = ({ expression, name, parameters, type }: AttributeMappingSource): unknown => ({
  expression,
  name,
  parameters: parameters.map(({ key, value }) => ({ key, value: value && plain(value) })),
  type,
})

/** Every node of the trees of a schema. */
const nodesOf = (json: string): readonly AttributeMappingSource[] => {
  const nodes: AttributeMappingSource[] = []
  const visit = (source: AttributeMappingSource): void => {
    nodes.push(source)
    for (const { value } of source.parameters) if (value !== null) visit(value)
  }
  for (const rule of readSchema(json).schema!.synchronizationRules)
    for (const objectMapping of rule.objectMappings)
      for (const { source } of objectMapping.attributeMappings) if (source !== null) visit(source)
  return nodes
}

const samples = new URL('../../../shared/samples/', import.meta.url)
describe.skipIf(!existsSync(samples))('real exports', () => {
  it.each([
    ['cloudsync-ad2entra.schema.json', 800],
    ['entra2salesforce.schema.json', 10],
  ])('the trees of %s and their texts convert into each other', (name, least) => {
    const nodes = nodesOf(readFileSync(new URL(name, samples), 'utf8'))
    expect(nodes.length).toBeGreaterThan(least)
    for (const node of nodes) {
      expect(fromSource(node, standardLibrary).diagnostics).toEqual([])
      const text = expressionTextOf(withoutText(node), standardLibrary)
      // Alone, a constant's number is between quotes as its own text is.
      expect(text).toBe(node.expression)
      const { source, diagnostics } = toSource(parseExpression(text).expression, standardLibrary)
      expect(diagnostics).toEqual([])
      expect(JSON.stringify(source)).toBe(JSON.stringify(plain(node)))
    }
  })
})
