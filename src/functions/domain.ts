import { trimWhiteSpace } from '../dotnet/text/white-space.js'
import { integerFromText } from '../values/convert.js'
import { FlowMarker } from '../values/marker.js'
import {
  ANY,
  BOOLEAN,
  IGNORE_ATTRIBUTE,
  IGNORE_OBJECT,
  INTEGER,
  kindType,
  LIST,
  NULL,
  STRING,
  type StaticType,
} from '../values/static-type.js'
import { textOf } from '../values/text.js'
import { kindOf, type Value } from '../values/value.js'
import { toLower, toUpper } from './runtime/text.js'

/** Facts about texts. They hold for the text form of a single value and of each element of a list. */
export interface TextFacts {
  /** Every possible text; undefined if they cannot be listed. */
  readonly texts: ReadonlySet<string> | undefined
  /** Length of the longest, in UTF-16 code units. */
  readonly maxLength: number
  /** Only units below 0x80. */
  readonly ascii: boolean
  /** ToLower of the invariant culture changes nothing. */
  readonly lower: boolean
  /** ToUpper of the invariant culture changes nothing. */
  readonly upper: boolean
  /** No white space at either end. */
  readonly trimmed: boolean
  /** Every string reads as an integer. */
  readonly integral: boolean
}

/**
 * The possible results of an expression: a set of outcomes that contains every actual one, and perhaps more.
 */
export interface Domain extends TextFacts {
  readonly kinds: StaticType
  /** The kinds of the elements, if it can be a list. */
  readonly elements: StaticType
  /** Whether a single value can be "". */
  readonly mayBeEmpty: boolean
  /** Whether a list can have no elements. */
  readonly mayBeEmptyList: boolean
  /** The least and greatest integer, if it can be one. */
  readonly least: number
  readonly most: number
}

/** Nothing is known about the texts. */
export const anyText: TextFacts = {
  texts: undefined,
  maxLength: Number.POSITIVE_INFINITY,
  ascii: false,
  lower: false,
  upper: false,
  trimmed: false,
  integral: false,
}

/** No text. */
const noText: TextFacts = {
  texts: new Set(),
  maxLength: 0,
  ascii: true,
  lower: true,
  upper: true,
  trimmed: true,
  integral: true,
}

/** Larger sets of texts are not listed. */
const MOST_TEXTS = 512

const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text)

/** The facts about a known set of texts. */
export const factsOf = (texts: Iterable<string>): TextFacts => {
  const set = new Set(texts)
  const all = [...set]
  return {
    texts: set.size > MOST_TEXTS ? undefined : set,
    maxLength: all.reduce((most, text) => Math.max(most, text.length), 0),
    ascii: all.every(isAscii),
    lower: all.every((text) => toLower(text, undefined) === text),
    upper: all.every((text) => toUpper(text, undefined) === text),
    trimmed: all.every((text) => trimWhiteSpace(text) === text),
    integral: all.every((text) => integerFromText(text) !== undefined),
  }
}

const unbounded = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY } as const

/** Every value of some kinds. */
export const topOf = (kinds: StaticType, facts: TextFacts = anyText): Domain => ({
  ...facts,
  kinds,
  elements: (kinds & LIST) === 0 ? 0 : ANY,
  mayBeEmpty: (kinds & STRING) !== 0,
  mayBeEmptyList: (kinds & LIST) !== 0,
  ...unbounded,
})

/** No outcome, as of Error(…). */
export const nothing: Domain = {
  ...noText,
  kinds: 0,
  elements: 0,
  mayBeEmpty: false,
  mayBeEmptyList: false,
  least: Number.POSITIVE_INFINITY,
  most: Number.NEGATIVE_INFINITY,
}

/** Null or a marker: an outcome without a text. */
export const outcomeWithoutText = (kinds: StaticType): Domain => ({ ...nothing, kinds })

/** One of some texts. */
export const textsDomain = (texts: Iterable<string>): Domain => {
  const facts = factsOf(texts)
  return {
    ...nothing,
    ...facts,
    kinds: STRING,
    mayBeEmpty: facts.texts?.has('') ?? true,
  }
}

/** True or False. */
export const booleanDomain: Domain = { ...nothing, ...factsOf(['True', 'False']), kinds: BOOLEAN }

/** An integer between two bounds; a small range is listed. */
export const integerDomain = (least: number, most: number): Domain => {
  const listed =
    most - least < 64 ? Array.from({ length: most - least + 1 }, (_, i) => String(least + i)) : []
  const facts =
    listed.length > 0
      ? factsOf(listed)
      : { ...anyText, ascii: true, lower: true, upper: true, trimmed: true, integral: true }
  return { ...nothing, ...facts, kinds: INTEGER, least, most }
}

const joinTexts = (a: TextFacts, b: TextFacts): TextFacts['texts'] => {
  if (a.texts === undefined || b.texts === undefined) return undefined
  const all = new Set([...a.texts, ...b.texts])
  return all.size > MOST_TEXTS ? undefined : all
}

/** The outcomes of either domain. */
export const joinDomains = (a: Domain, b: Domain): Domain => ({
  kinds: a.kinds | b.kinds,
  elements: a.elements | b.elements,
  texts: joinTexts(a, b),
  maxLength: Math.max(a.maxLength, b.maxLength),
  ascii: a.ascii && b.ascii,
  lower: a.lower && b.lower,
  upper: a.upper && b.upper,
  trimmed: a.trimmed && b.trimmed,
  integral: a.integral && b.integral,
  mayBeEmpty: a.mayBeEmpty || b.mayBeEmpty,
  mayBeEmptyList: a.mayBeEmptyList || b.mayBeEmptyList,
  least: Math.min(a.least, b.least),
  most: Math.max(a.most, b.most),
})

const withoutEmptyText = ({ texts }: Domain): TextFacts['texts'] =>
  texts === undefined ? undefined : new Set([...texts].filter((text) => text !== ''))

/** The outcomes for which IsPresent is true. */
export const presentOnly = (domain: Domain): Domain => ({
  ...domain,
  kinds: domain.kinds & ~NULL,
  // The elements of a list may still be "".
  texts: (domain.kinds & LIST) === 0 ? withoutEmptyText(domain) : domain.texts,
  mayBeEmpty: false,
  mayBeEmptyList: false,
})

/** The outcomes for which IsPresent is false. */
export const absentOnly = (domain: Domain): Domain => ({
  ...textsDomain(['']),
  kinds:
    (domain.kinds & NULL) |
    (domain.mayBeEmpty ? domain.kinds & STRING : 0) |
    (domain.mayBeEmptyList ? domain.kinds & LIST : 0),
  mayBeEmpty: domain.mayBeEmpty,
  mayBeEmptyList: domain.mayBeEmptyList,
})

/** Whether every object gives a text other than "". */
export const alwaysHasText = ({ kinds, mayBeEmpty }: Domain): boolean =>
  kinds !== 0 && (kinds & ~STRING) === 0 && !mayBeEmpty

/** Whether the outcome can be null, "" or an empty list, so that nothing flows. */
export const mayBeMissing = ({ kinds, mayBeEmpty, mayBeEmptyList }: Domain): boolean =>
  (kinds & NULL) !== 0 || ((kinds & STRING) !== 0 && mayBeEmpty) || ((kinds & LIST) !== 0 && mayBeEmptyList)

const admitsText = (facts: TextFacts, value: Value): boolean => {
  const kind = kindOf(value)
  if (kind === 'null' || kind === 'list' || kind === 'object') return true
  const text = textOf(value) ?? ''
  return (
    (facts.texts?.has(text) ?? true) &&
    text.length <= facts.maxLength &&
    (!facts.ascii || isAscii(text)) &&
    (!facts.lower || toLower(text, undefined) === text) &&
    (!facts.upper || toUpper(text, undefined) === text) &&
    (!facts.trimmed || trimWhiteSpace(text) === text) &&
    (!facts.integral || kind !== 'string' || integerFromText(text) !== undefined)
  )
}

/** Whether a domain contains an outcome; this is what soundness means. */
export const admits = (domain: Domain, outcome: Value | FlowMarker): boolean => {
  if (outcome instanceof FlowMarker) {
    const bit = outcome.name === 'IgnoreAttributeFlow' ? IGNORE_ATTRIBUTE : IGNORE_OBJECT
    return (domain.kinds & bit) !== 0
  }
  if ((domain.kinds & kindType[kindOf(outcome)]) === 0) return false
  if (Array.isArray(outcome)) {
    const elements = outcome as readonly Value[]
    return (
      (elements.length > 0 || domain.mayBeEmptyList) &&
      elements.every((one) => (domain.elements & kindType[kindOf(one)]) !== 0 && admitsText(domain, one))
    )
  }
  if (outcome === '' && !domain.mayBeEmpty) return false
  const isInteger = typeof outcome === 'bigint' || Number.isInteger(outcome)
  if (isInteger && (Number(outcome) < domain.least || Number(outcome) > domain.most)) return false
  return admitsText(domain, outcome)
}
