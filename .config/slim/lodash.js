/** What of lodash-es is left to need; the whole of it would be most of the time to load. */
export const { isArray } = Array
export const has = (object, key) => Object.hasOwn(object, key)
