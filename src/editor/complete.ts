import { type FunctionDefinition, signatureOf } from '../functions/define.js'
import { documented } from '../functions/documentation.js'
import { quoteString } from '../syntax/print.js'
import { nameCharacter } from '../syntax/repair/token-rules.js'
import { completeString, enumValue } from './complete-string.js'
import { type CompletionItem, itemsFor, type Proposal, type Target } from './completion-item.js'
import { type EditorContext, requireContext } from './context.js'
import { expectationsAt } from './expectation.js'
import { literalProposals } from './literal-proposals.js'
import { attributeDoc, attributeType, functionDoc } from './markdown.js'
import { type CursorPosition, type EnclosingCall, positionAt } from './position.js'
import { LONGEST } from './scan.js'
import { constantMeanings } from './words.js'

/**
 * The proposals at an offset of an expression, complete or not: functions, attributes, constants and
 * placeholders where a value may begin, and between quotes the values that the parameter takes. Each item
 * comes with its edit; a bare word that names an attribute becomes a reference to it. Never throws for a
 * text.
 * @throws {TypeError} for an invalid context
 * @example
 * completeExpression('ToL', 3, { environment: environmentOf() })[0]?.label // 'ToLower'
 */
export const completeExpression = (
  text: string,
  offset: number,
  context: EditorContext,
): readonly CompletionItem[] => {
  requireContext(context)
  if (text.length > LONGEST) return []
  const position = positionAt(text, offset)
  const { token, inside, takesValue } = position
  if (token === undefined) return takesValue ? completeValue(text, position, context, emptyAt(position)) : []
  if (inside && token.kind === 'String') return completeString(text, position, context)
  if (inside && token.kind === 'Attribute')
    return itemsFor(attributes(context), bracketed(text, position, attributeRest))
  if (inside && token.kind === 'Placeholder')
    return itemsFor(placeholders(context), bracketed(text, position, placeholderRest))
  if (token.kind !== 'Name' || !takesValue) return []
  const target = { span: token.span, typed: text.slice(token.span.start, position.offset) }
  if (position.next?.kind === 'LeftParenthesis')
    return itemsFor(
      functions(context).map((proposal) => ({ ...proposal, text: proposal.label })),
      target,
    )
  return completeValue(text, position, context, target)
}

const emptyAt = ({ offset }: Pick<CursorPosition, 'offset'>): Target => ({
  span: { start: offset, end: offset },
  typed: '',
})

/** The rest of a name after the cursor, if its closing sign is missing. */
const attributeRest = /[\w.:]/
const placeholderRest = new RegExp(`[${nameCharacter}.-]`)

/** A complete attribute or placeholder, with its signs. */
const bracketed = (text: string, { token, offset }: CursorPosition, rest: RegExp): Target => {
  if (token === undefined) return emptyAt({ offset })
  const { span, closed } = token
  let end = offset
  if (closed) end = span.end
  else while (end < span.end && rest.test(text.charAt(end))) end++
  return { span: { start: span.start, end }, typed: text.slice(span.start + 1, offset).trimStart() }
}

const completeValue = (
  text: string,
  { call }: CursorPosition,
  context: EditorContext,
  target: Target,
): readonly CompletionItem[] => {
  const expected = call === undefined ? [] : expectedValues(text, call, context)
  const firstOfEach = new Map(expected.toReversed().map((proposal) => [proposal.text, proposal]))
  return itemsFor(
    [
      ...[...firstOfEach.values()].toReversed(),
      ...attributes(context),
      ...functions(context),
      ...constants,
      ...placeholders(context),
    ],
    target,
  )
}

/** The values that a parameter at the cursor takes, as they are written in an expression. */
const expectedValues = (text: string, call: EnclosingCall, context: EditorContext): readonly Proposal[] =>
  expectationsAt(call, context.environment).flatMap((expectation) => [
    ...(expectation.parameter.values ?? []).map((label) => enumValue(label, expectation.parameter)),
    ...literalProposals(text, call, expectation, context).map((proposal) => ({
      ...proposal,
      text: quoteString(proposal.text),
    })),
  ])

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0

const attributes = ({ attributes: known }: EditorContext): readonly Proposal[] =>
  known === undefined
    ? []
    : [...known.definitions].sort(byName).map((definition) => ({
        label: definition.name,
        kind: 'attribute',
        detail: attributeType(definition),
        documentation: attributeDoc(known, definition.name) ?? '',
        text: `[${definition.name}]`,
      }))

/** All functions; those that the dialect does not document come last. */
const functions = ({ environment: { library, dialect } }: EditorContext): readonly Proposal[] => {
  const isOfDialect = ({ dialects }: FunctionDefinition): boolean => dialects.includes(dialect)
  const all = library.all()
  return [...all.filter(isOfDialect), ...all.filter((one) => !isOfDialect(one))].map((definition) => ({
    label: definition.name,
    kind: 'function',
    detail: signatureOf(definition),
    documentation: functionDoc(documented(definition)),
    text: definition.parameters.length === 0 ? `${definition.name}()` : `${definition.name}(`,
  }))
}

const constants: readonly Proposal[] = constantMeanings.map(([label, documentation]) => ({
  label,
  kind: 'constant',
  detail: 'constant',
  documentation,
  text: label,
}))

const placeholders = ({ environment }: EditorContext): readonly Proposal[] =>
  Object.entries(environment.settings.placeholders).map(([label, value]) => ({
    label,
    kind: 'placeholder',
    detail: value,
    text: `%${label}%`,
  }))
