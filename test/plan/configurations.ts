import { analyzeExpression, compileExpression, environmentOf, unitOf } from '../../src/expression/compile.js'
import type { Pass } from '../../src/ir/passes/define.js'
import { optimise, passes } from '../../src/ir/passes/index.js'
import type { Unit } from '../../src/ir/unit.js'
import { generateUnit } from '../../src/plan/codegen/generate.js'
import { createCodegenBackend } from '../../src/plan/codegen/in-process.js'
import { generateModule } from '../../src/plan/codegen/module.js'
import { type Backend, type Plan, planUnit } from '../../src/plan/plan.js'
import { runtime, runtimeEntries } from '../../src/runtime/entries.js'
import type { EvaluationContext } from '../../src/values/context.js'
import { EvaluationError } from '../../src/values/fault.js'
import { type Outcome, outcomeOf } from '../../src/values/outcome.js'
import type { SourceRecord } from '../../src/values/record.js'
import { defaultSettings, type SettingsInput } from '../../src/values/settings.js'
import { type Row, runForRow } from '../support/plan-row.js'
import { evaluateModule } from './codegen/load.js'

/** One way to evaluate expressions. Every configuration must agree with the oracle. */
export interface Configuration {
  /** Backend and passes, for the message of a failed test. */
  readonly name: string
  /** Compiles an expression that has no errors. */
  compile(
    text: string,
    settings: SettingsInput,
  ): (record: SourceRecord, context: EvaluationContext) => Outcome
}

/** A way to make a plan of a unit after its passes. */
export const backends: readonly { readonly name: string; readonly plan: Backend }[] = [
  { name: 'closures', plan: planUnit },
  {
    name: 'codegen in process',
    plan: (unit) => {
      // Throws where the backend would fall back to closures, which are not what is tested here.
      generateUnit(unit, runtime)
      return createCodegenBackend(runtime)(unit)
    },
  },
  {
    name: 'codegen ahead of time',
    plan: (unit) => {
      const module = generateModule(unit, {
        runtime: runtimeEntries,
        file: 'test.mjs',
        sourceMap: false,
        title: 'A test',
        expressions: [],
        settings: defaultSettings,
        source: undefined,
        target: undefined,
      })
      const { map } = evaluateModule(module.code)
      return {
        ...planUnit(unit),
        run: (record, context) => {
          const row = map(record, context)
          if (row === null || row instanceof EvaluationError) return row
          return unit.roots.map(({ name }) => row[name]!)
        },
      }
    },
  },
]

/** All passes, none, and each one alone. */
export const selections: readonly { readonly name: string; readonly selected: readonly Pass[] }[] = [
  { name: 'all passes', selected: passes },
  { name: 'no passes', selected: [] },
  ...passes.map((pass) => ({ name: pass.name, selected: [pass] })),
]

/** The row of a unit without a guard. */
export const rowOf = (plan: Plan, record: SourceRecord, context: EvaluationContext): Row => {
  const row = runForRow(plan, record, context)
  if (row === null || row instanceof EvaluationError) throw new TypeError('a unit without a guard has a row')
  return row
}

let latest: { text: string; settings: SettingsInput; unit: Unit } | undefined

/** The unit of an expression before any pass; the configurations of one comparison share it. */
const lowered = (text: string, settings: SettingsInput): Unit => {
  if (latest?.text !== text || latest.settings !== settings) {
    const environment = environmentOf({ settings })
    latest = { text, settings, unit: unitOf(analyzeExpression(text, environment), environment) }
  }
  return latest.unit
}

/** Every backend with every selection of passes, and what users call. */
export const configurations: readonly Configuration[] = [
  {
    name: 'compileExpression',
    compile: (text, settings) => compileExpression(text, { settings }).evaluate,
  },
  {
    name: 'trace',
    compile: (text, settings) => {
      const compiled = compileExpression(text, { settings })
      return (record, context) => compiled.trace(record, context)!.outcome
    },
  },
  ...backends.flatMap((backend) =>
    selections.map(
      ({ name, selected }): Configuration => ({
        name: `${backend.name}, ${name}`,
        compile: (text, settings) => {
          const plan = backend.plan(optimise(lowered(text, settings), selected))
          return (record, context) => outcomeOf(rowOf(plan, record, context).result!)
        },
      }),
    ),
  ),
]
