import { readAttribute } from '../../values/record.js'
import { textForm } from '../../values/text.js'
import { isList, kindOf, type Value } from '../../values/value.js'
import { Reader, UnknownForm } from './reader.js'

/**
 * The part of XPath 1.0 that Workday attributes use, for workers converted from XML to JSON: elements are
 * members, with or without a prefix; attributes are members marked by `@`, `_` or `-`.
 */

type Nodes = readonly Value[]
type Result = Nodes | string | number | boolean

interface Focus {
  readonly node: Value
  readonly position: number
  readonly size: number
}

/** A parsed expression: computes its result at a node. */
export type XPath = (focus: Focus) => Result

const isObject = (value: Value): value is Exclude<Value, null> & object => kindOf(value) === 'object'

const listOf = (value: Value): Nodes => (value === null ? [] : isList(value) ? value : [value])

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** The first member of several names that an object has. */
const memberOf = (node: Value, names: readonly string[]): Nodes => {
  if (!isObject(node)) return []
  const name = names.find((one) => Object.hasOwn(node, one))
  return name === undefined ? [] : listOf(readAttribute(node, name))
}

const childrenOf = (node: Value, name: string): Nodes => {
  if (name === '*') return isObject(node) ? Object.keys(node).flatMap((one) => memberOf(node, [one])) : []
  return memberOf(node, [name, localName(name)])
}

const attributeMarks = ['@', '@_', '_', '-'] as const
const attributeGroups = ['$', '_attributes', '@attributes'] as const

const attributesOf = (node: Value, name: string): Nodes => {
  const names = [name, localName(name)]
  const marked = memberOf(
    node,
    names.flatMap((one) => attributeMarks.map((mark) => mark + one)),
  )
  if (marked.length > 0) return marked
  const grouped = attributeGroups.flatMap((group) => memberOf(memberOf(node, [group])[0] ?? null, names))
  return grouped.length > 0 ? grouped : memberOf(node, names)
}

const textMembers = ['#text', '$t', '_text', '_', '$value', 'content']

const contentOf = (node: Value): Nodes => (isObject(node) ? memberOf(node, textMembers) : listOf(node))

/** The text of a value as in XML, where a Boolean is in lower case. */
const plainText = (value: Value): string => {
  const text = typeof value === 'boolean' ? String(value) : textForm(value)
  return typeof text === 'string' ? text : ''
}

const stringOf = (result: Result): string => {
  if (typeof result === 'object') {
    const [first] = result.flatMap((node) => contentOf(node).slice(0, 1))
    return first === undefined ? '' : plainText(first)
  }
  return String(result)
}

const numberOf = (result: Result): number => {
  if (typeof result === 'boolean') return result ? 1 : 0
  if (typeof result === 'number') return result
  const text = stringOf(result).trim()
  // XML writes a Boolean as true or as 1; the JSON may have either form.
  if (/^true$/i.test(text)) return 1
  if (/^false$/i.test(text)) return 0
  return text === '' ? Number.NaN : Number(text)
}

const truthOf = (result: Result): boolean => {
  if (typeof result === 'object' || typeof result === 'string') return result.length > 0
  return typeof result === 'number' ? result !== 0 && !Number.isNaN(result) : result
}

const equal = (left: Result, right: Result): boolean => {
  if (typeof left === 'object' && typeof right !== 'boolean')
    return left.some((node) => equalNodes(node, right))
  if (typeof right === 'object' && typeof left !== 'boolean') return equal(right, left)
  if (typeof left === 'boolean' || typeof right === 'boolean') return truthOf(left) === truthOf(right)
  if (typeof left === 'number' || typeof right === 'number') return numberOf(left) === numberOf(right)
  return left === right
}

const equalNodes = (node: Value, other: Exclude<Result, boolean>): boolean =>
  typeof other === 'object'
    ? other.some((one) => stringOf([node]) === stringOf([one]))
    : typeof other === 'number'
      ? numberOf([node]) === other
      : stringOf([node]) === other

const translate = (text: string, from: string, to: string): string => {
  const signs = [...from]
  const others = [...to]
  return [...text]
    .map((sign) => {
      const index = signs.indexOf(sign)
      return index < 0 ? sign : (others[index] ?? '')
    })
    .join('')
}

const before = (text: string, sign: string): string =>
  text.includes(sign) ? text.slice(0, text.indexOf(sign)) : ''
const after = (text: string, sign: string): string =>
  text.includes(sign) ? text.slice(text.indexOf(sign) + sign.length) : ''

type Call = (focus: Focus, args: readonly Result[]) => Result

const texts =
  (body: (...args: string[]) => Result): Call =>
  ({ node }, args) =>
    body(...(args.length === 0 ? [stringOf([node])] : args.map(stringOf)))

const calls: Readonly<Record<string, Call>> = {
  position: ({ position }) => position,
  last: ({ size }) => size,
  true: () => true,
  false: () => false,
  not: (_, [value = false]) => !truthOf(value),
  boolean: (_, [value = false]) => truthOf(value),
  count: (_, [value]) => (typeof value === 'object' ? value.length : 1),
  number: ({ node }, [value]) => numberOf(value ?? [node]),
  string: texts((text) => text),
  'string-length': texts((text) => text.length),
  'normalize-space': texts((text) => text.trim().replace(/\s+/g, ' ')),
  'upper-case': texts((text) => text.toUpperCase()),
  'lower-case': texts((text) => text.toLowerCase()),
  concat: texts((...parts) => parts.join('')),
  contains: texts((text, part) => text.includes(part)),
  'starts-with': texts((text, part) => text.startsWith(part)),
  'substring-before': texts((text, part) => before(text, part)),
  'substring-after': texts((text, part) => after(text, part)),
  substring: texts((text, start, length) => {
    const from = Math.round(Number(start))
    const to = length === undefined ? Number.POSITIVE_INFINITY : from + Math.round(Number(length))
    return text.slice(Math.max(0, from - 1), Math.max(0, to - 1))
  }),
  translate: texts((text, from, to) => translate(text, from, to)),
}

const minimum: Readonly<Record<string, number>> = {
  not: 1,
  boolean: 1,
  count: 1,
  contains: 2,
  'starts-with': 2,
  'substring-before': 2,
  'substring-after': 2,
  substring: 2,
  translate: 3,
}

const name = /[\w*][\w.-]*(?::[\w*][\w.-]*)?/

const readOr = (reader: Reader): XPath => {
  let left = readAnd(reader)
  while (reader.take(/or\b/) !== undefined) {
    const [one, two] = [left, readAnd(reader)]
    left = (focus) => truthOf(one(focus)) || truthOf(two(focus))
  }
  return left
}

const readAnd = (reader: Reader): XPath => {
  let left = readComparison(reader)
  while (reader.take(/and\b/) !== undefined) {
    const [one, two] = [left, readComparison(reader)]
    left = (focus) => truthOf(one(focus)) && truthOf(two(focus))
  }
  return left
}

const comparisons: Readonly<Record<string, (left: Result, right: Result) => boolean>> = {
  '=': equal,
  '!=': (left, right) => !equal(left, right),
  '<': (left, right) => numberOf(left) < numberOf(right),
  '<=': (left, right) => numberOf(left) <= numberOf(right),
  '>': (left, right) => numberOf(left) > numberOf(right),
  '>=': (left, right) => numberOf(left) >= numberOf(right),
}

const readComparison = (reader: Reader): XPath => {
  const left = readOperand(reader)
  const sign = reader.take(/!=|<=|>=|[=<>]/)
  if (sign === undefined) return left
  const right = readOperand(reader)
  const compare = comparisons[sign]
  if (compare === undefined) throw new UnknownForm()
  return (focus) => compare(left(focus), right(focus))
}

const readOperand = (reader: Reader): XPath => {
  const literal = reader.take(/'[^']*'|"[^"]*"/)
  if (literal !== undefined) return () => literal.slice(1, -1)
  const digits = reader.take(/-?\d+(?:\.\d+)?/)
  if (digits !== undefined) return () => Number(digits)
  if (reader.take(/\(/) !== undefined) {
    const inner = readOr(reader)
    reader.expect(/\)/)
    return withPredicates(reader, inner)
  }
  const called = reader.take(/(?!text\b)[a-z][a-z-]*(?=\s*\()/)
  if (called !== undefined) return readCall(reader, called)
  return readPath(reader)
}

const readCall = (reader: Reader, called: string): XPath => {
  const body = Object.hasOwn(calls, called) ? calls[called] : undefined
  if (body === undefined) throw new UnknownForm()
  const args: XPath[] = []
  reader.expect(/\(/)
  if (reader.take(/\)/) === undefined) {
    do args.push(readOr(reader))
    while (reader.take(/,/) !== undefined)
    reader.expect(/\)/)
  }
  if (args.length < (minimum[called] ?? 0)) throw new UnknownForm()
  return (focus) =>
    body(
      focus,
      args.map((arg) => arg(focus)),
    )
}

type Axis = (node: Value) => Nodes

const readPath = (reader: Reader): XPath => {
  reader.take(/\.?\/(?!\/)/)
  let path: XPath = ({ node }) => [node]
  do {
    const axis = readAxis(reader)
    const inner = path
    path = readPredicates(reader, inner, axis)
  } while (reader.take(/\/(?!\/)/) !== undefined)
  return path
}

const readAxis = (reader: Reader): Axis => {
  if (reader.take(/text\(\s*\)/) !== undefined) return contentOf
  const attribute = reader.take(/@/)
  if (attribute !== undefined) {
    const wanted = reader.expect(name)
    return (node) => attributesOf(node, wanted)
  }
  if (reader.take(/\.(?!\.)/) !== undefined) return (node) => [node]
  const wanted = reader.expect(name)
  return (node) => childrenOf(node, wanted)
}

/** Predicates of a step count among the children of one node. */
const readPredicates = (reader: Reader, inner: XPath, axis: Axis): XPath => {
  const filters = readFilters(reader)
  return (focus) => {
    const nodes = inner(focus)
    if (typeof nodes !== 'object') return []
    return nodes.flatMap((node) => filters.reduce(filtered, axis(node)))
  }
}

/** Predicates after parentheses count among all nodes. */
const withPredicates = (reader: Reader, inner: XPath): XPath => {
  const filters = readFilters(reader)
  if (filters.length === 0) return inner
  return (focus) => {
    const nodes = inner(focus)
    return typeof nodes === 'object' ? filters.reduce(filtered, nodes) : nodes
  }
}

const readFilters = (reader: Reader): readonly XPath[] => {
  const filters: XPath[] = []
  while (reader.take(/\[/) !== undefined) {
    filters.push(readOr(reader))
    reader.expect(/\]/)
  }
  return filters
}

const filtered = (nodes: Nodes, filter: XPath): Nodes =>
  nodes.filter((node, index) => {
    const result = filter({ node, position: index + 1, size: nodes.length })
    return typeof result === 'number' ? result === index + 1 : truthOf(result)
  })

/**
 * Parses an XPath expression.
 * @throws {UnknownForm} if it uses something that is not supported here
 */
export const readXPath = (text: string): ((record: object) => readonly Value[]) => {
  const reader = new Reader(text)
  const path = readOr(reader)
  if (!reader.done) throw new UnknownForm()
  // A worker is the root, or a member with its name.
  const root = /^\/*((?:\w+:)?\w+)\//.exec(text)?.[1]
  return (record) => {
    const inside = root !== undefined && childrenOf(record as Value, root).length === 0
    const node = (inside ? { [root]: record } : record) as Value
    const result = path({ node, position: 1, size: 1 })
    if (typeof result !== 'object') return result === '' ? [] : [result as Value]
    return result.flatMap((one) => (isObject(one) ? contentOf(one) : listOf(one)))
  }
}
