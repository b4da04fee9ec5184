import type { ScimObject, ScimValue } from './value.js'

export type Elements = readonly ScimValue[]

/**
 * Equal values have equal keys, regardless of the order of an object's members. What a target shows may hold
 * integers beyond the safe range, as `bigint`.
 */
const keyOf = (value: ScimValue | bigint): string => {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`
  const object = value as ScimObject
  const members = Object.keys(object).sort()
  return `{${members.map((name) => `${JSON.stringify(name)}:${keyOf(object[name] ?? null)}`).join()}}`
}

export const same = (a: ScimValue, b: ScimValue): boolean => a === b || keyOf(a) === keyOf(b)

/** The elements of a list that another list does not have. */
export const without = (list: Elements, other: Elements): Elements => {
  const keys = new Set(other.map(keyOf))
  return list.filter((element) => !keys.has(keyOf(element)))
}
