import type { Diagnostic, SourceText } from '../../index.js'
import {
  type CompiledObjectMapping,
  type FlowDecision,
  type MappedAttribute,
  type MappedObject,
  noFlowReasons,
  objectReasons,
  type ScimRequest,
} from '../../mapping/index.js'
import { renderFrame } from '../../print.js'
import { shown } from '../../text/shown.js'
import { cut, pad, type Style } from '../style.js'
import { displayValue } from './values.js'

type Outcome = MappedObject['outcome']

const outcomeColors = {
  create: 'green',
  update: 'green',
  disable: 'yellow',
  delete: 'yellow',
  skip: 'dim',
  error: 'red',
} as const satisfies Record<Outcome, Parameters<Style['paint']>[0]>

/** An outcome in its colour. */
export const outcomeText = (outcome: Outcome, style: Style, width = 0): string =>
  style.paint(outcomeColors[outcome], outcome.padEnd(width))

/** The outcome and its reason, on one line. */
export const outcomeLine = (mapped: MappedObject, style: Style): string =>
  `${outcomeText(mapped.outcome, style)} ${objectReasons[mapped.reason]} ${style.paint('dim', `(${mapped.reason})`)}`

/** A value that flows, and its origin. */
const flowText = (decision: FlowDecision & { readonly flows: true }): string => {
  if (decision.origin === 'cleared') return 'cleared'
  const value = displayValue(decision.value)
  if (decision.origin === 'default') return `${value}  (default)`
  return decision.origin === 'attributeDefault' ? `${value}  (default of the target attribute)` : value
}

const columnOf = (names: readonly string[]): number =>
  Math.min(48, Math.max(0, ...names.map((n) => n.length)))

const nameOf = ({ attribute }: MappedAttribute): string => shown(attribute.mapping.targetAttributeName)

/** The attributes that flow, with their values. */
const flowLines = (attributes: readonly MappedAttribute[], width: number, style: Style): string[] => {
  const flowing = attributes.filter(({ decision }) => decision.flows)
  const column = columnOf(flowing.map(nameOf))
  return flowing.map((one) => {
    const text = flowText(one.decision as FlowDecision & { readonly flows: true })
    return `    ${pad(nameOf(one), column)} = ${style.paint('cyan', cut(text, Math.max(30, width - column - 7)))}`
  })
}

/** The attributes that do not flow, grouped by reason. */
const stayLines = (attributes: readonly MappedAttribute[], style: Style): string[] => {
  const byReason = new Map<keyof typeof noFlowReasons, string[]>()
  for (const one of attributes) {
    if (one.decision.flows) continue
    byReason.set(one.decision.reason, [...(byReason.get(one.decision.reason) ?? []), nameOf(one)])
  }
  return [...byReason].map(
    ([reason, names]) =>
      `    ${names.join(', ')}${names.length > 3 ? '\n     ' : ''} ${style.paint('dim', `${reason}: ${noFlowReasons[reason]}`)}`,
  )
}

/** How far the parts of a view are indented. */
const INDENT = 4

const indent = (text: string): string => text.replace(/^(?=.)/gm, ' '.repeat(INDENT))

/** The frame of a finding in the expression of its target attribute; without one, only the message. */
export const objectFrame = (d: Diagnostic, compiled: CompiledObjectMapping, style: Style): string => {
  const source: SourceText | undefined = compiled.attributes.find(
    ({ mapping }) => mapping.targetAttributeName === d.path,
  )?.analyzed?.source
  if (source !== undefined && d.span.end <= source.text.length)
    return renderFrame(d, source, {
      color: style.color,
      width: style.columns === undefined ? undefined : style.columns - INDENT,
    })
  const where = d.calls === undefined || d.calls.length === 0 ? '' : `\n  = in ${d.calls.join(' › ')}`
  return `${style.paint('red', `${d.severity} ${d.code}`)}: ${style.paint('bold', shown(d.message))}${where}`
}

/** A SCIM request as it is sent. */
export const requestLines = (request: ScimRequest): string[] => {
  if (request.method === 'PATCH' && request.body === undefined) return ['    nothing to send']
  const head = `    ${request.method} ${shown(request.path)}`
  return request.body === undefined ? [head] : [head, indent(JSON.stringify(request.body, null, 2))]
}

const section = (title: string, lines: readonly string[], style: Style): string[] =>
  lines.length === 0 ? [] : [`  ${style.paint('bold', title)}`, ...lines]

/** Everything about one object as text. Pass it through `withoutRedacted` first. */
export const objectView = (
  title: string,
  compiled: CompiledObjectMapping,
  mapped: MappedObject,
  request: ScimRequest | undefined,
  width: number,
  style: Style,
): string => {
  const { scope, matchKeys, attributes, diagnostics } = mapped
  const scopeText = mapped.reason === 'ImportSkipped' ? 'not evaluated' : scope.explain().sentence
  const matches = matchKeys.map(
    ({ targetAttribute, query }) =>
      `    ${shown(query ?? `${targetAttribute}: no value to search for`)}${mapped.matchedBy?.targetAttribute === targetAttribute ? style.paint('green', '  matched') : ''}`,
  )
  const frames = [...diagnostics, ...(request?.diagnostics ?? [])].map((d) =>
    indent(objectFrame(d, compiled, style)),
  )
  return `${[
    style.paint('bold', shown(title)),
    `  ${outcomeLine(mapped, style)}`,
    ...section('scope', [`    ${shown(scopeText)}`], style),
    ...section('match', matches, style),
    ...section('flows', flowLines(attributes, width, style), style),
    ...section('does not flow', stayLines(attributes, style), style),
    ...section('problems', frames, style),
    ...(request === undefined ? [] : section('request', requestLines(request), style)),
  ].join('\n')}\n\n`
}
