import { describeExpression } from '../editor/index.js'
import { type CompileOptions, compileExpression, environmentOf } from '../expression/compile.js'
import { type OtherOutcome, otherOutcomes } from '../expression/readings.js'
import { createContext, standardLibrary } from '../index.js'
import { diagnoseExpression } from '../lint/index.js'
import { printExpression } from '../syntax/print.js'
import { tokenize } from '../syntax/tokenize.js'
import type { Outcome } from '../values/outcome.js'
import { REDACTED } from '../values/redacted.js'
import { populationResults, traceTree, valueText } from '../views/index.js'
import type { ContestedView, ExpressionView } from './answers.js'
import { findingOf } from './finding.js'
import type { ReadUsers } from './users.js'

const outcomeWords: Readonly<Record<Outcome['kind'], string>> = {
  value: 'A value flows.',
  null: 'The result is null: nothing flows, unless the mapping has a default value.',
  error: 'The expression fails, so the whole object fails.',
  ignoreAttribute: 'IgnoreAttributeFlow: the attribute keeps its value in the target.',
  ignoreObject: 'IgnoreObjectFlow: the whole object is skipped.',
}

const outcomeText = (outcome: Outcome): string => {
  if (outcome.kind === 'value') return valueText(outcome.value)
  return outcome.kind === 'error' ? (outcome.diagnostics[0]?.message ?? 'failed') : outcomeWords[outcome.kind]
}

const contestedView = ({ point, reading, outcome }: OtherOutcome): ContestedView => ({
  question: point.question,
  followed: point.readings[0].says,
  other: reading.says,
  evidence: reading.evidence,
  otherResult: outcomeText(outcome),
})

/**
 * Everything about an expression: findings, description, the value for a user, and the results for all users.
 * @param options the settings, dialect and attributes of the mapping that it belongs to
 * @param read gives the users with the attributes that the expression reads
 */
export const expressionView = (
  text: string,
  options: CompileOptions,
  read: ReadUsers['reading'],
  user: number,
): Omit<ExpressionView, 'titles'> => {
  const found = diagnoseExpression(text, environmentOf(options)).diagnostics
  const findings = found.map(findingOf)
  const tokens = tokenize(text).map(({ kind, span }) => ({ kind, span }))
  if (findings.some(({ severity }) => severity === 'error'))
    return {
      findings,
      tokens,
      canonical: undefined,
      description: undefined,
      outcome: undefined,
      value: undefined,
      trace: undefined,
      results: undefined,
      contested: [],
    }
  const compiled = compileExpression(text, options)
  const records = read(compiled.attributes)
  const record = records[user] ?? {}
  const context = createContext({ now: new Date() })
  const trace = compiled.trace(record, context)
  const outcome = trace?.outcome ?? compiled.evaluate(record, context)
  return {
    findings,
    tokens,
    canonical: printExpression(compiled.expression),
    description: describeExpression(compiled.expression, standardLibrary),
    outcome:
      outcome.kind === 'error'
        ? `${outcomeWords.error} ${outcome.diagnostics[0]?.message ?? ''}`
        : outcomeWords[outcome.kind],
    value: outcome.kind === 'value' ? (compiled.redacted ? REDACTED : valueText(outcome.value)) : undefined,
    trace: trace === undefined ? undefined : traceTree(compiled, trace),
    results: records.length === 0 ? undefined : populationResults(compiled, records),
    contested: compiled.redacted
      ? []
      : otherOutcomes(text, options, record, context, outcome).map(contestedView),
  }
}
