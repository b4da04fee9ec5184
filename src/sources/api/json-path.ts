import { readAttribute } from '../../values/record.js'
import { textForm } from '../../values/text.js'
import { isList, kindOf, type Value } from '../../values/value.js'
import { Reader, UnknownForm } from './reader.js'

/**
 * The part of JSONPath that SuccessFactors attributes use: members, indexes, slices, wildcards, and filters
 * with comparisons.
 */

type Step = (value: Value) => readonly Value[]
type Test = (element: Value) => boolean

/** A member; `results`, which wraps lists in OData 2, may be missing if an export removed it. */
const memberStep =
  (name: string): Step =>
  (value) => {
    if (isList(value)) return name === 'results' ? [value] : value.flatMap(memberStep(name))
    if (kindOf(value) !== 'object') return []
    if (Object.hasOwn(value as object, name)) {
      const found = readAttribute(value as object, name)
      return found === null ? [] : [found]
    }
    return name === 'results' ? [[value]] : []
  }

const everyStep: Step = (value) => {
  if (isList(value)) return value
  return kindOf(value) === 'object'
    ? Object.keys(value as object).map((name) => readAttribute(value as object, name))
    : []
}

const sliceStep =
  (from: number | undefined, to: number | undefined): Step =>
  (value) =>
    isList(value) ? value.slice(from, to) : []

const filterStep =
  (test: Test): Step =>
  (value) =>
    (isList(value) ? value : [value]).filter(test)

const readString = (reader: Reader): string | undefined => {
  const literal = reader.take(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/)
  return literal?.slice(1, -1).replace(/\\(.)/g, '$1')
}

const readOr = (reader: Reader): Test => {
  let left = readAnd(reader)
  while (reader.take(/\|\|/) !== undefined) {
    const [one, two] = [left, readAnd(reader)]
    left = (element) => one(element) || two(element)
  }
  return left
}

const readAnd = (reader: Reader): Test => {
  let left = readTest(reader)
  while (reader.take(/&&/) !== undefined) {
    const [one, two] = [left, readTest(reader)]
    left = (element) => one(element) && two(element)
  }
  return left
}

const isTrue = (value: Value): boolean => value !== null && value !== false

const readTest = (reader: Reader): Test => {
  if (reader.take(/!(?!=)/) !== undefined) {
    const inner = readTest(reader)
    return (element) => !inner(element)
  }
  if (reader.take(/\(/) !== undefined) {
    const inner = readOr(reader)
    reader.expect(/\)/)
    return inner
  }
  const left = readOperand(reader)
  const sign = reader.take(/==|!=|<=|>=|[<>]/)
  if (sign === undefined) return (element) => isTrue(left(element))
  const right = readOperand(reader)
  return (element) => compare(left(element), sign, right(element))
}

/** Compares as text, or as numbers if both are: exports contain `"true"` as often as `true`. */
const compare = (left: Value, sign: string, right: Value): boolean => {
  const [one, two] = [String(textForm(left) ?? 'null'), String(textForm(right) ?? 'null')]
  const same = one === two || (isBoolean(left, right) && one.toLowerCase() === two.toLowerCase())
  if (sign === '==') return same
  if (sign === '!=') return !same
  const [low, high] = [Number(one), Number(two)]
  const order = Number.isNaN(low) || Number.isNaN(high) ? (one < two ? -1 : one === two ? 0 : 1) : low - high
  return sign === '<' ? order < 0 : sign === '<=' ? order <= 0 : sign === '>' ? order > 0 : order >= 0
}

const isBoolean = (left: Value, right: Value): boolean =>
  typeof left === 'boolean' || typeof right === 'boolean'

const readOperand = (reader: Reader): ((element: Value) => Value) => {
  const text = readString(reader)
  if (text !== undefined) return () => text
  const digits = reader.take(/-?\d+(?:\.\d+)?/)
  if (digits !== undefined) return () => Number(digits)
  const word = reader.take(/(?:true|false|null)\b/)
  if (word !== undefined) return () => (word === 'null' ? null : word === 'true')
  reader.expect(/@/)
  const steps = readSteps(reader)
  return (element) => follow(element, steps)[0] ?? null
}

const bracketStep = (reader: Reader): Step => {
  if (reader.take(/\*/) !== undefined) return everyStep
  const name = readString(reader)
  if (name !== undefined) return memberStep(name)
  if (reader.take(/\?/) !== undefined) return filterStep(readOr(reader))
  const from = reader.take(/-?\d+/)
  if (reader.take(/:/) !== undefined) {
    const to = reader.take(/-?\d+/)
    return sliceStep(from === undefined ? undefined : Number(from), to === undefined ? undefined : Number(to))
  }
  if (from === undefined) throw new UnknownForm()
  const index = Number(from)
  return sliceStep(index, index === -1 ? undefined : index + 1)
}

const readSteps = (reader: Reader): readonly Step[] => {
  const steps: Step[] = []
  for (;;) {
    if (reader.take(/\.(?!\.)/) !== undefined)
      steps.push(reader.take(/\*/) === undefined ? memberStep(reader.expect(/[\w-]+/)) : everyStep)
    else if (reader.take(/\[/) !== undefined) {
      steps.push(bracketStep(reader))
      reader.expect(/\]/)
    } else return steps
  }
}

const follow = (value: Value, steps: readonly Step[]): readonly Value[] =>
  steps.reduce<readonly Value[]>((values, step) => values.flatMap(step), [value])

/**
 * Parses a JSONPath expression.
 * @throws {UnknownForm} if it uses something that is not supported here
 */
export const readJsonPath = (text: string): ((record: object) => readonly Value[]) => {
  const reader = new Reader(text)
  reader.expect(/\$/)
  const steps = readSteps(reader)
  if (!reader.done) throw new UnknownForm()
  return (record) => follow(record as Value, steps).filter((value) => value !== null)
}
