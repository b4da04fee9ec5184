import type { Filter } from '../schema/model.js'
import type { Settings } from '../values/settings.js'
import { isReady, type ResolvedClause, type ResolvedGroup, resolveFilter } from './resolve.js'

/** For operators that match with the same case: the form of the operand in the JSON of a matching text. */
const quotes: ReadonlyMap<string, (json: string) => string> = new Map([
  ['EQUALS', (text) => `"${text}"`],
  ['ENDS_WITH', (text) => `${text}"`],
  ['INCLUDES', (text) => text],
])

/** The possible text of a value that is not a text: numbers, and the JSON words for other values. */
const ofNumber = /^[\d.eE+-]*$/
const wordsOfValues = ['True', 'False', 'Infinity', 'NaN', 'null']

/** Shorter texts occur nearly everywhere. */
const SHORTEST = 3

/** Whether an attribute's text can contain this only if the JSON of the object contains it, too. */
const isTelling = (text: string): boolean =>
  text !== '' &&
  !ofNumber.test(text) &&
  !wordsOfValues.some((word) => word.includes(text)) &&
  // JSON escapes some characters, so they do not occur literally. A line with a backslash is always read.
  !/["\\\ud800-\udfff]|[^\u0020-\u007e\u0080-\uffff]/.test(text)

/** How the values of an attribute may differ from those in the object. */
export type AttributeOrigin = 'asHeld' | 'withoutGuestMark' | 'computed'

/** The part of an operand that the object must contain. */
const heldPart = (operand: string, origin: AttributeOrigin): string =>
  // `alias_domain#EXT#@tenant` reads as `alias@domain`, but the object contains another sign in place of that
  // `@`.
  origin === 'withoutGuestMark'
    ? operand.split('@').reduce((longest, part) => (part.length > longest.length ? part : longest), '')
    : operand

/** Texts one of which must occur for a clause to hold; undefined if unknown. */
const textsOfClause = (
  clause: ResolvedClause,
  originOf: (attribute: string) => AttributeOrigin,
): readonly string[] | undefined => {
  if (!isReady(clause)) return undefined
  const { attribute, operator, operands } = clause
  const origin = originOf(attribute)
  const quote = quotes.get(operator.name)
  if (quote === undefined || origin === 'computed') return undefined
  const texts = operands.map((operand) => heldPart(operand, origin))
  if (!texts.every(isTelling)) return undefined
  const held = origin === 'asHeld' ? texts.map(quote) : texts
  return held.every(({ length }) => length >= SHORTEST) ? held : undefined
}

/** Texts that must occur for all clauses of a group to hold; undefined if no clause has any. */
const textsOfGroup = (
  { clauses }: ResolvedGroup,
  originOf: (attribute: string) => AttributeOrigin,
): RequiredTexts[number] | undefined => {
  const found = clauses
    .map((clause) => textsOfClause(clause, originOf))
    .filter((texts) => texts !== undefined)
  return found.length === 0 ? undefined : found
}

/**
 * Groups, one of which must hold; each a list of conditions, all of which must hold; each a list of texts,
 * one of which must occur.
 */
export type RequiredTexts = readonly (readonly (readonly string[])[])[]

/**
 * The texts that the JSON of every object in scope must contain, unescaped; undefined if none are known. An
 * object without them is out of scope, or its filter fails.
 * @param originOf how the attribute of a clause gets its values
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
  // An object must pass every set; the set with the fewest groups is the fastest to search for.
  return sets.sort((a, b) => a.length - b.length)[0]
}
