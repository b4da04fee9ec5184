import { type CompiledObjectMapping, compileObjectMapping } from '../../src/mapping/compile-object-mapping.js'
import type { Backend } from '../../src/plan/plan.js'
import { readSchema } from '../../src/schema/read.js'
import type { WorkloadMapping } from './mapping.js'
import { schemaOf } from './schema.js'

/** Compiles a mapping of the workload the way a schema is compiled that was exported from a job. */
export const compileWorkload = (
  mapping: WorkloadMapping,
  backend?: Backend,
  source?: string,
): CompiledObjectMapping => {
  const { schema, diagnostics } = readSchema(schemaOf(mapping, source))
  const rule = schema?.synchronizationRules[0]
  const objectMapping = rule?.objectMappings[0]
  if (schema === undefined || rule === undefined || objectMapping === undefined || diagnostics.length > 0) {
    throw new Error(`the schema of ${mapping.name} is not read: ${JSON.stringify(diagnostics)}`)
  }
  const compiled = compileObjectMapping(schema, rule, objectMapping, backend === undefined ? {} : { backend })
  const faults = compiled.diagnostics.filter(({ severity }) => severity === 'error')
  if (faults.length > 0) throw new Error(`${mapping.name} has errors: ${JSON.stringify(faults)}`)
  return compiled
}
