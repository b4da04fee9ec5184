import type { RegexGroups } from './ast.js'
import { isDigit, isWordCharacter, type PatternScanner } from './pattern-scanner.js'

/** The group of \1, \k<n>, \k'n' and the old \<n>; undefined (position unmoved) when it is another escape. */
export const scanBackreference = (
  scanner: PatternScanner,
  start: number,
  groups: RegexGroups,
): number | undefined => {
  const from = scanner.position
  const { slots, byName } = groups
  if (scanner.peek()! >= '1' && scanner.peek()! <= '9') {
    const number = scanner.decimal()
    if (slots.has(number)) return number
    if (number <= 9) scanner.fail(`There is no group ${number}`, start)
    scanner.position = from
    return undefined
  }
  const keyed = scanner.peek() === 'k'
  if (keyed) scanner.position++
  const quote = scanner.peek()
  if ((quote !== '<' && quote !== "'") || scanner.peek(1) === undefined) {
    if (keyed) scanner.fail("A reference to a named group is written \\k<name> or \\k'name'", start)
    scanner.position = from
    return undefined
  }
  scanner.position++
  const close = quote === '<' ? '>' : quote
  if (isDigit(scanner.peek())) {
    const number = scanner.decimal()
    if (scanner.peek() === close) {
      scanner.position++
      if (!slots.has(number)) scanner.fail(`There is no group ${number}`, start)
      return number
    }
  } else if (isWordCharacter(scanner.peek())) {
    const name = scanner.name()
    if (scanner.peek() === close) {
      scanner.position++
      const number = byName.get(name)
      if (number === undefined) scanner.fail(`There is no group named '${name}'`, start)
      return number
    }
  }
  scanner.position = from
  return undefined
}
