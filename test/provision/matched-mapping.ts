import { type CompiledObjectMapping, compileMapping } from '../../src/mapping/index.js'
import { schemaOf, type TestMapping } from '../plan/codegen/mapping-of.js'

/** An object mapping for objects of one kind, matched by its first attributes. */
export const matchedMapping = (
  object: 'User' | 'Group',
  attributes: readonly TestMapping[],
  more: {
    /** The target attributes with a type of their own. */
    readonly types?: readonly { readonly name: string; readonly type: string }[]
    /** How many attributes the target is searched by, in their order. Default 1. */
    readonly matching?: number
    /** The scoping filter. Default: every object is in scope. */
    readonly scope?: object
  } = {},
): CompiledObjectMapping => {
  const { types, matching = 1, scope } = more
  const target = attributes.map(({ target: name }) => ({
    name,
    type: types?.find((one) => one.name === name)?.type ?? 'String',
  }))
  const schema = schemaOf(attributes, {
    object,
    ...(types === undefined ? {} : { target }),
    ...(scope === undefined ? {} : { scope }),
  }) as {
    synchronizationRules: { objectMappings: { attributeMappings: { matchingPriority: number }[] }[] }[]
  }
  schema.synchronizationRules[0]!.objectMappings[0]!.attributeMappings.slice(0, matching).forEach(
    (mapping, index) => {
      mapping.matchingPriority = index + 1
    },
  )
  return compileMapping(schema as never)
}
