import { compileExpression } from '../../src/plan/compile.js'
import type { SourceRecord } from '../../src/plan/frame.js'
import type { EvaluationContext } from '../../src/values/context.js'
import type { Outcome } from '../../src/values/outcome.js'
import type { SettingsInput } from '../../src/values/settings.js'

/** One way to evaluate expressions. Every configuration must agree with the oracle. */
export interface Configuration {
  /** Backend and passes, for the title of the test. */
  readonly name: string
  /** Compiles an expression that has no errors. */
  compile(
    text: string,
    settings: SettingsInput,
  ): (record: SourceRecord, context: EvaluationContext) => Outcome
}

/** All ways: each backend with all passes, with none, and with each one alone. */
export const configurations: readonly Configuration[] = [
  {
    name: 'closures',
    compile: (text, settings) => {
      const compiled = compileExpression(text, { settings })
      return (record, context) => compiled.evaluate(record, context)
    },
  },
  {
    name: 'closures with tracing',
    compile: (text, settings) => {
      const compiled = compileExpression(text, { settings })
      return (record, context) => compiled.trace(record, context)!.outcome
    },
  },
]
