import { DateTime } from '../dotnet/dates/date-time.js'
import { type EvaluationError, Fault, toEvaluationError } from './fault.js'
import { isThrown } from './object-fault.js'
import { DEEPEST } from './read-json.js'
import { fromInput, isList, type Value } from './value.js'

const refuse = (reason: string): never => {
  throw new Fault('AF5042', { reason })
}

/** The class that an object names itself: `Map`, `Promise`. Ordinary objects and instances of a program's classes are `Object`. */
const tagOf = (object: object): string => Object.prototype.toString.call(object).slice(8, -1)

const copyOf = (input: unknown, depth: number): Value => {
  if (typeof input !== 'object' || input === null || input instanceof Date || input instanceof DateTime)
    return fromInput(input)
  if (depth === DEEPEST) return refuse(`it has more than ${DEEPEST} levels, or contains itself`)
  if (Array.isArray(input)) return Array.from(input, (element: unknown) => copyOf(element, depth + 1))
  const tag = tagOf(input)
  if (tag !== 'Object')
    return refuse(
      `it ${depth === 0 ? 'is' : 'contains'} a ${/^\w{1,40}$/.test(tag) ? tag : 'special object'}`,
    )
  const members: Record<string, Value> = {}
  for (const [name, given] of Object.entries(input)) {
    if (given === undefined || typeof given === 'function' || typeof given === 'symbol') continue
    setMember(members, name, copyOf(given, depth + 1))
  }
  return members
}

/** Sets an own member, whatever its name; an ordinary object is serialised faster than one without prototype. */
export const setMember = <T>(object: Record<string, T>, name: string, value: T): void => {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true })
  else object[name] = value
}

const isObject = (value: Value): boolean =>
  typeof value === 'object' && value !== null && !(value instanceof DateTime)

/**
 * Copies the objects in a value, so that it can be written even if they have getters, are proxies or contain
 * themselves. Members that JSON leaves out are left out. Returns the fault AF5042 if an object has no JSON
 * form, such as a Map.
 */
export const toPlain = (value: Value): Value | Fault => {
  if (!isObject(value)) return value
  try {
    return isList(value) && !value.some(isObject) ? value : copyOf(value, 0)
  } catch (thrown) {
    return isThrown(thrown, Fault)
      ? (thrown as Fault)
      : new Fault('AF5042', { reason: 'one of its members cannot be read' })
  }
}

/** The result of an expression as {@link toPlain} makes it. */
export const plainResult = (value: Value, path?: string): Value | EvaluationError => {
  const plain = toPlain(value)
  return plain instanceof Fault ? toEvaluationError(plain, path) : plain
}
