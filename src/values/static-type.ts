import type { ValueKind } from './value.js'

/**
 * The static type of an expression: the set of kinds its value can have, as bits. It is a set because a
 * source value keeps its JSON kind and conditionals join their branches.
 */
export type StaticType = number

export const NULL = 1
export const STRING = 2
export const BOOLEAN = 4
export const INTEGER = 8
export const DECIMAL = 16
export const DATETIME = 32
export const LIST = 64
export const OBJECT = 128
export const IGNORE_ATTRIBUTE = 256
export const IGNORE_OBJECT = 512

/** The type of the values of one kind. */
export const kindType: Readonly<Record<ValueKind, StaticType>> = {
  null: NULL,
  string: STRING,
  Boolean: BOOLEAN,
  integer: INTEGER,
  decimal: DECIMAL,
  DateTime: DATETIME,
  list: LIST,
  object: OBJECT,
}

/** Any value that an attribute can have. */
export const ANY: StaticType = NULL | STRING | BOOLEAN | INTEGER | DECIMAL | DATETIME | LIST | OBJECT
/** Either flow marker. */
export const MARKER: StaticType = IGNORE_ATTRIBUTE | IGNORE_OBJECT

/** Whether every kind of `type` is among `kinds`. */
export const within = (type: StaticType, kinds: StaticType): boolean => (type & ~kinds) === 0
/** Whether some kind of `type` is among `kinds`. */
export const overlaps = (type: StaticType, kinds: StaticType): boolean => (type & kinds) !== 0

const names: readonly (readonly [StaticType, string])[] = [
  [STRING, 'text'],
  [BOOLEAN, 'a Boolean'],
  [INTEGER, 'an integer'],
  [DECIMAL, 'a decimal'],
  [DATETIME, 'a DateTime'],
  [LIST, 'a list'],
  [OBJECT, 'an object'],
  [NULL, 'null'],
  [IGNORE_ATTRIBUTE, 'IgnoreAttributeFlow'],
  [IGNORE_OBJECT, 'IgnoreObjectFlow'],
]

/** The type in words, for messages: `text or null`. */
export const describeType = (type: StaticType): string => {
  if (within(ANY, type)) return 'any value'
  const found = names.filter(([kind]) => overlaps(type, kind)).map(([, name]) => name)
  return found.length === 0 ? 'nothing' : found.join(' or ')
}
