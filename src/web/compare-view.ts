import { type CompiledObjectMapping, compileObjectMapping } from '../mapping/index.js'
import { readSchema } from '../schema/index.js'
import type { SourceRecord } from '../values/record.js'
import { EffectGatherer } from '../verify/diff/effect.js'
import { schemaChanges } from '../verify/diff/structure.js'
import type { CompareView } from './answers.js'

/** How many users are listed for each effect. */
const MOST_NAMED = 20

/** The effect of another schema: OLD is the loaded one, NEW the other. */
export const compareView = (
  compiled: CompiledObjectMapping | undefined,
  records: readonly SourceRecord[],
  text: string,
  name: string,
): CompareView => {
  const nothing = { name, changes: [], effect: undefined }
  const { schema } = readSchema(text, name)
  if (schema === undefined) return { ...nothing, problem: `${name} is not a synchronization schema.` }
  if (compiled === undefined) return { ...nothing, problem: 'Load a schema first.' }
  const changes = schemaChanges(compiled.schema, schema)
  const { sourceObjectName, targetObjectName } = compiled.objectMapping
  const other = schema.synchronizationRules
    .flatMap((rule) => rule.objectMappings.map((objectMapping) => ({ rule, objectMapping })))
    .find(
      ({ objectMapping }) =>
        objectMapping.sourceObjectName === sourceObjectName &&
        objectMapping.targetObjectName === targetObjectName,
    )
  if (other === undefined) return { ...nothing, changes, problem: 'NEW has no mapping of these objects.' }
  const gatherer = new EffectGatherer(
    compiled,
    compileObjectMapping(schema, other.rule, other.objectMapping, { settings: compiled.settings }),
    { listed: MOST_NAMED },
  )
  for (const [index, record] of records.entries()) gatherer.add(record, index + 1)
  return { name, changes, effect: gatherer.effect(), problem: undefined }
}
