/**
 * The functions of lodash-es that Chevrotain's parser calls, over the language's own. lodash-es would be much of
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
export const isString = (value) => typeof value === 'string'
export const isUndefined = (value) => value === undefined
export const isObject = (value) =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'
export const isEmpty = (value) =>
  value == null ||
  (Array.isArray(value) || isString(value) ? value.length === 0 : Object.keys(value).length === 0)

export const values = (object) => (object == null ? [] : Object.values(object))
export const has = (object, key) => object != null && Object.hasOwn(object, key)
export const clone = (value) => {
  if (Array.isArray(value)) return value.slice()
  return isObject(value) ? Object.assign(Object.create(Object.getPrototypeOf(value)), value) : value
}

/** Stops at false, as lodash does. */
export const forEach = (collection, iteratee) => {
  for (const [key, value] of entriesOf(collection)) if (iteratee(value, key, collection) === false) break
  return collection
}
export const map = (collection, iteratee) =>
  entriesOf(collection).map(([key, value]) => call(iteratee)(value, key, collection))
export const every = (collection, test) =>
  entriesOf(collection).every(([key, value]) => call(test)(value, key))
export const reduce = (collection, reducer, initial) =>
  entriesOf(collection).reduce((result, [key, value]) => reducer(result, value, key), initial)

export const includes = (collection, value) =>
  (Array.isArray(collection) ? collection : values(collection)).includes(value)
export const compact = (array) => array.filter(Boolean)
export const flatten = (array) => array.flat()
export const uniq = (array) => [...new Set(array)]
export const difference = (array, ...others) =>
  array.filter((value) => !others.some((other) => other.includes(value)))
