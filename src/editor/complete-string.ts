import type { DocumentedParameter } from '../functions/define.js'
import { quoteString } from '../syntax/print.js'
import { type CompletionItem, itemsFor, type Proposal, type Target } from './completion-item.js'
import type { EditorContext } from './context.js'
import { formatSpecifiers, sampleIn } from './date-formats.js'
import { type Expectation, expectationsAt, literalKind } from './expectation.js'
import { groupProposals, literalProposals, styleProposals } from './literal-proposals.js'
import type { CursorPosition, EnclosingCall } from './position.js'
import { groupUse, patternOf } from './regex-groups.js'

/** The cursor in a string of the text. */
interface Inside {
  readonly text: string
  readonly offset: number
  /** The offset after the opening quote. */
  readonly start: number
  /** The text from there to the cursor. */
  readonly before: string
  readonly call: EnclosingCall
  readonly context: EditorContext
}

/**
 * The end of a value that begins before the cursor. A missing closing quote makes the rest of the expression
 * part of the string, so the value only extends over characters that it can contain.
 */
const endOf = ({ text, offset }: Inside, sign: RegExp): number => {
  let end = offset
  while (end < text.length && sign.test(text.charAt(end))) end++
  return end
}

const whole = (inside: Inside, sign: RegExp): Target => ({
  span: { start: inside.start, end: endOf(inside, sign) },
  typed: inside.before,
})

const partial = (inside: Inside, typed: string, sign: RegExp): Target => ({
  span: { start: inside.offset - typed.length, end: endOf(inside, sign) },
  typed,
})

const wordSign = /[\w-]/
const formatSign = /[\w:./' -]/

const specifiers: readonly Proposal[] = formatSpecifiers.map(([label, meaning]) => ({
  label,
  kind: 'format',
  detail: meaning,
  documentation: `For example ${sampleIn(label.length === 1 ? `%${label}` : label)}`,
  text: label,
}))

const inString = (text: string): string => quoteString(text).slice(1, -1)

/** The proposals for a string that is an argument of a call. */
export const completeString = (
  text: string,
  { offset, token, call }: CursorPosition,
  context: EditorContext,
): readonly CompletionItem[] => {
  if (call === undefined || token === undefined) return []
  const start = token.span.start + 1
  const inside: Inside = { text, offset, start, before: text.slice(start, offset), call, context }
  // An operand of a comparison or concatenation is not itself the argument.
  if (call.arguments[call.argumentIndex]?.tokens.length !== 1) return []
  for (const expectation of expectationsAt(call, context.environment)) {
    const items = completeFor(inside, expectation)
    if (items.length > 0) return items
  }
  return []
}

const completeFor = (inside: Inside, expectation: Expectation): readonly CompletionItem[] => {
  const { text, call, before } = inside
  const { definition, parameter } = expectation
  const kind = literalKind(parameter)
  if (kind === 'styles') return styles(inside)
  const pattern = patternOf(call, definition)
  if (pattern !== undefined && groupUse(call, definition, parameter.key) === 'reference')
    return references(inside, pattern)
  const proposals = literalProposals(text, call, expectation, inside.context)
  const isFormat = kind === 'inputFormat' || kind === 'outputFormat'
  const values = itemsFor(
    [...proposals, ...(parameter.values ?? []).map((label) => enumValue(label, parameter))],
    whole(inside, isFormat ? formatSign : wordSign),
  )
  if (!isFormat) return values
  const [run = ''] = /([A-Za-z]?)\1*$/.exec(before) ?? []
  const parts = itemsFor(
    specifiers.filter(({ label }) => label.startsWith(run)),
    partial(inside, run, /$^/),
  )
  return [...values, ...parts].map((item, index) => ({ ...item, sortText: String(index).padStart(4, '0') }))
}

/** A value of an enumeration. */
export const enumValue = (label: string, parameter: DocumentedParameter): Proposal => ({
  label,
  kind: 'enum',
  detail: parameter.name,
  documentation: parameter.doc,
  text: label,
})

/** The names that a list of styles does not contain yet. */
const styles = (inside: Inside): readonly CompletionItem[] => {
  const parts = inside.before.split(',')
  const typed = (parts.pop() ?? '').trimStart()
  const given = new Set(parts.map((part) => part.trim()))
  return itemsFor(
    styleProposals.filter(({ label }) => !given.has(label)),
    partial(inside, typed, wordSign),
  )
}

/** References to groups: `${name}`, from its first character on or where one could begin. */
const references = (inside: Inside, pattern: string): readonly CompletionItem[] => {
  const { text, before } = inside
  const typed = /\$(?:\{\w*)?$/.exec(before)?.[0] ?? ''
  if (typed === '' && /\w$/.test(before)) return []
  const target = partial(inside, typed, /\w/)
  const { start, end } = target.span
  const span = typed === '' ? { start, end: start } : { start, end: text[end] === '}' ? end + 1 : end }
  const proposals = groupProposals(pattern, (name) => inString(`\${${name}}`))
  return itemsFor(proposals, { span, typed })
}
