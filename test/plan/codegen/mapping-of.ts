import { readFileSync } from 'node:fs'
import type { ObjectMappingOptions } from '../../../src/mapping/compile-object-mapping.js'
import {
  type CompiledObjectMapping,
  compileObjectMapping,
} from '../../../src/mapping/compile-object-mapping.js'
import { readSchema } from '../../../src/schema/index.js'

/** An attribute mapping as a test writes it. */
export interface TestMapping {
  readonly target: string
  readonly expression: string
}

/** The text of an example schema. */
export const exampleSchema = (name: string): string =>
  readFileSync(new URL(`../../../docs/examples/${name}.schema.json`, import.meta.url), 'utf8')

/** The objects of an example. */
export const exampleObjects = (name: string): Record<string, unknown>[] =>
  readFileSync(new URL(`../../../docs/examples/${name}.ndjson`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

/** Compiles the first enabled object mapping of a schema. */
export const compileFirst = (schema: unknown, options?: ObjectMappingOptions): CompiledObjectMapping => {
  const reading = readSchema(schema)
  const rule = reading.schema?.synchronizationRules[0]
  const mapping = rule?.objectMappings.find(({ enabled }) => enabled)
  if (reading.schema === undefined || rule === undefined || mapping === undefined)
    throw new TypeError('the schema has no enabled object mapping')
  return compileObjectMapping(reading.schema, rule, mapping, options)
}

interface AttributeSpec {
  readonly name: string
  readonly type?: string
  readonly multivalued?: boolean
}

/** A schema with one object mapping. */
export const schemaOf = (
  mappings: readonly TestMapping[],
  more: {
    readonly name?: string
    readonly object?: string
    readonly source?: readonly AttributeSpec[]
    readonly target?: readonly AttributeSpec[]
    readonly scope?: unknown
  } = {},
): unknown => {
  const object = more.object ?? 'Person'
  const attributes = (specs: readonly AttributeSpec[] = []): unknown[] =>
    specs.map(({ name, type = 'String', multivalued = false }) => ({ name, type, multivalued }))
  const directory = (name: string, specs: readonly AttributeSpec[] | undefined): unknown => ({
    name,
    objects: specs === undefined ? [] : [{ name: object, attributes: attributes(specs) }],
  })
  return {
    directories: [directory('People', more.source), directory('Directory', more.target)],
    synchronizationRules: [
      {
        name: 'rule',
        sourceDirectoryName: 'People',
        targetDirectoryName: 'Directory',
        objectMappings: [
          {
            name: more.name ?? 'People to Directory',
            enabled: true,
            sourceObjectName: object,
            targetObjectName: object,
            scope: more.scope ?? null,
            attributeMappings: mappings.map(({ target, expression }) => ({
              targetAttributeName: target,
              source: { type: 'Function', expression, name: null, parameters: [] },
            })),
          },
        ],
      },
    ],
  }
}
