import type { MappedObject } from '../mapping/mapped-object.js'
import { flowingValues } from '../mapping/scim-request.js'
import type { IntentAction, Print } from '../state/rows.js'
import type { Value } from '../values/value.js'
import { referencesOf } from './context.js'
import type { JobMapping } from './job.js'
import { remember, withoutSentSecrets } from './prints.js'
import { referredIds } from './references.js'
import type { Request } from './requests.js'

/** The values that are written with the object itself; references come when all objects are there. */
export const ownValues = (
  mapping: JobMapping,
  print: Print,
  mapped: MappedObject,
): Promise<ReadonlyMap<string, Value>> => {
  const references = referencesOf(mapping)
  const own = new Map([...flowingValues(mapped)].filter(([name]) => !references.has(name)))
  return withoutSentSecrets(mapping, print, own)
}

/** The identifiers in the source that each target attribute of an object refers to, as far as they flow. */
export const referencesIn = (
  mapping: JobMapping,
  mapped: MappedObject,
): Readonly<Record<string, readonly string[]>> => {
  const names = referencesOf(mapping)
  return Object.fromEntries(
    mapped.attributes.flatMap(({ attribute, decision }) => {
      const name = attribute.mapping.targetAttributeName
      return names.has(name) && decision.flows ? [[name, referredIds(decision.value)] as const] : []
    }),
  )
}

/** A request that writes values, as its intent says it. */
export const requestOf = async (
  mapping: JobMapping,
  action: IntentAction,
  values: ReadonlyMap<string, Value>,
  rest: Omit<Request, 'action' | 'values'>,
): Promise<Request> => ({ action, values: await remember(mapping, values), ...rest })
