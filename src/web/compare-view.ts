import { type CompiledObjectMapping, compileObjectMapping } from '../mapping/index.js'
import { readSchema } from '../schema/index.js'
import type { SettingsInput } from '../values/settings.js'
import { CauseCounter } from '../verify/diff/causes.js'
import { EffectGatherer } from '../verify/diff/effect.js'
import { defaultLimits, exceededLimits } from '../verify/diff/limits.js'
import { mappingPairs, schemaChanges } from '../verify/diff/structure.js'
import { verdictOf } from '../verify/diff/verdict.js'
import type { CompareView } from './answers.js'
import { readUsers } from './users.js'

/** How many users are listed for each effect. */
const MOST_NAMED = 20

/**
 * The effect of another schema: OLD is the loaded one, NEW the other file.
 * @param users the file of the users: read again, by the names and paths of NEW
 */
export const compareView = async (
  old: CompiledObjectMapping | undefined,
  users: { readonly name: string; readonly bytes: Uint8Array } | undefined,
  { name, text }: { readonly name: string; readonly text: string },
  settings: SettingsInput,
): Promise<CompareView> => {
  const nothing = { name, changes: [], exceeded: [], effect: undefined, verdict: undefined, causes: {} }
  const { schema } = readSchema(text, name)
  if (schema === undefined) return { ...nothing, problem: `${name} is not a synchronization schema.` }
  if (old === undefined) return { ...nothing, problem: 'Load a schema first.' }
  const changes = schemaChanges(old.schema, schema)
  const other = mappingPairs(old.schema, schema).find(([one]) => one?.mapping === old.objectMapping)?.[1]
  if (other === undefined) return { ...nothing, changes, problem: 'NEW has no mapping of these objects.' }
  if (!other.mapping.enabled) return { ...nothing, changes, problem: 'NEW has this mapping disabled.' }
  const now = compileObjectMapping(schema, other.rule, other.mapping, { settings })
  const gatherer = new EffectGatherer(old, now, { listed: MOST_NAMED })
  const counter = new CauseCounter()
  const read = users && (await readUsers(users.bytes, users.name, now))
  const records = read?.reading(old.unit.inputs.map((input) => input.name)) ?? []
  for (const [index, record] of records.entries()) {
    const found = gatherer.add(record, index + 1)
    if (found !== undefined) counter.note(found)
  }
  const effect = read && gatherer.effect()
  const exceeded = effect === undefined ? [] : exceededLimits(effect, defaultLimits)
  const breaking = changes.filter(({ criticality }) => criticality === 'breaking')
  const unreadable = read?.view.unreadable ?? 0
  return {
    name,
    changes,
    exceeded,
    effect,
    causes: counter.causes(),
    verdict: verdictOf({ changes, effect, unreadable, breaking, exceeded }),
    problem: undefined,
  }
}
