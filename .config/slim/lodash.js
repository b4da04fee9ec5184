/**
 * The functions of lodash-es that Chevrotain's parser calls, over the language's own. lodash-es would be a third of
 * the core's size and most of its time to load. They are as general as Chevrotain's use of them: collections are
 * arrays or plain objects, iteratees functions or member names. The test suite runs the parser on these, too.
 */
const entriesOf = (collection) =>
  collection == null
    ? []
    : Array.isArray(collection)
      ? collection.map((value, index) => [index, value])
      : Object.entries(collection)
const call = (iteratee) =>
  typeof iteratee === 'function'
    ? iteratee
    : iteratee === undefined
      ? (value) => value
      : (value) => value?.[iteratee]

export const isArray = Array.isArray
export const isFunction = (value) => typeof value === 'function'
export const isString = (value) => typeof value === 'string'
export const isUndefined = (value) => value === undefined
export const isRegExp = (value) => value instanceof RegExp
export const isObject = (value) =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'
export const isEmpty = (value) =>
  value == null ||
  (Array.isArray(value) || isString(value) ? value.length === 0 : Object.keys(value).length === 0)
export const identity = (value) => value
export const noop = () => {}

export const keys = (object) => (object == null ? [] : Object.keys(object))
export const values = (object) => (object == null ? [] : Object.values(object))
export const has = (object, key) => object != null && Object.hasOwn(object, key)
export const assign = Object.assign
export const defaults = (object, ...sources) => {
  for (const source of sources) {
    for (const [key, value] of entriesOf(source)) if (object[key] === undefined) object[key] = value
  }
  return object
}
export const clone = (value) => {
  if (Array.isArray(value)) return value.slice()
  return isObject(value) ? Object.assign(Object.create(Object.getPrototypeOf(value)), value) : value
}
export const pickBy = (object, test) =>
  Object.fromEntries(entriesOf(object).filter(([key, value]) => test(value, key)))

/** Stops at false, as lodash does. */
export const forEach = (collection, iteratee) => {
  for (const [key, value] of entriesOf(collection)) if (iteratee(value, key, collection) === false) break
  return collection
}
export const map = (collection, iteratee) =>
  entriesOf(collection).map(([key, value]) => call(iteratee)(value, key, collection))
export const filter = (collection, test) =>
  entriesOf(collection)
    .filter(([key, value]) => call(test)(value, key))
    .map(([, value]) => value)
export const reject = (collection, test) => filter(collection, (value, key) => !call(test)(value, key))
export const find = (collection, test) =>
  entriesOf(collection).find(([key, value]) => call(test)(value, key))?.[1]
export const some = (collection, test) => entriesOf(collection).some(([key, value]) => call(test)(value, key))
export const every = (collection, test) =>
  entriesOf(collection).every(([key, value]) => call(test)(value, key))
export const reduce = (collection, reducer, initial) =>
  entriesOf(collection).reduce((result, [key, value]) => reducer(result, value, key), initial)
export const flatMap = (collection, iteratee) => map(collection, iteratee).flat()
export const groupBy = (collection, iteratee) => {
  const groups = {}
  for (const [, value] of entriesOf(collection)) {
    const key = call(iteratee)(value)
    groups[key] ??= []
    groups[key].push(value)
  }
  return groups
}

export const includes = (collection, value) =>
  (Array.isArray(collection) ? collection : values(collection)).includes(value)
export const indexOf = (array, value) => array.indexOf(value)
export const first = (array) => array?.[0]
export const last = (array) => array?.at(-1)
export const drop = (array, count = 1) => array.slice(count)
export const dropRight = (array, count = 1) => array.slice(0, Math.max(0, array.length - count))
export const compact = (array) => array.filter(Boolean)
export const flatten = (array) => array.flat()
export const uniq = (array) => [...new Set(array)]
export const uniqBy = (array, iteratee) =>
  [...new Map([...array].reverse().map((v) => [call(iteratee)(v), v])).values()].reverse()
export const difference = (array, ...others) =>
  array.filter((value) => !others.some((other) => other.includes(value)))
export const upperFirst = (text) => text.charAt(0).toUpperCase() + text.slice(1)
