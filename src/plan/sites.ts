/**
 * Property accesses, each at its own place in the program text. V8 keeps its knowledge of shapes, names and
 * callees per place; if all attributes were read by the same code, it could not specialise. So there are
 * groups of eight accesses, and plans use the groups in turn. The groups are identical on purpose.
 */

import { hasOwnOnly } from '../values/record.js'

type Source = Readonly<Record<string, unknown>>
type Take = (value: unknown) => unknown
/**
 * Reads up to eight properties into a list, starting at a position. With `checks`, returns false for an
 * object that inherits more than plain objects do.
 */
export type ReadGroup = (object: Source, values: unknown[], at: number, checks: boolean) => boolean
type MakeReadGroup = (names: readonly string[], take: Take) => ReadGroup
/**
 * The prototype of nearly all records. After a member is read, here `constructor`, V8 knows the prototype
 * from the record's shape and need not look it up.
 */
const { getPrototypeOf, prototype: objects } = Object

/** The number of accesses in a group. */
export const GROUP = 8

// biome-ignore format: a table
const readGroups: readonly MakeReadGroup[] = [
  ([a, b, c, d, e, f, g, h], t) => (o, v, i, k) => { if (k && (o.constructor !== Object || getPrototypeOf(o) !== objects) && !hasOwnOnly(o)) return false; v[i] = t(o[a!]); if (b === undefined) return true; v[i + 1] = t(o[b]); if (c === undefined) return true; v[i + 2] = t(o[c]); if (d === undefined) return true; v[i + 3] = t(o[d]); if (e === undefined) return true; v[i + 4] = t(o[e]); if (f === undefined) return true; v[i + 5] = t(o[f]); if (g === undefined) return true; v[i + 6] = t(o[g]); if (h === undefined) return true; v[i + 7] = t(o[h]); return true },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i, k) => { if (k && (o.constructor !== Object || getPrototypeOf(o) !== objects) && !hasOwnOnly(o)) return false; v[i] = t(o[a!]); if (b === undefined) return true; v[i + 1] = t(o[b]); if (c === undefined) return true; v[i + 2] = t(o[c]); if (d === undefined) return true; v[i + 3] = t(o[d]); if (e === undefined) return true; v[i + 4] = t(o[e]); if (f === undefined) return true; v[i + 5] = t(o[f]); if (g === undefined) return true; v[i + 6] = t(o[g]); if (h === undefined) return true; v[i + 7] = t(o[h]); return true },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i, k) => { if (k && (o.constructor !== Object || getPrototypeOf(o) !== objects) && !hasOwnOnly(o)) return false; v[i] = t(o[a!]); if (b === undefined) return true; v[i + 1] = t(o[b]); if (c === undefined) return true; v[i + 2] = t(o[c]); if (d === undefined) return true; v[i + 3] = t(o[d]); if (e === undefined) return true; v[i + 4] = t(o[e]); if (f === undefined) return true; v[i + 5] = t(o[f]); if (g === undefined) return true; v[i + 6] = t(o[g]); if (h === undefined) return true; v[i + 7] = t(o[h]); return true },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i, k) => { if (k && (o.constructor !== Object || getPrototypeOf(o) !== objects) && !hasOwnOnly(o)) return false; v[i] = t(o[a!]); if (b === undefined) return true; v[i + 1] = t(o[b]); if (c === undefined) return true; v[i + 2] = t(o[c]); if (d === undefined) return true; v[i + 3] = t(o[d]); if (e === undefined) return true; v[i + 4] = t(o[e]); if (f === undefined) return true; v[i + 5] = t(o[f]); if (g === undefined) return true; v[i + 6] = t(o[g]); if (h === undefined) return true; v[i + 7] = t(o[h]); return true },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i, k) => { if (k && (o.constructor !== Object || getPrototypeOf(o) !== objects) && !hasOwnOnly(o)) return false; v[i] = t(o[a!]); if (b === undefined) return true; v[i + 1] = t(o[b]); if (c === undefined) return true; v[i + 2] = t(o[c]); if (d === undefined) return true; v[i + 3] = t(o[d]); if (e === undefined) return true; v[i + 4] = t(o[e]); if (f === undefined) return true; v[i + 5] = t(o[f]); if (g === undefined) return true; v[i + 6] = t(o[g]); if (h === undefined) return true; v[i + 7] = t(o[h]); return true },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i, k) => { if (k && (o.constructor !== Object || getPrototypeOf(o) !== objects) && !hasOwnOnly(o)) return false; v[i] = t(o[a!]); if (b === undefined) return true; v[i + 1] = t(o[b]); if (c === undefined) return true; v[i + 2] = t(o[c]); if (d === undefined) return true; v[i + 3] = t(o[d]); if (e === undefined) return true; v[i + 4] = t(o[e]); if (f === undefined) return true; v[i + 5] = t(o[f]); if (g === undefined) return true; v[i + 6] = t(o[g]); if (h === undefined) return true; v[i + 7] = t(o[h]); return true },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i, k) => { if (k && (o.constructor !== Object || getPrototypeOf(o) !== objects) && !hasOwnOnly(o)) return false; v[i] = t(o[a!]); if (b === undefined) return true; v[i + 1] = t(o[b]); if (c === undefined) return true; v[i + 2] = t(o[c]); if (d === undefined) return true; v[i + 3] = t(o[d]); if (e === undefined) return true; v[i + 4] = t(o[e]); if (f === undefined) return true; v[i + 5] = t(o[f]); if (g === undefined) return true; v[i + 6] = t(o[g]); if (h === undefined) return true; v[i + 7] = t(o[h]); return true },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i, k) => { if (k && (o.constructor !== Object || getPrototypeOf(o) !== objects) && !hasOwnOnly(o)) return false; v[i] = t(o[a!]); if (b === undefined) return true; v[i + 1] = t(o[b]); if (c === undefined) return true; v[i + 2] = t(o[c]); if (d === undefined) return true; v[i + 3] = t(o[d]); if (e === undefined) return true; v[i + 4] = t(o[e]); if (f === undefined) return true; v[i + 5] = t(o[f]); if (g === undefined) return true; v[i + 6] = t(o[g]); if (h === undefined) return true; v[i + 7] = t(o[h]); return true },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i, k) => { if (k && (o.constructor !== Object || getPrototypeOf(o) !== objects) && !hasOwnOnly(o)) return false; v[i] = t(o[a!]); if (b === undefined) return true; v[i + 1] = t(o[b]); if (c === undefined) return true; v[i + 2] = t(o[c]); if (d === undefined) return true; v[i + 3] = t(o[d]); if (e === undefined) return true; v[i + 4] = t(o[e]); if (f === undefined) return true; v[i + 5] = t(o[f]); if (g === undefined) return true; v[i + 6] = t(o[g]); if (h === undefined) return true; v[i + 7] = t(o[h]); return true },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i, k) => { if (k && (o.constructor !== Object || getPrototypeOf(o) !== objects) && !hasOwnOnly(o)) return false; v[i] = t(o[a!]); if (b === undefined) return true; v[i + 1] = t(o[b]); if (c === undefined) return true; v[i + 2] = t(o[c]); if (d === undefined) return true; v[i + 3] = t(o[d]); if (e === undefined) return true; v[i + 4] = t(o[e]); if (f === undefined) return true; v[i + 5] = t(o[f]); if (g === undefined) return true; v[i + 6] = t(o[g]); if (h === undefined) return true; v[i + 7] = t(o[h]); return true },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i, k) => { if (k && (o.constructor !== Object || getPrototypeOf(o) !== objects) && !hasOwnOnly(o)) return false; v[i] = t(o[a!]); if (b === undefined) return true; v[i + 1] = t(o[b]); if (c === undefined) return true; v[i + 2] = t(o[c]); if (d === undefined) return true; v[i + 3] = t(o[d]); if (e === undefined) return true; v[i + 4] = t(o[e]); if (f === undefined) return true; v[i + 5] = t(o[f]); if (g === undefined) return true; v[i + 6] = t(o[g]); if (h === undefined) return true; v[i + 7] = t(o[h]); return true },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i, k) => { if (k && (o.constructor !== Object || getPrototypeOf(o) !== objects) && !hasOwnOnly(o)) return false; v[i] = t(o[a!]); if (b === undefined) return true; v[i + 1] = t(o[b]); if (c === undefined) return true; v[i + 2] = t(o[c]); if (d === undefined) return true; v[i + 3] = t(o[d]); if (e === undefined) return true; v[i + 4] = t(o[e]); if (f === undefined) return true; v[i + 5] = t(o[f]); if (g === undefined) return true; v[i + 6] = t(o[g]); if (h === undefined) return true; v[i + 7] = t(o[h]); return true },
]

let nextRead = 0

/** Creates a group at places that other plans use as rarely as possible. At most {@link GROUP} names. */
export const makeReadGroup: MakeReadGroup = (names, take) =>
  readGroups[nextRead++ % readGroups.length]!(names, take)
