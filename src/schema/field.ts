import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { closest } from '../text/suggest.js'
import { type JsonDocument, type JsonNode, jsonPath, jsonText, memberOf } from './json-document.js'
import {
  enclosed,
  memberText,
  moved,
  placeAfter,
  placeInside,
  placeInstead,
  separatorAfter,
  type WritePlace,
  writePlaceOf,
} from './layout.js'
import { origin, type SchemaObject } from './model.js'
import { nodeSpan } from './node-span.js'
import { ADDITIONAL } from './pascal-case.js'

/** The state of a reader. */
export interface Reading {
  readonly document: JsonDocument
  readonly diagnostics: Diagnostic[]
  /** Every member name of the model, to report members that are misplaced or misspelt. */
  readonly memberNames?: ReadonlySet<string>
  /** The place of the first value that `ConvertTo-Json` cut off. */
  cutOff?: JsonNode
}

/** Reads one member from JSON and writes it back. Reading never fails: a fault yields the default. */
export interface Field<T> {
  read(node: JsonNode | undefined, reading: Reading): T
  /**
   * The JSON text of a value.
   * @param place where it is written, if it was not read from a file
   * @param from the JSON that the value was read from; unchanged parts keep their spelling
   */
  write(value: T, place: WritePlace, from?: JsonNode, document?: JsonDocument): string
}

/** The fields of an object of the model, in the order used for new objects. */
export type Shape<T> = { readonly [Key in Exclude<keyof T, symbol>]-?: Field<T[Key]> }

/** The description of a found value in a message. */
const describe = (node: JsonNode): string =>
  ({
    object: 'an object',
    array: 'a list',
    string: `the text ${JSON.stringify(node.value)}`,
    number: 'a number',
    boolean: String(node.value),
    null: 'null',
    property: 'a member',
  })[node.type]

/** The name of the member whose value the node is. */
const memberName = (node: JsonNode): string =>
  node.parent?.type === 'property' ? String(node.parent.children?.[0]?.value) : 'An element'

/**
 * PowerShell's output below the depth of `ConvertTo-Json`: the name of a type, or nothing for an empty list.
 */
const isCutOff = (node: JsonNode): boolean =>
  node.type === 'string' &&
  /^(?:$|System\.(?:Collections\.|Object\b|Management\.)|Microsoft\.Graph\.|@\{.*\}$)/s.test(
    String(node.value),
  )

const wrongType = (node: JsonNode, expected: string, reading: Reading): void => {
  if (isCutOff(node)) {
    // One cause, so one finding, at the first place.
    if (reading.cutOff !== undefined) return
    reading.cutOff = node
    const cut = { member: memberName(node), found: jsonText(node.value) }
    reading.diagnostics.push(diagnostic('AF4006', nodeSpan(node), cut, { path: jsonPath(node) }))
    return
  }
  const args = { member: memberName(node), expected, found: describe(node) }
  reading.diagnostics.push(diagnostic('AF4003', nodeSpan(node), args, { path: jsonPath(node) }))
}

const wrongValue = (node: JsonNode, values: readonly string[], reading: Reading): void => {
  const args = { member: memberName(node), value: reading.document.text(node), values: values.join(', ') }
  reading.diagnostics.push(diagnostic('AF4004', nodeSpan(node), args, { path: jsonPath(node) }))
}

const sameScalar = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b)
    ? a.length === b.length && a.every((element, index) => element === b[index])
    : a === b

/**
 * A field whose value contains no objects: it is rewritten only if it differs from the value that was read.
 */
const scalar = <T>(
  read: (node: JsonNode, reading: Reading) => T | undefined,
  fallback: T,
  encode: (value: T, place: WritePlace) => string = (value) => JSON.stringify(value),
): Field<T> => {
  const readOr = (node: JsonNode | undefined, reading: Reading): T =>
    node === undefined || node.type === 'null' ? fallback : (read(node, reading) ?? fallback)
  return {
    read: readOr,
    write(value, place, from, document) {
      if (from === undefined || document === undefined) return encode(value, place)
      return sameScalar(value, readOr(from, { document, diagnostics: [] }))
        ? document.text(from)
        : encode(value, placeInstead(document, from))
    },
  }
}

const readText = (node: JsonNode, reading: Reading): string | undefined => {
  if (node.type === 'string') return node.value as string
  // Hand-written files omit the quotes of numbers and Booleans; the meaning is clear.
  if (node.type === 'number' || node.type === 'boolean') return reading.document.text(node)
  wrongType(node, 'a text', reading)
  return undefined
}

/** Text; null and absent read as "". */
export const text: Field<string> = scalar(readText, '')

/** Text or null; absent reads as null. */
export const nullableText: Field<string | null> = scalar<string | null>(readText, null)

/** A Boolean, also as text. */
export const flag = (fallback: boolean): Field<boolean> =>
  scalar((node, reading) => {
    const word = node.type === 'boolean' || node.type === 'string' ? String(node.value).toLowerCase() : ''
    if (word === 'true' || word === 'false') return word === 'true'
    wrongType(node, 'true or false', reading)
    return undefined
  }, fallback)

/** A small integer, also as text. */
export const integer = (fallback: number): Field<number> =>
  scalar((node, reading) => {
    const digits = node.type === 'string' ? String(node.value) : reading.document.text(node)
    if ((node.type === 'number' || node.type === 'string') && /^-?\d{1,9}$/.test(digits))
      return Number(digits)
    wrongType(node, 'an integer', reading)
    return undefined
  }, fallback)

/** One of several names, in any case, or its index in the list. */
export const choice = <Name extends string>(names: readonly Name[], fallback: Name): Field<Name> =>
  scalar((node, reading) => {
    if (node.type !== 'string' && node.type !== 'number') {
      wrongType(node, `one of ${names.join(', ')}`, reading)
      return undefined
    }
    const word = String(node.value).toLowerCase()
    const found = names.find((name, index) => name.toLowerCase() === word || String(index) === word)
    if (found === undefined) wrongValue(node, names, reading)
    return found
  }, fallback)

/** Names separated by commas, with or without blanks, or the sum of their powers of two. */
export const flags = <Name extends string>(
  names: readonly Name[],
  fallback: readonly Name[],
): Field<readonly Name[]> =>
  scalar<readonly Name[]>(
    (node, reading) => {
      const whole = String(node.value)
      if (node.type === 'number' || (node.type === 'string' && /^\d+$/.test(whole))) {
        const bits = Number(whole)
        if (bits < 2 ** names.length) return names.filter((_, index) => (bits >> index) & 1)
      } else if (node.type === 'string') {
        const words = whole.split(',').map((word) => word.trim().toLowerCase())
        const known = names.map((name) => name.toLowerCase())
        if (words.every((word) => word === '' || word === 'none' || known.includes(word)))
          return names.filter((name) => words.includes(name.toLowerCase()))
      }
      wrongValue(node, ['None', ...names], reading)
      return undefined
    },
    fallback,
    (value) => JSON.stringify(value.length === 0 ? 'None' : value.join(',')),
  )

/** A list of texts; null and absent read as empty. */
export const texts: Field<readonly string[]> = scalar<readonly string[]>(
  (node, reading) => {
    if (node.type === 'string' && !isCutOff(node)) {
      const args = { member: memberName(node), found: jsonText(node.value) }
      reading.diagnostics.push(diagnostic('AF4007', nodeSpan(node), args, { path: jsonPath(node) }))
      return [node.value as string]
    }
    if (node.type !== 'array') {
      wrongType(node, 'a list', reading)
      return undefined
    }
    return (node.children ?? []).map((child) =>
      child.type === 'null' ? '' : (readText(child, reading) ?? ''),
    )
  },
  [],
  (values, place) =>
    enclosed(
      '[]',
      values.map((value) => JSON.stringify(value)),
      place,
    ),
)

/** An object of the model, or null. The shape is given as a function because shapes may contain themselves. */
export const object = <T extends SchemaObject>(shape: () => Shape<T>): Field<T | null> => ({
  read: (node, reading) => {
    if (node === undefined || node.type === 'null') return null
    if (node.type === 'object') return readObject(shape(), node, reading)
    wrongType(node, 'an object', reading)
    return null
  },
  write: (value, place, from, document) => {
    const here = from === undefined || document === undefined ? place : placeInstead(document, from)
    if (value !== null) return writeObject(shape(), value, here)
    return from !== undefined && document !== undefined && from.type !== 'object'
      ? document.text(from)
      : 'null'
  },
})

/**
 * A list of objects of the model; null and absent read as empty, and elements that are not objects are
 * skipped.
 */
export const list = <T extends SchemaObject>(shape: () => Shape<T>): Field<readonly T[]> => ({
  read(node, reading) {
    if (node === undefined || node.type === 'null') return []
    if (node.type !== 'array') {
      wrongType(node, 'a list', reading)
      return []
    }
    return (node.children ?? []).flatMap((child) => {
      if (child.type === 'object') return [readObject(shape(), child, reading)]
      wrongType(child, 'an object', reading)
      return []
    })
  },
  write(values, place, from, document) {
    const inFull = (here: WritePlace): string =>
      enclosed(
        '[]',
        values.map((value) => writeObject(shape(), value, placeInside(here))),
        here,
      )
    if (from === undefined || document === undefined) return inFull(place)
    const read = from.type === 'array' ? (from.children ?? []).filter((child) => child.type === 'object') : []
    const inPlace =
      read.length === values.length && values.every((value, i) => value[origin]?.node === read[i])
    if (!inPlace) return inFull(placeInstead(document, from))
    return splice(
      document.text(from),
      values.flatMap((value) => {
        const child = value[origin]?.node
        if (child === undefined) return []
        const text = writeObject(shape(), value, writePlaceOf(document, child))
        return [{ start: child.offset - from.offset, length: child.length, text }]
      }),
    )
  },
})

interface Replacement {
  readonly start: number
  readonly length: number
  readonly text: string
}

/** Replaces non-overlapping ranges of a text. */
const splice = (whole: string, replacements: readonly Replacement[]): string => {
  let result = ''
  let position = 0
  for (const { start, length, text: replacement } of [...replacements].sort((a, b) => a.start - b.start)) {
    result += whole.slice(position, start) + replacement
    position = start + length
  }
  return result + whole.slice(position)
}

/** Reports members that Graph does not have here, but has elsewhere or under a similar name. */
const reportMisplaced = (names: readonly string[], node: JsonNode, reading: Reading): void => {
  const { memberNames } = reading
  if (memberNames === undefined) return
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? []
    if (key === undefined) continue
    const member = String(key.value)
    if (names.includes(member) || member === ADDITIONAL || member.includes('@odata')) continue
    const near = closest(member, names) ?? (memberNames.has(member) ? undefined : containing(member, names))
    if (near === undefined && !memberNames.has(member)) continue
    const hint = near === undefined ? {} : { hint: `Did you mean ${near}?` }
    const path = jsonPath(value ?? property)
    reading.diagnostics.push(diagnostic('AF4008', nodeSpan(key), { member }, { path, ...hint }))
  }
}

/** The single name of which a member's name is a longer form, such as `groups` for `filterGroups`. */
const containing = (member: string, names: readonly string[]): string | undefined => {
  const folded = member.toLowerCase()
  const found = names.filter((name) => name.length > 3 && folded.endsWith(name.toLowerCase()))
  return found.length === 1 ? found[0] : undefined
}

/** Reads an object of the model. */
export const readObject = <T extends SchemaObject>(shape: Shape<T>, node: JsonNode, reading: Reading): T => {
  const result: Record<string | symbol, unknown> = { [origin]: { document: reading.document, node } }
  reportMisplaced(Object.keys(shape), node, reading)
  for (const [key, field] of Object.entries<Field<unknown>>(shape)) {
    result[key] = field.read(memberOf(node, key), reading)
  }
  return result as unknown as T
}

/**
 * The JSON text of an object of the model: its original text, in which only changes are rewritten, with the
 * layout of their surroundings.
 */
export const writeObject = <T extends SchemaObject>(shape: Shape<T>, value: T, place: WritePlace): string => {
  const members = Object.entries<Field<unknown>>(shape)
  const memberValue = (key: string): unknown => (value as Readonly<Record<string, unknown>>)[key]
  const from = value[origin]
  if (from === undefined) {
    const inside = placeInside(place)
    const fresh = members.map(([key, field]) => memberText(key, field.write(memberValue(key), inside), place))
    return enclosed('{}', fresh, place)
  }
  const { document, node } = from
  const here = writePlaceOf(document, node)
  const last = node.children?.at(-1)
  const beside = last === undefined ? placeInside(here) : placeAfter(document, last)
  const replacements: Replacement[] = []
  const added: string[] = []
  for (const [key, field] of members) {
    const old = memberOf(node, key)
    const written = field.write(memberValue(key), beside, old, document)
    if (old !== undefined) {
      replacements.push({ start: old.offset - node.offset, length: old.length, text: written })
    } else if (written !== field.write(field.read(undefined, { document, diagnostics: [] }), beside)) {
      added.push(memberText(key, written, here))
    }
  }
  if (last === undefined) return moved(enclosed('{}', added, here), here, place)
  const end = last.offset + last.length - node.offset
  replacements.push({
    start: end,
    length: 0,
    text: added.map((member) => separatorAfter(beside) + member).join(''),
  })
  return moved(splice(document.text(node), replacements), here, place)
}
