/** The parts of a pattern for numbers: digits, classes and quantifiers of digits, groups and alternatives. */
const numeric = /^(?:\\d|\d|\[(?:\\d|\d-\d|\d)+\]|\((?:\?:)?|[)|*+?^$]|\{\d+(?:,\d*)?\}\??)+$/
/** The parts that make it a range instead of a number. */
const range = /\\d|\[/

/** The alternatives of a pattern, outside its groups. */
const alternatives = (pattern: string): readonly string[] => {
  const found: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i]
    if (character === '(') depth++
    else if (character === ')') depth--
    else if (character === '|' && depth === 0) {
      found.push(pattern.slice(start, i))
      start = i + 1
    }
  }
  return [...found, pattern.slice(start)]
}

/** The inside of a group that encloses the whole text; undefined if there is none. */
const insideGroup = (text: string): string | undefined => {
  const opening = /^\((?:\?:)?/.exec(text)?.[0]
  if (opening === undefined || !text.endsWith(')')) return undefined
  let depth = 0
  for (let i = 0; i < text.length - 1; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')' && --depth === 0) return undefined
  }
  return text.slice(opening.length, -1)
}

const isAnchored = (pattern: string): boolean =>
  alternatives(pattern).every((alternative) => {
    if (alternative.startsWith('^') && alternative.endsWith('$')) return true
    const inside = insideGroup(alternative)
    return inside !== undefined && isAnchored(inside)
  })

/**
 * Whether a pattern describes a range of numbers, such as `([1-9][0-9])`, without anchoring it at both ends:
 * as a search it then also finds 123 and 5100. The pattern must be valid.
 */
export const isUnanchoredNumericRange = (pattern: string): boolean =>
  numeric.test(pattern) && range.test(pattern) && !isAnchored(pattern)
