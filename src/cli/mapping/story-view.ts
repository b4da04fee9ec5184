import { importedValues } from '../../graph/index.js'
import { compileExpression, type EvaluationContext, redactingCalls, type SourceRecord } from '../../index.js'
import { contextOfAttribute, type FindTargets } from '../../mapping/find-targets.js'
import type {
  CompiledObjectMapping,
  MappedAttribute,
  MappedObject,
  ScimRequest,
} from '../../mapping/index.js'
import { shown } from '../../text/shown.js'
import type { ObjectStory, StoryAttribute } from '../../views/index.js'
import { cut, pad, type Style } from '../style.js'
import { renderTrace } from '../trace-view.js'
import { objectFrame, outcomeLine, requestLines } from './object-view.js'

/** A story, and the data that frames and traces also need. */
export interface Telling {
  readonly story: ObjectStory
  readonly compiled: CompiledObjectMapping
  readonly record: SourceRecord
  /** Without redacted values. */
  readonly mapped: MappedObject
  readonly request: ScimRequest | undefined
  /** How the target was searched; undefined if there is none. */
  readonly findTargets: FindTargets | undefined
  /** Set if the trace of each value is to be shown. */
  readonly trace: EvaluationContext | undefined
}

const mark = (verdict: boolean | 'error', style: Style): string => {
  if (verdict === 'error') return style.paint('red', '!')
  return verdict ? style.paint('green', '✓') : style.paint('red', '✗')
}

const importLines = ({ imported, match }: ObjectStory, width: number, style: Style): string[] => {
  const present = imported.filter((one) => one.present)
  const column = Math.min(36, Math.max(0, ...present.map(({ name }) => name.length)))
  const absent = imported.filter((one) => !one.present).map(({ name }) => name)
  return [
    ...present.map(
      ({ name, value }) =>
        `   ${pad(shown(name), column)}  ${style.paint('cyan', cut(shown(value), Math.max(30, width - column - 5)))}`,
    ),
    ...(absent.length === 0
      ? []
      : [`   ${style.paint('dim', `without a value: ${shown(absent.join(', '))}`)}`]),
    ...match.map(
      ({ attribute, value, query }) =>
        `   matching attribute ${shown(attribute)}: ${query === null ? style.paint('yellow', 'no value') : style.paint('cyan', shown(value))}`,
    ),
  ]
}

const scopeLines = ({ sets, sentence }: ObjectStory['scope'], style: Style): string[] =>
  sets.length === 0
    ? [`   ${shown(sentence)}`]
    : sets.flatMap((set) => [
        ` ${mark(set.verdict, style)} ${set.set}${set.groups.length > 1 ? ' (any of these groups)' : ''}`,
        ...set.groups.flatMap(({ title, verdict, clauses }) => [
          `   ${mark(verdict, style)} group “${shown(title)}”`,
          ...clauses.map(
            (clause) =>
              `     ${mark(clause.verdict, style)} ${shown(clause.text)}  ${style.paint('dim', shown(clause.reason))}`,
          ),
        ]),
      ])

const matchLines = ({ match }: ObjectStory, searched: boolean, style: Style): string[] => {
  const keys = match.filter(({ query }) => query !== null)
  const last = keys.findIndex(({ matched }) => matched)
  const outcomeOf = (index: number): string => {
    if (index === last) return style.paint('green', 'matched')
    if (last !== -1 && index > last) return style.paint('dim', 'not tried')
    return style.paint('dim', searched ? 'nothing found' : 'not searched: no --target was given')
  }
  return keys.map(({ query }, index) => `   ${shown(String(query))}  ${outcomeOf(index)}`)
}

/** The record with the attributes that the service computes, for traces. */
const completed = ({ compiled, record, mapped }: Telling): SourceRecord => ({
  ...Object.fromEntries(importedValues(compiled, record, mapped)),
  ...record,
})

const traceLines = (
  told: Telling,
  { attribute: { mapping, expression: text } }: MappedAttribute,
  context: EvaluationContext,
  width: number,
  style: Style,
): string[] => {
  if (mapping.source?.type !== 'Function') return []
  const { compiled, findTargets, mapped } = told
  const { settings, dialect } = compiled
  const expression = compileExpression(text, { settings, dialect })
  const asking = contextOfAttribute(context, findTargets, mapping.targetAttributeName, mapped)
  const trace = expression.trace(completed(told), asking)
  if (trace === undefined) return []
  const redacted = redactingCalls(expression.calls)
  const tree = renderTrace(trace, expression.source.text, redacted, width - 8, style)
  return tree
    .trimEnd()
    .split('\n')
    .map((line) => `        ${line}`)
}

/** The note after a value that does not come from the source. */
const origins: Readonly<Record<string, string>> = {
  default: '  (default)',
  attributeDefault: '  (default of the target attribute)',
}

const resultText = ({ after, origin, noFlow, why }: StoryAttribute, width: number, style: Style): string => {
  if (noFlow === 'failed') return style.paint('red', 'failed')
  if (after === undefined) return style.paint('dim', `does not flow: ${why}`)
  const text = origin === 'cleared' ? 'cleared' : `${shown(after)}${origins[origin ?? ''] ?? ''}`
  return `= ${style.paint('cyan', cut(text, Math.max(30, width - 8)))}`
}

const attributeLines = (
  told: Telling,
  one: StoryAttribute,
  index: number,
  width: number,
  style: Style,
): string[] => {
  const { target, expression, origin } = one
  const mapped = told.mapped.attributes[index]
  const text = expression === '' ? style.paint('dim', '(no source)') : expression.replace(/\s*\n\s*/g, ' ')
  return [
    `   ${style.paint('bold', shown(target))} ← ${cut(text, Math.max(30, width - target.length - 6))}`,
    `      ${resultText(one, width, style)}`,
    ...(told.trace === undefined || origin === 'cleared' || mapped === undefined
      ? []
      : traceLines(told, mapped, told.trace, width, style)),
  ]
}

/** The steps for one object, as on-demand provisioning shows them. */
export const storyView = (title: string, told: Telling, width: number, style: Style): string => {
  const { story, compiled, mapped, request, findTargets } = told
  const { rule, objectMapping } = compiled
  const step = (number: number, name: string, lines: readonly string[]): string[] => [
    '',
    style.paint('bold', `${number} ${name}`),
    ...lines,
  ]
  const decided = story.reason !== 'ImportSkipped'
  const problems = [...mapped.diagnostics, ...(request?.diagnostics ?? [])]
  return `${[
    style.paint('bold', shown(title)),
    shown(
      `${rule.sourceDirectoryName} ${objectMapping.sourceObjectName} → ${rule.targetDirectoryName} ${objectMapping.targetObjectName}`,
    ),
    outcomeLine(mapped, style),
    ...step(1, 'Import', importLines(story, width, style)),
    ...(decided ? step(2, 'Scope', scopeLines(story.scope, style)) : []),
    ...(decided ? step(3, 'Match', matchLines(story, findTargets !== undefined, style)) : []),
    ...(decided
      ? step(4, `Action: ${story.outcome}`, [
          ...story.attributes.flatMap((one, index) => attributeLines(told, one, index, width, style)),
          ...problems.flatMap((d) => ['', objectFrame(d, compiled, style)]),
        ])
      : []),
    ...(request === undefined ? [] : step(5, 'Request', requestLines(request))),
  ].join('\n')}\n`
}
