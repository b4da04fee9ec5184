/**
 * Property accesses, a site of the program text for each. V8 keeps what it has learnt about shapes, names and callees
 * at the site; were all attributes read by one piece of code, that one site would see everything and learn
 * nothing. So there are groups of eight accesses, and plans take groups in turn. The groups are the same to the
 * letter on purpose.
 */

import { hasOwnOnly } from '../values/record.js'
import { type Operand, operandValue } from './evaluate.js'
import type { Frame } from './frame.js'

type Source = Readonly<Record<string, unknown>>
type Take = (value: unknown) => unknown
/**
 * Reads up to eight properties into a list, from a position on. With `checks`, it answers false for an object that
 * inherits more than every object does.
 */
export type ReadGroup = (object: Source, values: unknown[], at: number, checks: boolean) => boolean
type MakeReadGroup = (names: readonly string[], take: Take) => ReadGroup
/** Evaluates up to eight roots and stores their results. */
export type StoreGroup = (row: Record<string, unknown>, frame: Frame) => void
/** @param other what is done instead once a root has thrown */
type MakeStoreGroup = (
  names: readonly string[],
  roots: readonly Operand<unknown>[],
  other: StoreGroup,
) => StoreGroup

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

// biome-ignore format: a table
const storeGroups: readonly MakeStoreGroup[] = [
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w], x) => (o, i) => { try { o[a!] = operandValue(p!, i); if (b === undefined) return; o[b] = operandValue(q!, i); if (c === undefined) return; o[c] = operandValue(r!, i); if (d === undefined) return; o[d] = operandValue(s!, i); if (e === undefined) return; o[e] = operandValue(t!, i); if (f === undefined) return; o[f] = operandValue(u!, i); if (g === undefined) return; o[g] = operandValue(v!, i); if (h === undefined) return; o[h] = operandValue(w!, i) } catch { x(o, i) } },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w], x) => (o, i) => { try { o[a!] = operandValue(p!, i); if (b === undefined) return; o[b] = operandValue(q!, i); if (c === undefined) return; o[c] = operandValue(r!, i); if (d === undefined) return; o[d] = operandValue(s!, i); if (e === undefined) return; o[e] = operandValue(t!, i); if (f === undefined) return; o[f] = operandValue(u!, i); if (g === undefined) return; o[g] = operandValue(v!, i); if (h === undefined) return; o[h] = operandValue(w!, i) } catch { x(o, i) } },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w], x) => (o, i) => { try { o[a!] = operandValue(p!, i); if (b === undefined) return; o[b] = operandValue(q!, i); if (c === undefined) return; o[c] = operandValue(r!, i); if (d === undefined) return; o[d] = operandValue(s!, i); if (e === undefined) return; o[e] = operandValue(t!, i); if (f === undefined) return; o[f] = operandValue(u!, i); if (g === undefined) return; o[g] = operandValue(v!, i); if (h === undefined) return; o[h] = operandValue(w!, i) } catch { x(o, i) } },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w], x) => (o, i) => { try { o[a!] = operandValue(p!, i); if (b === undefined) return; o[b] = operandValue(q!, i); if (c === undefined) return; o[c] = operandValue(r!, i); if (d === undefined) return; o[d] = operandValue(s!, i); if (e === undefined) return; o[e] = operandValue(t!, i); if (f === undefined) return; o[f] = operandValue(u!, i); if (g === undefined) return; o[g] = operandValue(v!, i); if (h === undefined) return; o[h] = operandValue(w!, i) } catch { x(o, i) } },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w], x) => (o, i) => { try { o[a!] = operandValue(p!, i); if (b === undefined) return; o[b] = operandValue(q!, i); if (c === undefined) return; o[c] = operandValue(r!, i); if (d === undefined) return; o[d] = operandValue(s!, i); if (e === undefined) return; o[e] = operandValue(t!, i); if (f === undefined) return; o[f] = operandValue(u!, i); if (g === undefined) return; o[g] = operandValue(v!, i); if (h === undefined) return; o[h] = operandValue(w!, i) } catch { x(o, i) } },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w], x) => (o, i) => { try { o[a!] = operandValue(p!, i); if (b === undefined) return; o[b] = operandValue(q!, i); if (c === undefined) return; o[c] = operandValue(r!, i); if (d === undefined) return; o[d] = operandValue(s!, i); if (e === undefined) return; o[e] = operandValue(t!, i); if (f === undefined) return; o[f] = operandValue(u!, i); if (g === undefined) return; o[g] = operandValue(v!, i); if (h === undefined) return; o[h] = operandValue(w!, i) } catch { x(o, i) } },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w], x) => (o, i) => { try { o[a!] = operandValue(p!, i); if (b === undefined) return; o[b] = operandValue(q!, i); if (c === undefined) return; o[c] = operandValue(r!, i); if (d === undefined) return; o[d] = operandValue(s!, i); if (e === undefined) return; o[e] = operandValue(t!, i); if (f === undefined) return; o[f] = operandValue(u!, i); if (g === undefined) return; o[g] = operandValue(v!, i); if (h === undefined) return; o[h] = operandValue(w!, i) } catch { x(o, i) } },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w], x) => (o, i) => { try { o[a!] = operandValue(p!, i); if (b === undefined) return; o[b] = operandValue(q!, i); if (c === undefined) return; o[c] = operandValue(r!, i); if (d === undefined) return; o[d] = operandValue(s!, i); if (e === undefined) return; o[e] = operandValue(t!, i); if (f === undefined) return; o[f] = operandValue(u!, i); if (g === undefined) return; o[g] = operandValue(v!, i); if (h === undefined) return; o[h] = operandValue(w!, i) } catch { x(o, i) } },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w], x) => (o, i) => { try { o[a!] = operandValue(p!, i); if (b === undefined) return; o[b] = operandValue(q!, i); if (c === undefined) return; o[c] = operandValue(r!, i); if (d === undefined) return; o[d] = operandValue(s!, i); if (e === undefined) return; o[e] = operandValue(t!, i); if (f === undefined) return; o[f] = operandValue(u!, i); if (g === undefined) return; o[g] = operandValue(v!, i); if (h === undefined) return; o[h] = operandValue(w!, i) } catch { x(o, i) } },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w], x) => (o, i) => { try { o[a!] = operandValue(p!, i); if (b === undefined) return; o[b] = operandValue(q!, i); if (c === undefined) return; o[c] = operandValue(r!, i); if (d === undefined) return; o[d] = operandValue(s!, i); if (e === undefined) return; o[e] = operandValue(t!, i); if (f === undefined) return; o[f] = operandValue(u!, i); if (g === undefined) return; o[g] = operandValue(v!, i); if (h === undefined) return; o[h] = operandValue(w!, i) } catch { x(o, i) } },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w], x) => (o, i) => { try { o[a!] = operandValue(p!, i); if (b === undefined) return; o[b] = operandValue(q!, i); if (c === undefined) return; o[c] = operandValue(r!, i); if (d === undefined) return; o[d] = operandValue(s!, i); if (e === undefined) return; o[e] = operandValue(t!, i); if (f === undefined) return; o[f] = operandValue(u!, i); if (g === undefined) return; o[g] = operandValue(v!, i); if (h === undefined) return; o[h] = operandValue(w!, i) } catch { x(o, i) } },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w], x) => (o, i) => { try { o[a!] = operandValue(p!, i); if (b === undefined) return; o[b] = operandValue(q!, i); if (c === undefined) return; o[c] = operandValue(r!, i); if (d === undefined) return; o[d] = operandValue(s!, i); if (e === undefined) return; o[e] = operandValue(t!, i); if (f === undefined) return; o[f] = operandValue(u!, i); if (g === undefined) return; o[g] = operandValue(v!, i); if (h === undefined) return; o[h] = operandValue(w!, i) } catch { x(o, i) } },
]

let nextRead = 0
let nextStore = 0

/** Makes a group at sites that other plans use as rarely as possible. At most {@link GROUP} names. */
export const makeReadGroup: MakeReadGroup = (names, take) =>
  readGroups[nextRead++ % readGroups.length]!(names, take)

/** As {@link makeReadGroup}, for stores. */
export const makeStoreGroup: MakeStoreGroup = (names, roots, other) =>
  storeGroups[nextStore++ % storeGroups.length]!(names, roots, other)

/** A new empty object with room for properties inside it. */
export type MakeRow = new (reserve: boolean) => Record<string, unknown>

/**
 * Makes a constructor of empty plain objects. V8 reserves room inside an object for as many properties as its
 * constructor's text assigns, and gives back what the first objects leave unused; `{}` would keep most
 * properties of a row outside, and turn into a dictionary after a dozen.
 */
export const makeRowConstructor = (): MakeRow => {
  function Row(this: Record<string, unknown>, reserve: boolean): void {
    if (!reserve) return
    // Never run; the parser counts the assignments.
    this.p0 = this.p1 = this.p2 = this.p3 = this.p4 = this.p5 = this.p6 = this.p7 = 0
    this.p8 = this.p9 = this.p10 = this.p11 = this.p12 = this.p13 = this.p14 = this.p15 = 0
    this.p16 = this.p17 = this.p18 = this.p19 = this.p20 = this.p21 = this.p22 = this.p23 = 0
    this.p24 = this.p25 = this.p26 = this.p27 = this.p28 = this.p29 = this.p30 = this.p31 = 0
    this.p32 = this.p33 = this.p34 = this.p35 = this.p36 = this.p37 = this.p38 = this.p39 = 0
    this.p40 = this.p41 = this.p42 = this.p43 = this.p44 = this.p45 = this.p46 = this.p47 = 0
  }
  Row.prototype = Object.prototype
  return Row as unknown as MakeRow
}
