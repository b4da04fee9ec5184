import type { Plan } from '../../src/plan/plan.js'
import type { EvaluationContext } from '../../src/values/context.js'
import { EvaluationError } from '../../src/values/fault.js'
import type { Result } from '../../src/values/outcome.js'
import type { SourceRecord } from '../../src/values/record.js'

/** The result of every root by its name; of roots with one name the last. */
export type Row = Record<string, Result>

/** Runs a plan as a generated module's `map` does: a row, null for an object out of scope, or the guard's error. */
export const runForRow = (
  plan: Plan,
  record: SourceRecord,
  context: EvaluationContext,
  inactive = false,
): Row | null | EvaluationError => {
  const results = plan.run(record, context, [], inactive)
  if (results === null || results instanceof EvaluationError) return results
  return Object.fromEntries(plan.unit.roots.map(({ name }, index) => [name, results[index]!]))
}
