import { toLower, toUpper } from './casing.js'
import { unicodeExpression } from './unicode-expression.js'

/** How title-casing treats a character. 0 means "not looked at yet". */
const separates = 1
const continues = 2
const lowerLetter = 3
const otherLetter = 4

const letter = unicodeExpression('\\p{L}')
const smallLetter = unicodeExpression('\\p{Ll}')
const separator = unicodeExpression('[\\p{Z}\\p{Cc}\\p{Cf}\\p{P}\\p{S}]')

/** Marks, numbers, private-use and unassigned characters neither begin a word nor end one. */
const classify = (character: string): number => {
  if (letter().test(character)) return smallLetter().test(character) ? lowerLetter : otherLetter
  return separator().test(character) ? separates : continues
}

/** Filled on demand, which costs no start-up time. */
const classes: Uint8Array = new Uint8Array(0x10000)

const classOf = (codePoint: number): number => {
  if (codePoint > 0xffff) return classify(String.fromCodePoint(codePoint))
  const seen = classes[codePoint] ?? 0
  if (seen !== 0) return seen
  const found = classify(String.fromCharCode(codePoint))
  classes[codePoint] = found
  return found
}

/** Upper case; for the digraph letters (Ǆ Ǉ Ǌ Ǳ) the title-case form, which .NET lists itself. */
const titleCharacter = (codePoint: number): string => {
  if (codePoint < 0x80) return String.fromCharCode(codePoint).toUpperCase()
  if (codePoint >= 0x1c4 && codePoint <= 0x1cc) {
    return String.fromCharCode(codePoint - ((codePoint - 0x1c4) % 3) + 1)
  }
  if (codePoint >= 0x1f1 && codePoint <= 0x1f3) return 'ǲ'
  return toUpper(String.fromCodePoint(codePoint))
}

/**
 * `TextInfo.ToTitleCase` of the invariant culture. A word begins at its first letter and runs to the next separator,
 * punctuation or symbol; digits and marks belong to it. The rest of a word is lower-cased, unless it has no
 * lower-case letter (an acronym stays). An apostrophe does not end a word: what follows it is always lower-cased,
 * and what precedes it is judged alone.
 */
export const toTitleCase = (text: string): string => {
  let lowered: string | undefined
  const inLower = (): string => {
    lowered ??= toLower(text)
    return lowered
  }
  let result = ''
  let at = 0
  while (at < text.length) {
    const codePoint = text.codePointAt(at) ?? 0
    const width = codePoint > 0xffff ? 2 : 1
    const kind = classOf(codePoint)
    if (kind < lowerLetter) {
      result += text.slice(at, at + width)
      at += width
      continue
    }
    result += titleCharacter(codePoint)
    at += width
    let restStart = at
    let hasLower = kind === lowerLetter
    while (at < text.length) {
      const inner = text.codePointAt(at) ?? 0
      if (inner === 0x27) {
        at += 1
        result += (hasLower ? inLower() : text).slice(restStart, at)
        restStart = at
        hasLower = true
        continue
      }
      const innerKind = classOf(inner)
      if (innerKind === separates) break
      if (innerKind === lowerLetter) hasLower = true
      at += inner > 0xffff ? 2 : 1
    }
    result += (hasLower ? inLower() : text).slice(restStart, at)
  }
  return result
}

/**
 * PCase. Without separators: lower case, then {@link toTitleCase}. With separators: a word begins at the start and
 * after each of those characters and nowhere else; its first character takes title case, all others lower case.
 *
 * @param separators every character of it separates; `undefined` means the argument is absent
 */
export const toProperCase = (text: string, separators?: string): string => {
  const lowered = toLower(text)
  if (separators === undefined) return toTitleCase(lowered)
  const separating = new Set(separators)
  let result = ''
  let runStart = 0
  let atStart = true
  let at = 0
  while (at < lowered.length) {
    const character = String.fromCodePoint(lowered.codePointAt(at) ?? 0)
    const next = at + character.length
    if (atStart) {
      result += lowered.slice(runStart, at) + titleCharacter(character.codePointAt(0) ?? 0)
      runStart = next
    }
    atStart = separating.has(character)
    at = next
  }
  return result + lowered.slice(runStart)
}
