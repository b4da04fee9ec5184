import { filterSetNames } from '../../filter/resolve.js'
import type { CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import type { FilterClause, ObjectMapping } from '../../schema/model.js'
import type { SyntaxNode } from '../../syntax/ast.js'
import { visit } from '../../syntax/walk.js'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

const ofLength = (length: number): string => LETTERS.repeat(Math.ceil(length / 26)).slice(0, length)

const swappedCase = (text: string): string =>
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
  'two words',
  'TRUE',
  true,
  false,
  0,
  '7',
  'a@example.org',
  ['a', 'b'],
]

/**
 * Values similar to a constant; for an integer also texts of about that length. Empty for every other node.
 */
export const valuesNear = (node: SyntaxNode): readonly unknown[] => {
  if (node.type === 'StringLiteral') return near(node.value)
  if (node.type !== 'IntegerLiteral' || node.value > 1000n) return []
  const length = Number(node.value)
  return [length - 1, length, length + 1]
    .filter((one) => one >= 0)
    .flatMap((one) => [ofLength(one), one, String(one)])
}

/** Values similar to the operands of a clause. */
export const valuesNearOperands = (operands: readonly string[]): readonly unknown[] =>
  operands.flatMap((value) => {
    const border = /^-?\d{1,9}$/.test(value) ? [Number(value), Number(value) + 1, Number(value) - 1] : []
    return [...near(value), ...border]
  })

/** The clauses of all filter sets of a scope. */
export const clausesOf = ({ scope }: ObjectMapping): readonly FilterClause[] =>
  filterSetNames.flatMap((name) => scope?.[name] ?? []).flatMap(({ clauses }) => clauses)

/** Values to try for each attribute: those in the expressions and clauses of a mapping that read it. */
export const candidatesOf = (
  mappings: readonly CompiledObjectMapping[],
): ReadonlyMap<string, readonly unknown[]> => {
  const found = new Map<string, Set<unknown>>()
  const note = (attribute: string, values: readonly unknown[]): void => {
    const known = found.get(attribute) ?? new Set<unknown>()
    for (const value of values) known.add(value)
    found.set(attribute, known)
  }
  for (const { attributes, objectMapping, unit } of mappings) {
    for (const { name } of unit.inputs) note(name, commonValues)
    for (const { analyzed } of attributes) {
      if (analyzed === undefined) continue
      const values: unknown[] = []
      visit(analyzed.expression, (node) => {
        values.push(...valuesNear(node))
      })
      for (const name of analyzed.attributes) note(name, values)
    }
    for (const { sourceOperandName, targetOperand } of clausesOf(objectMapping))
      note(sourceOperandName, valuesNearOperands(targetOperand?.values ?? []))
  }
  return new Map([...found].map(([name, values]) => [name, [...values]]))
}
