import { type SourceObject, withValue } from './source-object.js'

/** Smaller replacements for a value, the smallest first. */
const smaller = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value))
    return [value[0], ...value.map((_, index) => value.filter((__, other) => other !== index))]
  if (typeof value !== 'string' || value.length < 2) return []
  return ['', 'a', value.slice(0, Math.floor(value.length / 2)), value.slice(0, -1), value.slice(1)]
}

/** Removes parts that the difference does not need, until nothing more can be removed. */
export const shrink = (object: SourceObject, differs: (object: SourceObject) => boolean): SourceObject => {
  let current = object
  for (let changed = true, rounds = 0; changed && rounds < 200; rounds++) {
    changed = false
    for (const [name, value] of Object.entries(current))
      for (const one of [undefined, ...smaller(value)]) {
        const next = withValue(current, name, one)
        if (!differs(next)) continue
        current = next
        changed = true
        break
      }
  }
  return current
}
