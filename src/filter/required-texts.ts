import type { Filter } from '../schema/model.js'
import type { Settings } from '../values/settings.js'
import { isFailure, type ResolvedClause, type ResolvedGroup, resolveFilter } from './resolve.js'

/** Operators under which a text of the attribute is the operand, or contains it, with the same case. */
const containing: ReadonlySet<string> = new Set(['EQUALS', 'ENDS_WITH', 'INCLUDES'])

/** What the text of a value that is no text can consist of: numbers, and the words that stand for no text in JSON. */
const ofNumber = /^[\d.eE+-]*$/
const wordsOfValues = ['True', 'False', 'Infinity', 'NaN', 'null']

/** Shorter texts occur nearly everywhere. */
const SHORTEST = 3

/** Whether an attribute can only have this in its text when the JSON of the object has it, too. */
const isTelling = (text: string): boolean =>
  text.length >= SHORTEST &&
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
  if (operator === undefined || isFailure(body) || origin === 'computed') return undefined
  if (!containing.has(operator.name)) return undefined
  const texts = operands.map((operand) => heldPart(operand, origin))
  return texts.every(isTelling) ? texts : undefined
}

/** The clause that tells most, by the shortest of its texts. */
const textsOfGroup = (
  { clauses }: ResolvedGroup,
  originOf: (attribute: string) => AttributeOrigin,
): readonly string[] | undefined => {
  const found = clauses.flatMap((clause) => {
    const texts = textsOfClause(clause, originOf)
    return texts === undefined ? [] : [texts]
  })
  const shortest = (texts: readonly string[]): number => Math.min(...texts.map(({ length }) => length))
  return found.sort((a, b) => shortest(b) - shortest(a))[0]
}

/**
 * Texts of which at least one occurs in the JSON of every object in scope, as it stands there without escapes; undefined
 * when the filter does not tell. An object without any of them is out of scope, or its filter fails.
 * @param originOf how the attribute that a clause names gets its values
 */
export const requiredTexts = (
  filter: Filter | null | undefined,
  settings: Settings,
  originOf: (attribute: string) => AttributeOrigin,
): readonly string[] | undefined => {
  const sets = resolveFilter(filter, settings).flatMap(({ groups }) => {
    const texts = groups.map((group) => textsOfGroup(group, originOf))
    return texts.every((one) => one !== undefined) ? [[...new Set(texts.flat())]] : []
  })
  // An object has to pass every set; the one with the fewest texts is looked for fastest.
  return sets.sort((a, b) => a.length - b.length)[0]
}
