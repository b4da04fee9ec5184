import {
  BlockReader,
  csvWriter,
  EntryMapper,
  type EntryMapperOptions,
  type EntryWriter,
  jsonWriter,
} from '../../cycle/index.js'
import { type RequiredTexts, requiredTexts } from '../../filter/index.js'
import { type CompiledObjectMapping, suppliedAttributes } from '../../mapping/index.js'
import type { Shaper } from '../../sources/index.js'

/** The writer of a machine-readable format. */
export const writerOf = (
  format: 'json' | 'csv',
  compiled: CompiledObjectMapping,
  compliant: boolean,
): EntryWriter => (format === 'json' ? jsonWriter(compiled, { compliant }) : csvWriter(compiled))

/**
 * The texts that a line in scope contains; undefined if the scope requires none, or all lines are written.
 */
const requiredBy = ({ objectMapping, settings, ends }: CompiledObjectMapping): RequiredTexts | undefined => {
  const computed = new Set([...suppliedAttributes(ends.sourceIsEntra).keys(), 'appRoleAssignments'])
  return requiredTexts(objectMapping.scope, settings, (attribute) =>
    attribute === 'userPrincipalName' ? 'withoutGuestMark' : computed.has(attribute) ? 'computed' : 'asHeld',
  )
}

/** Returns what reads blocks and what maps their entries. */
export const blockMapping = (
  options: EntryMapperOptions,
  shaper: Shaper,
): { readonly reader: BlockReader; readonly mapper: EntryMapper } => ({
  reader: new BlockReader(shaper, options.inScopeOnly ? requiredBy(options.compiled) : undefined),
  mapper: new EntryMapper(options),
})
