import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import { textForm } from '../values/text.js'
import type { Value } from '../values/value.js'

/** The target attributes that refer to other objects. They are written after all objects. */
export const referenceAttributes = (compiled: CompiledObjectMapping): ReadonlySet<string> =>
  new Set(
    compiled.attributes
      .map(({ mapping }) => mapping.targetAttributeName)
      .filter(
        (name) =>
          compiled.ends.target?.get(name)?.type === 'Reference' ||
          name === 'members' ||
          /(?:^|:)manager$/i.test(name),
      ),
  )

/** Whether an attribute holds the members of a group. */
export const isMembers = (attribute: string): boolean => attribute === 'members'

/** The identifiers in the source that a value refers to. */
export const referredIds = (value: Value): readonly string[] => {
  const text = textForm(value)
  if (text === null) return []
  return (Array.isArray(text) ? (text as readonly (string | null)[]) : [text as string]).filter(
    (one): one is string => typeof one === 'string' && one !== '',
  )
}
