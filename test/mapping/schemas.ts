import { readFileSync } from 'node:fs'
import {
  type CompiledObjectMapping,
  compileObjectMapping,
  type ObjectMappingOptions,
  selectObjectMapping,
} from '../../src/mapping/index.js'
import { readSchema } from '../../src/schema/read.js'

type Json = Readonly<Record<string, unknown>>

/** An attribute mapping from an expression, or from an object for everything else. */
export const mapping = (target: string, expression: string | null, more: Json = {}): Json => ({
  targetAttributeName: target,
  source: expression === null ? null : { type: 'Function', name: '', expression },
  ...more,
})

/** A schema of one object mapping from Entra ID users to the SCIM users of an application. */
export const scimSchema = (
  attributeMappings: readonly Json[],
  more: {
    readonly target?: readonly Json[]
    readonly source?: readonly Json[]
    readonly mapping?: Json
  } = {},
): Json => ({
  synchronizationRules: [
    {
      name: 'Outbound',
      sourceDirectoryName: 'Microsoft Entra ID',
      targetDirectoryName: 'Application',
      objectMappings: [
        {
          name: 'Users',
          sourceObjectName: 'User',
          targetObjectName: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
          attributeMappings,
          ...more.mapping,
        },
      ],
    },
  ],
  directories: [
    ...(more.source === undefined
      ? []
      : [{ name: 'Microsoft Entra ID', objects: [{ name: 'User', attributes: more.source }] }]),
    ...(more.target === undefined
      ? []
      : [
          {
            name: 'Application',
            objects: [
              {
                name: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
                attributes: more.target,
              },
            ],
          },
        ]),
  ],
})

/** Compiles the object mapping of a schema; the only one, or the one that is named. */
export const compiledFrom = (
  schema: unknown,
  options: ObjectMappingOptions = {},
  objectMapping?: string,
): CompiledObjectMapping => {
  const read = readSchema(schema).schema!
  const { choice } = selectObjectMapping(read, objectMapping === undefined ? {} : { objectMapping })
  return compileObjectMapping(read, choice!.rule, choice!.objectMapping, options)
}

/** Compiles the object mapping of a file. */
export const compiledFile = (path: string, objectMapping?: string): CompiledObjectMapping =>
  compiledFrom(readFileSync(path, 'utf8'), {}, objectMapping)
