import { DotnetFailure } from '../failure.js'
import { languageOfCulture } from './cultures.js'

/** Changes the case of a text. */
export type Casing = (text: string) => string

/**
 * .NET maps character by character with the simple mappings of Unicode, never changing the length; ECMAScript
 * uses the full ones. They differ in the final sigma, in letters whose full mapping is longer (ß, ﬁ, İ, …),
 * and .NET's invariant culture leaves İ and ı alone. A longer full mapping changes the length of the result,
 * so an ordinary text costs one native call.
 */
const lowerKeepingSigma = (text: string): string =>
  (text.indexOf('Σ') < 0 ? text : text.replaceAll('Σ', 'σ')).toLowerCase()

/** Small letters with an iota subscript: their simple upper-case forms are their title-case forms. */
const simpleUpperOfIota = (unit: number): number => {
  if (unit >= 0x1f80 && unit <= 0x1faf) return unit | 8
  if (unit === 0x1fb3 || unit === 0x1fc3 || unit === 0x1ff3) return unit + 9
  return unit
}

const upperCharacter = (character: string): string => {
  const upper = character.toUpperCase()
  return upper.length === character.length
    ? upper
    : String.fromCharCode(simpleUpperOfIota(character.charCodeAt(0)))
}

const upperSimple = (text: string): string => {
  const upper = text.toUpperCase()
  return upper.length === text.length ? upper : Array.from(text, upperCharacter).join('')
}

const lowerBeyondAscii: Casing = (text) =>
  text.indexOf('İ') < 0 ? lowerKeepingSigma(text) : text.split('İ').map(lowerKeepingSigma).join('İ')

const lowerInvariant: Casing = (text) => {
  // Most texts are ASCII, where nothing differs; checking that first is cheaper than looking for each
  // exception.
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 0x7f) return lowerBeyondAscii(text)
  }
  return text.toLowerCase()
}

const upperInvariant: Casing = (text) =>
  text.indexOf('ı') < 0 ? upperSimple(text) : text.split('ı').map(upperSimple).join('ı')

const lowerNamed: Casing = (text) =>
  lowerKeepingSigma(text.indexOf('İ') < 0 ? text : text.replaceAll('İ', 'i'))

const lowerTurkic: Casing = (text) => lowerNamed(text.indexOf('I') < 0 ? text : text.replaceAll('I', 'ı'))

const upperTurkic: Casing = (text) => upperSimple(text.indexOf('i') < 0 ? text : text.replaceAll('i', 'İ'))

interface CasingPair {
  readonly lower: Casing
  readonly upper: Casing
}

const invariant: CasingPair = { lower: lowerInvariant, upper: upperInvariant }
const named: CasingPair = { lower: lowerNamed, upper: upperSimple }
const turkic: CasingPair = { lower: lowerTurkic, upper: upperTurkic }

/**
 * The casing rules of a culture, resolved once for repeated use. No culture, or `""`, is the invariant one.
 * @throws DotnetFailure `argument` for a culture .NET does not know.
 */
export const compileCasing = (culture?: string): { readonly lower: Casing; readonly upper: Casing } => {
  if (culture === undefined || culture === '') return invariant
  const language = languageOfCulture(culture)
  if (language === undefined) throw new DotnetFailure('argument', `"${culture}" is not a known culture`)
  return language === 'tr' || language === 'az' ? turkic : named
}

/**
 * `String.ToLower(CultureInfo)`, invariant by default: simple mappings, no final sigma.
 *
 * @throws DotnetFailure `argument` for an unknown culture.
 */
export const toLower = (text: string, culture?: string): string => compileCasing(culture).lower(text)

/**
 * `String.ToUpper(CultureInfo)`, invariant by default: simple mappings, ß stays.
 *
 * @throws DotnetFailure `argument` for an unknown culture.
 */
export const toUpper = (text: string, culture?: string): string => compileCasing(culture).upper(text)
