import { readAttribute, type SourceRecord } from '../values/record.js'
import { textForm } from '../values/text.js'
import type { CompiledObjectMapping } from './compile-object-mapping.js'
import { requireMapping } from './mapping-plan.js'
import { redactedSources } from './redacted-sources.js'

/** The attributes by which people usually name an object, the most reliable first. */
export const commonNames: readonly string[] = [
  'id',
  'objectId',
  'externalId',
  'employeeId',
  'WorkerID',
  'userPrincipalName',
  'userName',
  'mail',
]

/**
 * The source attributes that identify an object of this mapping, the most reliable first; without redacted
 * ones.
 */
export const identifyingAttributes = (compiled: CompiledObjectMapping): readonly string[] => {
  requireMapping(compiled)
  const anchors = (compiled.ends.source?.definitions ?? [])
    .filter(({ anchor }) => anchor)
    .map(({ name }) => name)
  const matching = compiled.matching.flatMap((index) => compiled.attributes[index]?.reads ?? [])
  const hidden = redactedSources(compiled)
  return [...new Set(['id', ...anchors, ...commonNames.slice(1), ...matching])].filter(
    (name) => !hidden.has(name),
  )
}

/** The text that identifies an object; undefined if it has none. */
export const identityOf = (names: readonly string[], record: SourceRecord): string | undefined => {
  for (const name of names) {
    const text = textForm(readAttribute(record, name))
    if (typeof text === 'string' && text !== '') return text
  }
  return undefined
}
