import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { createInputTable } from '../ir/inputs.js'
import { planUnit } from '../plan/plan.js'
import type { Filter } from '../schema/model.js'
import { createContext } from '../values/context.js'
import { EvaluationError } from '../values/fault.js'
import { readAttribute, type SourceRecord } from '../values/record.js'
import { resolveSettings } from '../values/resolve-settings.js'
import type { SettingsInput } from '../values/settings.js'
import { explainFilter, type FilterExplanation, type Verdict } from './explain.js'
import { lowerFilter } from './lower.js'
import { type FilterSetName, filterSetNames } from './resolve.js'

/** The options for compiling a filter. */
export interface CompileFilterOptions {
  readonly settings?: SettingsInput
  /** JSON path of the filter, for its findings. Default `$`. */
  readonly path?: string
}

/** The verdict of a filter on an object, or the error that prevented one. */
export interface FilterResult {
  /** `error`: the object is neither in nor out of scope. */
  readonly verdict: Verdict
  /** The verdict of each set that has groups; the others pass. */
  readonly sets: { readonly [Name in FilterSetName]?: Verdict }
  /** The errors behind an `error`. */
  readonly diagnostics: readonly Diagnostic[]
}

/** A filter ready to be evaluated for any number of objects. */
export interface CompiledFilter {
  /** Faults of the filter. A clause with an error fails for every object. */
  readonly diagnostics: readonly Diagnostic[]
  /** The names of the attributes it reads. */
  readonly attributes: readonly string[]
  /** Whether an object passes. Never throws for a fault of the filter or of the data. */
  evaluate(record: SourceRecord): FilterResult
  /** The same verdict with its reasons, clause by clause. */
  explain(record: SourceRecord): FilterExplanation
}

/**
 * Compiles a filter; null passes every object.
 * @example
 * const { schema } = readSchema(readFileSync('schema.json'))
 * const filter = compileFilter(schema?.synchronizationRules[0]?.objectMappings[0]?.scope)
 * filter.evaluate(user).verdict // true
 */
export const compileFilter = (
  filter: Filter | null | undefined,
  options: CompileFilterOptions = {},
): CompiledFilter => {
  const settings = resolveSettings(options.settings)
  const inputs = createInputTable()
  const { sets, diagnostics } = lowerFilter(filter, { settings, inputs, path: options.path ?? '$' })
  const present = filterSetNames.flatMap((name) => {
    const node = sets[name]
    return node === undefined ? [] : [{ name, node }]
  })
  const unit = {
    inputs: inputs.inputs(),
    shared: [],
    guard: undefined,
    roots: present,
  }
  const plan = planUnit(unit)
  // No operator reads the clock or any other part of the context.
  const context = createContext({ now: 0 }, settings)
  return {
    diagnostics,
    attributes: unit.inputs.map(({ name }) => name),
    evaluate: (record) => {
      const frame = plan.open(record, context)
      const verdicts: { [Name in FilterSetName]?: Verdict } = {}
      const errors: Diagnostic[] = []
      present.forEach(({ name }, index) => {
        const found = plan.roots[index]?.(frame)
        if (found instanceof EvaluationError) errors.push(...found.diagnostics)
        verdicts[name] = found instanceof EvaluationError ? 'error' : found === true
      })
      const all = Object.values(verdicts)
      const verdict: Verdict = all.includes(false) ? false : all.includes('error') ? 'error' : true
      return { verdict, sets: verdicts, diagnostics: verdict === 'error' ? errors : [] }
    },
    explain: (record) => explainFilter(filter, (name) => readAttribute(record, name), settings),
  }
}
