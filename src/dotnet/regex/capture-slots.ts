import type { RegexGroups } from './ast.js'
import { scanClass } from './class-scanner.js'
import { type InlineOptions, isDigit, isWordCharacter, PatternScanner } from './pattern-scanner.js'

/**
 * Numbers a pattern's groups before it is parsed, because a reference may precede its group: unnamed groups
 * in order, groups with explicit numbers as they say, then names on the numbers left free.
 */
export const scanCaptureSlots = (pattern: string): RegexGroups => {
  const scanner = new PatternScanner(pattern)
  const slots = new Set([0])
  const names = new Set<string>()
  const saved: InlineOptions[] = []
  let next = 1
  let skipParenthesis = false

  const scanGroup = (): void => {
    saved.push(scanner.options)
    if (scanner.peek() !== '?') {
      if (!scanner.options.explicitCapture && !skipParenthesis) slots.add(next++)
      skipParenthesis = false
      return
    }
    scanner.position++
    const opener = scanner.peek()
    if ((opener === '<' || opener === "'") && scanner.peek(1) !== undefined) {
      scanner.position++
      const first = scanner.peek()
      if (first !== '0' && isWordCharacter(first)) {
        if (isDigit(first)) slots.add(scanner.decimal())
        else names.add(scanner.name())
      }
    } else {
      scanner.inlineOptions()
      if (scanner.peek() === ')') {
        scanner.position++
        saved.pop()
      } else if (scanner.peek() === '(') {
        // The parenthesis of a condition does not capture.
        skipParenthesis = true
        return
      }
    }
    skipParenthesis = false
  }

  while (!scanner.atEnd) {
    switch (scanner.text[scanner.position++]) {
      case '\\':
        // \c is the only escape whose character could be mistaken for syntax.
        scanner.position += scanner.peek() === 'c' ? 2 : 1
        break
      case '#':
        if (scanner.options.ignoreWhitespace) {
          scanner.position--
          scanner.skipBlank()
        }
        break
      case '[':
        scanClass(scanner)
        break
      case ')':
        scanner.options = saved.pop() ?? scanner.options
        break
      case '(':
        if (scanner.peek() === '?' && scanner.peek(1) === '#') {
          scanner.position--
          scanner.skipBlank()
        } else scanGroup()
        break
    }
  }

  const byName = new Map<string, number>()
  for (const name of names) {
    while (slots.has(next)) next++
    slots.add(next)
    byName.set(name, next++)
  }
  const numbers = [...slots].sort((a, b) => a - b)
  const nameOf = new Map([...byName].map(([name, number]) => [number, name]))
  return {
    numbers,
    names: numbers.map((number) => nameOf.get(number) ?? String(number)),
    slots: new Map(numbers.map((number, slot) => [number, slot])),
    byName,
  }
}
