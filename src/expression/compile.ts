import { type AttributeScope, attributeScopeOf } from '../check/attribute-scope.js'
import type { BoundExpression } from '../check/bound.js'
import { type CheckedExpression, checkExpression } from '../check/checker.js'
import { type CheckEnvironment, createEnvironment, environmentRules } from '../check/environment.js'
import { redactingCalls } from '../check/redaction.js'
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.js'
import { endMetering } from '../dotnet/step-meter.js'
import type { FunctionLibrary } from '../functions/library.js'
import { standardLibrary } from '../functions/standard.js'
import { createInputTable } from '../ir/inputs.js'
import { lowerExpression } from '../ir/lowering.js'
import type { Pass } from '../ir/passes/define.js'
import { optimise } from '../ir/passes/index.js'
import type { Unit } from '../ir/unit.js'
import { type Backend, planUnit } from '../plan/plan.js'
import { type ParseResult, parseExpression } from '../syntax/parser.js'
import type { SourceText } from '../text/source-text.js'
import { bySpan } from '../text/span.js'
import { type ContextInput, contextFrom, type EvaluationContext } from '../values/context.js'
import { requireMade, requireText } from '../values/misuse.js'
import { failedObject } from '../values/object-fault.js'
import { func, type OptionRule, type OptionRules, requireOptions } from '../values/options.js'
import { type Outcome, outcomeOf, type Result } from '../values/outcome.js'
import { type AttributeName, requireRecord, type SourceRecord } from '../values/record.js'
import { resolveSettings } from '../values/resolve-settings.js'
import type { Dialect, SettingsInput } from '../values/settings.js'
import { type Trace, traceUnit } from './trace.js'

/** How an expression is compiled. */
export interface CompileOptions<Source extends SourceRecord = SourceRecord> {
  readonly settings?: SettingsInput
  /**
   * Decides which functions are reported as undocumented; the meaning does not change. Default
   * `provisioning`.
   */
  readonly dialect?: Dialect
  /** The functions that may be called. Default: all functions of the language. */
  readonly library?: FunctionLibrary
  /**
   * The backend that evaluates the compiled form. Default: closures. `codegen` of `attrflow/codegen`
   * generates code.
   */
  readonly backend?: Backend
  /** The passes to run. Default: all. */
  readonly passes?: readonly Pass[]
  /** The attributes of the source object, or their names; if omitted, every name is accepted. */
  readonly attributes?: AttributeScope | readonly AttributeName<Source>[]
}

/** A compiled expression. If its diagnostics contain an error, evaluation returns that error. */
export interface CompiledExpression<Source extends SourceRecord = SourceRecord> extends AnalyzedExpression {
  /** Whether its value must not be shown: it comes from a function such as Redact. */
  readonly redacted: boolean
  /** Evaluates the expression for one object. Never throws for a fault of the expression or of the data. */
  evaluate(record: Source, context?: ContextInput | EvaluationContext): Outcome
  /** Evaluates the expression and records the value of every sub-expression; undefined if it has errors. */
  trace(record: Source, context?: ContextInput | EvaluationContext): Trace | undefined
}

/**
 * Requires a compiled expression.
 * @throws {TypeError} for anything else, such as its text
 */
export const requireCompiled = (compiled: unknown): void =>
  requireMade(compiled, 'evaluate', 'a compiled expression, such as compileExpression(text)')

export const backendRule: OptionRule = { ...func, takes: 'a function, such as codegen of attrflow/codegen' }

const rules: OptionRules<CompileOptions> = {
  ...environmentRules,
  backend: backendRule,
  passes: { takes: 'a list of passes', accepts: Array.isArray },
}

/**
 * The environment for some options.
 * @throws {TypeError} for invalid options
 * @example
 * analyzeExpression('ToLowr([a])', environmentOf()).diagnostics.map(({ code }) => code) // ['AF2001']
 */
export const environmentOf = <Source extends SourceRecord = SourceRecord>(
  options: CompileOptions<Source> = {},
): CheckEnvironment => {
  requireOptions(options, rules)
  return createEnvironment(options.library ?? standardLibrary, {
    settings: resolveSettings(options.settings),
    dialect: options.dialect,
    attributes: attributeScopeOf(options.attributes),
  })
}

/** An expression after parsing and checking. */
export interface AnalyzedExpression extends CheckedExpression {
  readonly source: SourceText
}

/** Parses and checks. Diagnostics are in the order of their positions. */
export const analyzeExpression = (text: string, environment: CheckEnvironment): AnalyzedExpression =>
  analyzeParsed(parseExpression(text), environment)

/** Checks a text that has been parsed already. */
export const analyzeParsed = (parsed: ParseResult, environment: CheckEnvironment): AnalyzedExpression => {
  const checked = checkExpression(parsed.expression, environment)
  const { expression, calls, types, attributes } = checked
  const diagnostics = inOrder(parsed.diagnostics, checked.diagnostics)
  return { expression, diagnostics, calls, types, attributes, source: parsed.source }
}

const inOrder = (syntax: readonly Diagnostic[], rest: readonly Diagnostic[]): readonly Diagnostic[] =>
  syntax.length + rest.length === 0 ? rest : [...syntax, ...rest].sort(bySpan)

/** Lowers an analysed expression without errors into a unit with the one root `result`. */
export const unitOf = (analyzed: BoundExpression, environment: CheckEnvironment): Unit => {
  const inputs = createInputTable()
  const node = lowerExpression(analyzed, environment, inputs)
  return { inputs: inputs.inputs(), shared: [], guard: undefined, roots: [{ name: 'result', node }] }
}

/**
 * Compiles an expression. With a type of record, `compileExpression<User>`, only a `User` can be evaluated, and the option
 * `attributes` takes no name that a `User` does not have.
 *
 * @throws {TypeError} for options that are none; faults of the expression are diagnostics
 * @example
 * const displayName = compileExpression('Join(" ", [givenName], [surname])')
 * displayName.evaluate({ givenName: 'Ada', surname: 'Berg' }) // { kind: 'value', value: 'Ada Berg' }
 */
export const compileExpression = <Source extends SourceRecord = SourceRecord>(
  text: string,
  options: CompileOptions<Source> = {},
): CompiledExpression<Source> => {
  requireText(text, 'an expression')
  const environment = environmentOf(options)
  const { backend = planUnit } = options
  const analyzed = analyzeExpression(text, environment)
  const { diagnostics } = analyzed
  const redacted = redactingCalls(analyzed.calls).length > 0
  if (hasErrors(diagnostics)) {
    const failed: Outcome = { kind: 'error', diagnostics }
    return { ...analyzed, redacted, evaluate: () => failed, trace: () => undefined }
  }
  const unit = unitOf(analyzed, environment)
  const plan = backend(optimise(unit, options.passes))
  const complete = (context: ContextInput | EvaluationContext | undefined): EvaluationContext =>
    contextFrom(context, environment.settings)
  return {
    ...analyzed,
    redacted,
    evaluate: (record, context) => {
      requireRecord(record)
      const completed = complete(context)
      try {
        const [result = null] = plan.run(record, completed, []) as Result[]
        return outcomeOf(result)
      } catch (thrown) {
        return outcomeOf(failedObject(thrown))
      } finally {
        endMetering()
      }
    },
    trace: (record, context) => {
      requireRecord(record)
      return traceUnit(unit, record, complete(context))[0]
    },
  }
}
