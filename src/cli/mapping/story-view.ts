import { type ClauseExplanation, clauseWords, type FilterExplanation } from '../../filter/index.js'
import { importedValues } from '../../graph/index.js'
import { compileExpression, type EvaluationContext, redactingCalls, type SourceRecord } from '../../index.js'
import {
  type CompiledObjectMapping,
  type MappedAttribute,
  type MappedObject,
  noFlowReasons,
  type ScimRequest,
} from '../../mapping/index.js'
import { shown } from '../../text/shown.js'
import { cut, pad, type Style } from '../style.js'
import { renderTrace } from '../trace-view.js'
import { flowText, objectFrame, outcomeLine, requestLines } from './object-view.js'
import { valueText } from './values.js'

/** What a story is told from. */
export interface Story {
  readonly compiled: CompiledObjectMapping
  readonly record: SourceRecord
  /** Without redacted values. */
  readonly mapped: MappedObject
  readonly request: ScimRequest | undefined
  /** Whether the target was searched. */
  readonly searched: boolean
  /** Set to show each value's trace. */
  readonly trace: EvaluationContext | undefined
}

const mark = (verdict: boolean | 'error', style: Style): string => {
  if (verdict === 'error') return style.paint('red', '!')
  return verdict ? style.paint('green', '✓') : style.paint('red', '✗')
}

const importLines = ({ compiled, record, mapped }: Story, width: number, style: Style): string[] => {
  const values = [...importedValues(compiled, record, mapped)]
  const present = values.filter(([, value]) => value !== null && value !== '')
  const column = Math.min(36, Math.max(0, ...present.map(([name]) => name.length)))
  const absent = values.filter(([, value]) => value === null || value === '').map(([name]) => name)
  return [
    ...present.map(
      ([name, value]) =>
        `   ${pad(shown(name), column)}  ${style.paint('cyan', cut(valueText(value), Math.max(30, width - column - 5)))}`,
    ),
    ...(absent.length === 0
      ? []
      : [`   ${style.paint('dim', `without a value: ${shown(absent.join(', '))}`)}`]),
    ...mapped.matchKeys.map(
      ({ targetAttribute, value }) =>
        `   matching attribute ${shown(targetAttribute)}: ${value === null || value === '' ? style.paint('yellow', 'no value') : style.paint('cyan', valueText(value))}`,
    ),
  ]
}

const clauseLine = (clause: ClauseExplanation, style: Style): string => {
  const words = shown(clauseWords(clause))
  return `     ${mark(clause.verdict, style)} ${words}  ${style.paint('dim', shown(clause.reason))}`
}

const scopeLines = ({ sets, sentence }: FilterExplanation, style: Style): string[] => {
  const all = Object.values(sets).filter((set) => set !== undefined)
  if (all.length === 0) return [`   ${shown(sentence)}`]
  return all.flatMap((set) => [
    ` ${mark(set.verdict, style)} ${set.set}${set.groups.length > 1 ? ' (any of these groups)' : ''}`,
    ...set.groups.flatMap((group) => [
      `   ${mark(group.verdict, style)} group “${shown(group.title)}”`,
      ...group.clauses.map((clause) => clauseLine(clause, style)),
    ]),
  ])
}

const matchLines = ({ mapped, searched }: Story, style: Style): string[] => {
  const keys = mapped.matchKeys.filter(({ query }) => query !== null)
  const tried = mapped.matchedBy === undefined ? keys.length : keys.indexOf(mapped.matchedBy) + 1
  const outcomeOf = (index: number): string => {
    if (mapped.matchedBy !== undefined && index === tried - 1) return style.paint('green', 'matched')
    if (index >= tried) return style.paint('dim', 'not tried')
    return style.paint('dim', searched ? 'nothing found' : 'not searched: no --target was given')
  }
  return keys.map(({ query }, index) => `   ${shown(String(query))}  ${outcomeOf(index)}`)
}

/** The record with what the service computes, as traces read it. */
const completed = ({ compiled, record, mapped }: Story): SourceRecord => ({
  ...Object.fromEntries(importedValues(compiled, record, mapped)),
  ...record,
})

const traceLines = (
  story: Story,
  { attribute }: MappedAttribute,
  context: EvaluationContext,
  width: number,
  style: Style,
): string[] => {
  if (attribute.mapping.source?.type !== 'Function') return []
  const { settings, dialect } = story.compiled
  const expression = compileExpression(attribute.expression, { settings, dialect })
  const trace = expression.trace(completed(story), context)
  if (trace === undefined) return []
  const redacted = redactingCalls(expression.calls)
  const tree = renderTrace(trace, expression.source.text, redacted, width - 8, style)
  return tree
    .trimEnd()
    .split('\n')
    .map((line) => `        ${line}`)
}

const attributeLines = (story: Story, one: MappedAttribute, width: number, style: Style): string[] => {
  const { attribute, decision } = one
  const { mapping, expression } = attribute
  const text =
    mapping.source === null ? style.paint('dim', '(no source)') : expression.replace(/\s*\n\s*/g, ' ')
  const head = `   ${style.paint('bold', shown(mapping.targetAttributeName))} ← ${cut(text, Math.max(30, width - mapping.targetAttributeName.length - 6))}`
  const value = decision.flows
    ? `      = ${style.paint('cyan', cut(flowText(decision), Math.max(30, width - 8)))}`
    : `      ${decision.reason === 'failed' ? style.paint('red', 'failed') : style.paint('dim', `does not flow: ${noFlowReasons[decision.reason]}`)}`
  const trace =
    story.trace === undefined || (decision.flows && decision.origin === 'cleared')
      ? []
      : traceLines(story, one, story.trace, width, style)
  return [head, value, ...trace]
}

/** One object's story, step by step, as on-demand provisioning tells it. */
export const storyView = (title: string, story: Story, width: number, style: Style): string => {
  const { compiled, mapped, request } = story
  const { rule, objectMapping } = compiled
  const step = (number: number, name: string, lines: readonly string[]): string[] => [
    '',
    style.paint('bold', `${number} ${name}`),
    ...lines,
  ]
  const decided = mapped.reason !== 'ImportSkipped'
  const problems = [...mapped.diagnostics, ...(request?.diagnostics ?? [])]
  return `${[
    style.paint('bold', shown(title)),
    shown(
      `${rule.sourceDirectoryName} ${objectMapping.sourceObjectName} → ${rule.targetDirectoryName} ${objectMapping.targetObjectName}`,
    ),
    outcomeLine(mapped, style),
    ...step(1, 'Import', importLines(story, width, style)),
    ...(decided ? step(2, 'Scope', scopeLines(mapped.scope.explain(), style)) : []),
    ...(decided ? step(3, 'Match', matchLines(story, style)) : []),
    ...(decided
      ? step(4, `Action: ${mapped.outcome}`, [
          ...mapped.attributes.flatMap((one) => attributeLines(story, one, width, style)),
          ...problems.flatMap((d) => ['', objectFrame(d, compiled, style)]),
        ])
      : []),
    ...(request === undefined ? [] : step(5, 'Request', requestLines(request))),
  ].join('\n')}\n`
}
