import type { AttributeDefinition, SynchronizationSchema } from '../../schema/model.js'
import { changed, FLOW, type SchemaChange } from './schema-change.js'

/** The definitions of attributes by path: `Workday / User / mail`. */
const definitionsOf = ({ directories }: SynchronizationSchema): ReadonlyMap<string, AttributeDefinition> =>
  new Map(
    directories.flatMap((directory) =>
      directory.objects.flatMap((object) =>
        object.attributes.map(
          (attribute) => [`${directory.name} / ${object.name} / ${attribute.name}`, attribute] as const,
        ),
      ),
    ),
  )

/** The members of an object that differ from those of another, as JSON. */
const differing = (one: object, other: object): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(one).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(other, name)),
      ),
    ),
  )

/** The changes in the definitions of attributes that both sides have: the members that differ, as JSON. */
export const definitionChanges = (
  before: SynchronizationSchema,
  after: SynchronizationSchema,
): readonly SchemaChange[] => {
  const definitions = definitionsOf(before)
  return [...definitionsOf(after)].flatMap(([path, now]): readonly SchemaChange[] => {
    const old = definitions.get(path) ?? now
    return changed(path, 'definition', differing(old, now), differing(now, old), 'risky', FLOW)
  })
}
