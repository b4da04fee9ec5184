import type { MappedObject } from '../mapping/mapped-object.js'
import type { PlannedAttribute } from '../mapping/mapping-plan.js'
import { flowingValues } from '../mapping/scim-request.js'
import type { IntentAction, Print } from '../state/rows.js'
import { readAttribute, type SourceRecord } from '../values/record.js'
import { isList, type Value } from '../values/value.js'
import { type CycleContext, referencesOf } from './context.js'
import type { JobMapping } from './job.js'
import { redactedNames, remember, withoutSentSecrets } from './prints.js'
import { isMembers, referredIds } from './references.js'
import type { Request } from './requests.js'

/** What is written with an object. */
export interface OwnValues {
  readonly values: Map<string, Value>
  /** Which values are left out because they do not fit their attribute, as text; undefined if none are. */
  readonly leftOut: string | undefined
}

/** The values that are written with the object itself; references follow when all objects exist. */
export const ownValues = async (
  { target }: CycleContext,
  mapping: JobMapping,
  print: Print,
  mapped: MappedObject,
): Promise<OwnValues> => {
  const references = referencesOf(mapping)
  const refused = target.abilities.refused ?? []
  const own = new Map(
    [...flowingValues(mapped)].filter(([name]) => !references.has(name) && !refused.includes(name)),
  )
  const misfits = target.misfits?.(mapping.compiled.objectMapping.targetObjectName, own) ?? []
  for (const { attribute } of misfits) own.delete(attribute)
  const redacted = redactedNames(mapping)
  return {
    values: await withoutSentSecrets(mapping, print, own),
    leftOut:
      misfits.length === 0
        ? undefined
        : `not sent: ${misfits
            .map(({ attribute, reason }) => (redacted.has(attribute) ? attribute : reason))
            .join(' ')}`,
  }
}

/** Takes the values that are written after a create out of those of the create. Returns them. */
export const takeInitial = ({ target }: CycleContext, values: Map<string, Value>): Map<string, Value> => {
  const initial = new Map<string, Value>()
  for (const name of target.abilities.afterCreate ?? []) {
    const value = values.get(name)
    if (value !== undefined && value !== null) initial.set(name, value)
    values.delete(name)
  }
  return initial
}

/** The source identifiers that each target attribute of an object refers to, if the attribute flows. */
export const referencesIn = (
  { target }: CycleContext,
  mapping: JobMapping,
  mapped: MappedObject,
  source: SourceRecord,
): Readonly<Record<string, readonly string[]>> => {
  const names = referencesOf(mapping)
  return Object.fromEntries(
    mapped.attributes.flatMap(({ attribute, decision }) => {
      const name = attribute.mapping.targetAttributeName
      if (!names.has(name) || target.abilities.refused?.includes(name) === true) return []
      if (decision.flows) return [[name, referredIds(decision.value)] as const]
      return isMembers(name) &&
        (decision.reason === 'null' || decision.reason === 'empty') &&
        hasEmptyList(attribute, source)
        ? [[name, []] as const]
        : []
    }),
  )
}

/**
 * Whether the source says that a list is empty, because the last member of a group has left. A list that the
 * source does not name is unknown, and changes nothing.
 */
const hasEmptyList = ({ reads }: PlannedAttribute, source: SourceRecord): boolean =>
  reads.some((name) => {
    const value = Object.hasOwn(source, name) ? readAttribute(source, name) : null
    return isList(value) && value.length === 0
  })

/** A request that writes values, in the form of its intent. */
export const requestOf = async (
  mapping: JobMapping,
  action: IntentAction,
  values: ReadonlyMap<string, Value>,
  rest: Omit<Request, 'action' | 'values'>,
): Promise<Request> => ({ action, values: await remember(mapping, values), ...rest })
