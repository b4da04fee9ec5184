/**
 * Property accesses, a site of the program text for each. V8 keeps what it has learnt about shapes, names and callees
 * at the site; were all attributes read by one piece of code, that one site would see everything and learn
 * nothing. So there are groups of eight accesses, and plans take groups in turn. The groups are the same to the
 * letter on purpose.
 */

import { hasOwnOnly } from '../values/record.js'

type Source = Readonly<Record<string, unknown>>
type Take = (value: unknown) => unknown
/**
 * Reads up to eight properties into a list, from a position on. With `checks`, it answers false for an object that
 * inherits more than every object does.
 */
export type ReadGroup = (object: Source, values: unknown[], at: number, checks: boolean) => boolean
type MakeReadGroup = (names: readonly string[], take: Take) => ReadGroup
/**
 * What nearly all records inherit from. Behind a read of a member, here of `constructor`, V8 knows the prototype from
 * the record's shape, and need not ask.
 */
const { getPrototypeOf, prototype: objects } = Object

/** How many accesses a group has. */
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

/** Makes a group at sites that other plans use as rarely as possible. At most {@link GROUP} names. */
export const makeReadGroup: MakeReadGroup = (names, take) =>
  readGroups[nextRead++ % readGroups.length]!(names, take)
