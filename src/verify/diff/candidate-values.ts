import { DateTime } from '../../dotnet/dates/index.js'
import { filterSetNames } from '../../filter/resolve.js'
import type { CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import type { FilterClause, ObjectMapping } from '../../schema/model.js'
import type { Expression, SyntaxNode } from '../../syntax/ast.js'
import { visit } from '../../syntax/walk.js'
import { samplesOf } from '../pattern-samples.js'
import { datesIn, sourceValues } from '../source-values.js'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** The longest list that is tried for an integer. */
const MOST_ELEMENTS = 50

const ofLength = (length: number): string => LETTERS.repeat(Math.ceil(length / 26)).slice(0, length)

/** A text in the other case. */
export const swappedCase = (text: string): string =>
  text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()

/**
 * Texts similar to a constant or pattern: itself, in another case, longer at either end, and without its
 * anchors.
 */
const near = (text: string): readonly string[] => {
  const plain = text.replace(/^\^|\$$/g, '').replace(/\\(.)/g, '$1')
  return [text, plain, swappedCase(plain), `${plain}x`, `x${plain}`, `x${plain}x`, plain.slice(0, -1)]
}

/** Values to try for every attribute. */
export const commonValues: readonly unknown[] = [
  undefined,
  '',
  'Ää',
  // Letters that cultures, casing and diacritics treat in different ways.
  'İIıißǆΣςﬁéñŁø😀',
  '山田',
  'two  words ',
  'a.b-c/d_e;f,g@h',
  'TRUE',
  '7',
  'a@example.org',
  ['a', 'b'],
  ['a', 'b', 'c', 'a@example.org', ''],
  true,
  false,
  0,
]

/**
 * Values similar to a constant; for an integer also texts of about that length. Empty for every other node.
 */
export const valuesNear = (node: SyntaxNode): readonly unknown[] => {
  if (node.type === 'StringLiteral') return [...near(node.value), ...samplesOf(node.value)]
  if (node.type !== 'IntegerLiteral' || node.value > 5000n) return []
  const length = Number(node.value)
  const lengths = [length - 1, length, length + 1].filter((one) => one >= 0)
  const lists = length > MOST_ELEMENTS ? [] : lengths.map((one) => [...LETTERS, ...LETTERS].slice(0, one))
  return [...lengths.map(ofLength), ...lengths.map(String), ...lists, ...lengths]
}

/** How many days around the clock are tried, besides those that integers in an expression name. */
const DAYS = [0, 1]

/** Dates at the numbers of days from the clock that an expression names, and a day around them. */
const datesNear = (formats: readonly string[], expression: Expression, now: Date): readonly string[] => {
  const days = new Set(DAYS)
  visit(expression, (node) => {
    if (node.type === 'IntegerLiteral' && node.value <= 5000n)
      for (const more of [-1, 0, 1]) days.add(Number(node.value) + more)
  })
  const dates = [...days].flatMap((count) =>
    [count, -count].map((one) => DateTime.fromEpochMilliseconds(now.getTime() + one * 86_400_000)),
  )
  return formats.flatMap((format) => datesIn(format, dates))
}

/** Values similar to the operands of a clause. */
export const valuesNearOperands = (operands: readonly string[]): readonly unknown[] =>
  operands.flatMap((value) => {
    const border = /^-?\d{1,9}$/.test(value) ? [Number(value), Number(value) + 1, Number(value) - 1] : []
    return [...near(value), ...samplesOf(value), ...border]
  })

/** The clauses of all filter sets of a scope. */
export const clausesOf = ({ scope }: ObjectMapping): readonly FilterClause[] =>
  filterSetNames.flatMap((name) => scope?.[name] ?? []).flatMap(({ clauses }) => clauses)

/** Values to try for each attribute: those in the expressions and clauses of a mapping that read it. */
export const candidatesOf = (
  mappings: readonly CompiledObjectMapping[],
  now: Date,
): ReadonlyMap<string, readonly unknown[]> => {
  const found = new Map<string, Set<unknown>>()
  const note = (attribute: string, values: readonly unknown[]): void => {
    const known = found.get(attribute) ?? new Set<unknown>()
    for (const value of values) known.add(value)
    found.set(attribute, known)
  }
  for (const mapping of mappings) {
    const { attributes, objectMapping } = mapping
    const formats = new Map<string, readonly string[]>()
    for (const one of sourceValues(mapping)) {
      formats.set(one.name, one.formats)
      note(one.name, [...one.constants, ...one.dates, ...one.formed])
    }
    for (const { analyzed } of attributes) {
      if (analyzed === undefined) continue
      const values: unknown[] = []
      visit(analyzed.expression, (node) => {
        values.push(...valuesNear(node))
      })
      for (const name of analyzed.attributes)
        note(name, [...values, ...datesNear(formats.get(name) ?? [], analyzed.expression, now)])
    }
    for (const { sourceOperandName, targetOperand } of clausesOf(objectMapping))
      note(sourceOperandName, valuesNearOperands(targetOperand?.values ?? []))
  }
  return new Map([...found].map(([name, values]) => [name, [...new Set([...values, ...commonValues])]]))
}
