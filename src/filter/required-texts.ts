import type { Filter } from '../schema/model.js'
import type { Settings } from '../values/settings.js'
import { isFailure, type ResolvedClause, type ResolvedGroup, resolveFilter } from './resolve.js'

/** How the operand of an operator stands in the JSON of a text that it matches, with the same case; others are absent. */
const quotes: ReadonlyMap<string, (json: string) => string> = new Map([
  ['EQUALS', (text) => `"${text}"`],
  ['ENDS_WITH', (text) => `${text}"`],
  ['INCLUDES', (text) => text],
])

/** What the text of a value that is no text can consist of: numbers, and the words that stand for no text in JSON. */
const ofNumber = /^[\d.eE+-]*$/
const wordsOfValues = ['True', 'False', 'Infinity', 'NaN', 'null']

/** Shorter texts occur nearly everywhere. */
const SHORTEST = 3

/** Whether an attribute can only have this in its text when the JSON of the object has it, too. */
const isTelling = (text: string): boolean =>
  text !== '' &&
  !ofNumber.test(text) &&
  !wordsOfValues.some((word) => word.includes(text)) &&
  // What JSON writes by an escape is not there as it is. A line with a backslash is read in any case.
  !/["\\\u0000-\u001f\u007f\ud800-\udfff]/.test(text)

/** How the values of an attribute may differ from what the object holds. */
export type AttributeOrigin = 'asHeld' | 'withoutGuestMark' | 'computed'

/** The part of an operand that the object must hold. */
const heldPart = (operand: string, origin: AttributeOrigin): string =>
  // `alias_domain#EXT#@tenant` reads `alias@domain`: the sign between them is not the one that is held.
  origin === 'withoutGuestMark'
    ? operand.split('@').reduce((longest, part) => (part.length > longest.length ? part : longest), '')
    : operand

/** Texts of which one must occur for a clause to hold; undefined when that cannot be said. */
const textsOfClause = (
  { attribute, operator, operands, body }: ResolvedClause,
  originOf: (attribute: string) => AttributeOrigin,
): readonly string[] | undefined => {
  const origin = originOf(attribute)
  const quote = operator === undefined ? undefined : quotes.get(operator.name)
  if (quote === undefined || isFailure(body) || origin === 'computed') return undefined
  const texts = operands.map((operand) => heldPart(operand, origin))
  if (!texts.every(isTelling)) return undefined
  const held = origin === 'asHeld' ? texts.map(quote) : texts
  return held.every(({ length }) => length >= SHORTEST) ? held : undefined
}

/** What must occur for all clauses of a group to hold; undefined when no clause tells. */
const textsOfGroup = (
  { clauses }: ResolvedGroup,
  originOf: (attribute: string) => AttributeOrigin,
): RequiredTexts[number] | undefined => {
  const found = clauses
    .map((clause) => textsOfClause(clause, originOf))
    .filter((texts) => texts !== undefined)
  return found.length === 0 ? undefined : found
}

/** Groups, of which one must hold; each of lists, which all must; each of texts, of which one must occur. */
export type RequiredTexts = readonly (readonly (readonly string[])[])[]

/**
 * What occurs in the JSON of every object in scope, as it stands there without escapes; undefined when the filter does
 * not tell. An object without it is out of scope, or its filter fails.
 * @param originOf how the attribute that a clause names gets its values
 */
export const requiredTexts = (
  filter: Filter | null | undefined,
  settings: Settings,
  originOf: (attribute: string) => AttributeOrigin,
): RequiredTexts | undefined => {
  const sets = resolveFilter(filter, settings).flatMap(({ groups }): RequiredTexts[] => {
    const texts = groups.map((group) => textsOfGroup(group, originOf))
    return texts.every((one) => one !== undefined) ? [texts] : []
  })
  // An object has to pass every set; the one with the fewest groups is looked for fastest.
  return sets.sort((a, b) => a.length - b.length)[0]
}
