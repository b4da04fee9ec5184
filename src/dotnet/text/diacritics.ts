import { unicodeExpression } from './unicode-expression.js'

/**
 * Letters that the documented table spells out, and letters without a canonical decomposition. All other
 * Latin letters are decomposed and lose their combining marks.
 */
const spelled: ReadonlyMap<string, string> = new Map([
  ['Æ', 'AE'],
  ['æ', 'ae'],
  ['Œ', 'OE'],
  ['œ', 'oe'],
  ['Ø', 'OE'],
  ['ø', 'oe'],
  ['ẞ', 'SS'],
  ['ß', 'ss'],
  ['Ł', 'L'],
  ['ł', 'l'],
  ['ı', 'i'],
  ['Đ', 'D'],
  ['đ', 'd'],
  ['Ð', 'D'],
  ['ð', 'd'],
  ['Ħ', 'H'],
  ['ħ', 'h'],
  ['Ŧ', 'T'],
  ['ŧ', 't'],
  ['Þ', 'Th'],
  ['þ', 'th'],
])

/** How the folding treats a UTF-16 code unit. 0 means "not looked at yet". */
const kept = 1
const replaced = 2
const mark = 3
const foreign = 4

/** Both are filled on demand, which costs no start-up time. */
const kinds: Uint8Array = new Uint8Array(0x10000)
const replacements: Map<number, string> = new Map()

/** The blocks of combining diacritical marks, which every script uses. */
const isDiacriticalMark = (unit: number): boolean =>
  (unit >= 0x300 && unit <= 0x36f) ||
  (unit >= 0x1ab0 && unit <= 0x1aff) ||
  (unit >= 0x1dc0 && unit <= 0x1dff) ||
  (unit >= 0x20d0 && unit <= 0x20ff) ||
  (unit >= 0xfe20 && unit <= 0xfe2f)

const latin = unicodeExpression('\\p{Script=Latin}')
const marks = unicodeExpression('\\p{M}+', 'gu')

const classify = (unit: number): number => {
  if (unit < 0x80) return kept
  if (isDiacriticalMark(unit)) return mark
  const character = String.fromCharCode(unit)
  if (!latin().test(character)) return foreign
  const base = character.normalize('NFD').replace(marks(), '')
  const folded = spelled.get(base) ?? base
  if (folded === character) return kept
  replacements.set(unit, folded)
  return replaced
}

const kindOf = (unit: number): number => {
  const seen = kinds[unit] ?? 0
  if (seen !== 0) return seen
  const found = classify(unit)
  kinds[unit] = found
  return found
}

/** Folds from `start` on; everything before it is ASCII. */
const fold = (text: string, start: number): string => {
  let result = ''
  let runStart = 0
  let afterForeign = false
  for (let at = start; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const kind = kindOf(unit)
    if (kind === replaced) {
      result += text.slice(runStart, at) + replacements.get(unit)
      runStart = at + 1
      afterForeign = false
    } else if (kind === kept) {
      afterForeign = false
    } else if (kind === foreign) {
      afterForeign = true
    } else if (!afterForeign) {
      result += text.slice(runStart, at)
      runStart = at + 1
    }
  }
  return runStart === 0 ? text : result + text.slice(runStart)
}

/**
 * NormalizeDiacritics: Latin letters lose their diacritics, by Microsoft's table where it lists them (ø → oe,
 * ß → ss) and by canonical decomposition elsewhere. Text of other scripts stays as it is, and so do the
 * combining marks that follow it. A text with nothing to fold is returned unchanged.
 */
export const normalizeDiacritics = (text: string): string => {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 0x7f) return fold(text, at)
  }
  return text
}
