/**
 * Property accesses, a site of the program text for each. V8 keeps what it has learnt about shapes, names and callees
 * at the site; were all attributes read by one piece of code, that one site would see everything and learn
 * nothing. So there are groups of eight accesses, and plans take groups in turn. The groups are the same to the
 * letter on purpose.
 */

type Source = Readonly<Record<string, unknown>>
type Take = (value: unknown) => unknown
/** Reads up to eight properties into a list, from a position on. */
export type ReadGroup = (object: Source, values: unknown[], at: number) => void
type MakeReadGroup = (names: readonly string[], take: Take) => ReadGroup
/** Evaluates up to eight roots and stores their results. */
export type StoreGroup<Input> = (row: Record<string, unknown>, input: Input) => void
type MakeStoreGroup = <Input>(
  names: readonly string[],
  roots: readonly ((input: Input) => unknown)[],
) => StoreGroup<Input>

/** How many accesses a group has. */
export const GROUP = 8

// biome-ignore format: a table
const readGroups: readonly MakeReadGroup[] = [
  ([a, b, c, d, e, f, g, h], t) => (o, v, i) => { v[i] = t(o[a!]); if (b === undefined) return; v[i + 1] = t(o[b]); if (c === undefined) return; v[i + 2] = t(o[c]); if (d === undefined) return; v[i + 3] = t(o[d]); if (e === undefined) return; v[i + 4] = t(o[e]); if (f === undefined) return; v[i + 5] = t(o[f]); if (g === undefined) return; v[i + 6] = t(o[g]); if (h === undefined) return; v[i + 7] = t(o[h]) },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i) => { v[i] = t(o[a!]); if (b === undefined) return; v[i + 1] = t(o[b]); if (c === undefined) return; v[i + 2] = t(o[c]); if (d === undefined) return; v[i + 3] = t(o[d]); if (e === undefined) return; v[i + 4] = t(o[e]); if (f === undefined) return; v[i + 5] = t(o[f]); if (g === undefined) return; v[i + 6] = t(o[g]); if (h === undefined) return; v[i + 7] = t(o[h]) },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i) => { v[i] = t(o[a!]); if (b === undefined) return; v[i + 1] = t(o[b]); if (c === undefined) return; v[i + 2] = t(o[c]); if (d === undefined) return; v[i + 3] = t(o[d]); if (e === undefined) return; v[i + 4] = t(o[e]); if (f === undefined) return; v[i + 5] = t(o[f]); if (g === undefined) return; v[i + 6] = t(o[g]); if (h === undefined) return; v[i + 7] = t(o[h]) },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i) => { v[i] = t(o[a!]); if (b === undefined) return; v[i + 1] = t(o[b]); if (c === undefined) return; v[i + 2] = t(o[c]); if (d === undefined) return; v[i + 3] = t(o[d]); if (e === undefined) return; v[i + 4] = t(o[e]); if (f === undefined) return; v[i + 5] = t(o[f]); if (g === undefined) return; v[i + 6] = t(o[g]); if (h === undefined) return; v[i + 7] = t(o[h]) },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i) => { v[i] = t(o[a!]); if (b === undefined) return; v[i + 1] = t(o[b]); if (c === undefined) return; v[i + 2] = t(o[c]); if (d === undefined) return; v[i + 3] = t(o[d]); if (e === undefined) return; v[i + 4] = t(o[e]); if (f === undefined) return; v[i + 5] = t(o[f]); if (g === undefined) return; v[i + 6] = t(o[g]); if (h === undefined) return; v[i + 7] = t(o[h]) },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i) => { v[i] = t(o[a!]); if (b === undefined) return; v[i + 1] = t(o[b]); if (c === undefined) return; v[i + 2] = t(o[c]); if (d === undefined) return; v[i + 3] = t(o[d]); if (e === undefined) return; v[i + 4] = t(o[e]); if (f === undefined) return; v[i + 5] = t(o[f]); if (g === undefined) return; v[i + 6] = t(o[g]); if (h === undefined) return; v[i + 7] = t(o[h]) },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i) => { v[i] = t(o[a!]); if (b === undefined) return; v[i + 1] = t(o[b]); if (c === undefined) return; v[i + 2] = t(o[c]); if (d === undefined) return; v[i + 3] = t(o[d]); if (e === undefined) return; v[i + 4] = t(o[e]); if (f === undefined) return; v[i + 5] = t(o[f]); if (g === undefined) return; v[i + 6] = t(o[g]); if (h === undefined) return; v[i + 7] = t(o[h]) },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i) => { v[i] = t(o[a!]); if (b === undefined) return; v[i + 1] = t(o[b]); if (c === undefined) return; v[i + 2] = t(o[c]); if (d === undefined) return; v[i + 3] = t(o[d]); if (e === undefined) return; v[i + 4] = t(o[e]); if (f === undefined) return; v[i + 5] = t(o[f]); if (g === undefined) return; v[i + 6] = t(o[g]); if (h === undefined) return; v[i + 7] = t(o[h]) },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i) => { v[i] = t(o[a!]); if (b === undefined) return; v[i + 1] = t(o[b]); if (c === undefined) return; v[i + 2] = t(o[c]); if (d === undefined) return; v[i + 3] = t(o[d]); if (e === undefined) return; v[i + 4] = t(o[e]); if (f === undefined) return; v[i + 5] = t(o[f]); if (g === undefined) return; v[i + 6] = t(o[g]); if (h === undefined) return; v[i + 7] = t(o[h]) },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i) => { v[i] = t(o[a!]); if (b === undefined) return; v[i + 1] = t(o[b]); if (c === undefined) return; v[i + 2] = t(o[c]); if (d === undefined) return; v[i + 3] = t(o[d]); if (e === undefined) return; v[i + 4] = t(o[e]); if (f === undefined) return; v[i + 5] = t(o[f]); if (g === undefined) return; v[i + 6] = t(o[g]); if (h === undefined) return; v[i + 7] = t(o[h]) },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i) => { v[i] = t(o[a!]); if (b === undefined) return; v[i + 1] = t(o[b]); if (c === undefined) return; v[i + 2] = t(o[c]); if (d === undefined) return; v[i + 3] = t(o[d]); if (e === undefined) return; v[i + 4] = t(o[e]); if (f === undefined) return; v[i + 5] = t(o[f]); if (g === undefined) return; v[i + 6] = t(o[g]); if (h === undefined) return; v[i + 7] = t(o[h]) },
  ([a, b, c, d, e, f, g, h], t) => (o, v, i) => { v[i] = t(o[a!]); if (b === undefined) return; v[i + 1] = t(o[b]); if (c === undefined) return; v[i + 2] = t(o[c]); if (d === undefined) return; v[i + 3] = t(o[d]); if (e === undefined) return; v[i + 4] = t(o[e]); if (f === undefined) return; v[i + 5] = t(o[f]); if (g === undefined) return; v[i + 6] = t(o[g]); if (h === undefined) return; v[i + 7] = t(o[h]) },
]

// biome-ignore format: a table
const storeGroups: readonly MakeStoreGroup[] = [
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w]) => (o, i) => { o[a!] = p!(i); if (b === undefined) return; o[b] = q!(i); if (c === undefined) return; o[c] = r!(i); if (d === undefined) return; o[d] = s!(i); if (e === undefined) return; o[e] = t!(i); if (f === undefined) return; o[f] = u!(i); if (g === undefined) return; o[g] = v!(i); if (h === undefined) return; o[h] = w!(i) },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w]) => (o, i) => { o[a!] = p!(i); if (b === undefined) return; o[b] = q!(i); if (c === undefined) return; o[c] = r!(i); if (d === undefined) return; o[d] = s!(i); if (e === undefined) return; o[e] = t!(i); if (f === undefined) return; o[f] = u!(i); if (g === undefined) return; o[g] = v!(i); if (h === undefined) return; o[h] = w!(i) },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w]) => (o, i) => { o[a!] = p!(i); if (b === undefined) return; o[b] = q!(i); if (c === undefined) return; o[c] = r!(i); if (d === undefined) return; o[d] = s!(i); if (e === undefined) return; o[e] = t!(i); if (f === undefined) return; o[f] = u!(i); if (g === undefined) return; o[g] = v!(i); if (h === undefined) return; o[h] = w!(i) },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w]) => (o, i) => { o[a!] = p!(i); if (b === undefined) return; o[b] = q!(i); if (c === undefined) return; o[c] = r!(i); if (d === undefined) return; o[d] = s!(i); if (e === undefined) return; o[e] = t!(i); if (f === undefined) return; o[f] = u!(i); if (g === undefined) return; o[g] = v!(i); if (h === undefined) return; o[h] = w!(i) },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w]) => (o, i) => { o[a!] = p!(i); if (b === undefined) return; o[b] = q!(i); if (c === undefined) return; o[c] = r!(i); if (d === undefined) return; o[d] = s!(i); if (e === undefined) return; o[e] = t!(i); if (f === undefined) return; o[f] = u!(i); if (g === undefined) return; o[g] = v!(i); if (h === undefined) return; o[h] = w!(i) },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w]) => (o, i) => { o[a!] = p!(i); if (b === undefined) return; o[b] = q!(i); if (c === undefined) return; o[c] = r!(i); if (d === undefined) return; o[d] = s!(i); if (e === undefined) return; o[e] = t!(i); if (f === undefined) return; o[f] = u!(i); if (g === undefined) return; o[g] = v!(i); if (h === undefined) return; o[h] = w!(i) },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w]) => (o, i) => { o[a!] = p!(i); if (b === undefined) return; o[b] = q!(i); if (c === undefined) return; o[c] = r!(i); if (d === undefined) return; o[d] = s!(i); if (e === undefined) return; o[e] = t!(i); if (f === undefined) return; o[f] = u!(i); if (g === undefined) return; o[g] = v!(i); if (h === undefined) return; o[h] = w!(i) },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w]) => (o, i) => { o[a!] = p!(i); if (b === undefined) return; o[b] = q!(i); if (c === undefined) return; o[c] = r!(i); if (d === undefined) return; o[d] = s!(i); if (e === undefined) return; o[e] = t!(i); if (f === undefined) return; o[f] = u!(i); if (g === undefined) return; o[g] = v!(i); if (h === undefined) return; o[h] = w!(i) },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w]) => (o, i) => { o[a!] = p!(i); if (b === undefined) return; o[b] = q!(i); if (c === undefined) return; o[c] = r!(i); if (d === undefined) return; o[d] = s!(i); if (e === undefined) return; o[e] = t!(i); if (f === undefined) return; o[f] = u!(i); if (g === undefined) return; o[g] = v!(i); if (h === undefined) return; o[h] = w!(i) },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w]) => (o, i) => { o[a!] = p!(i); if (b === undefined) return; o[b] = q!(i); if (c === undefined) return; o[c] = r!(i); if (d === undefined) return; o[d] = s!(i); if (e === undefined) return; o[e] = t!(i); if (f === undefined) return; o[f] = u!(i); if (g === undefined) return; o[g] = v!(i); if (h === undefined) return; o[h] = w!(i) },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w]) => (o, i) => { o[a!] = p!(i); if (b === undefined) return; o[b] = q!(i); if (c === undefined) return; o[c] = r!(i); if (d === undefined) return; o[d] = s!(i); if (e === undefined) return; o[e] = t!(i); if (f === undefined) return; o[f] = u!(i); if (g === undefined) return; o[g] = v!(i); if (h === undefined) return; o[h] = w!(i) },
  ([a, b, c, d, e, f, g, h], [p, q, r, s, t, u, v, w]) => (o, i) => { o[a!] = p!(i); if (b === undefined) return; o[b] = q!(i); if (c === undefined) return; o[c] = r!(i); if (d === undefined) return; o[d] = s!(i); if (e === undefined) return; o[e] = t!(i); if (f === undefined) return; o[f] = u!(i); if (g === undefined) return; o[g] = v!(i); if (h === undefined) return; o[h] = w!(i) },
]

let nextRead = 0
let nextStore = 0

/** Makes a group at sites that other plans use as rarely as possible. At most {@link GROUP} names. */
export const makeReadGroup: MakeReadGroup = (names, take) =>
  readGroups[nextRead++ % readGroups.length]!(names, take)

/** As {@link makeReadGroup}, for stores. */
export const makeStoreGroup: MakeStoreGroup = (names, roots) =>
  storeGroups[nextStore++ % storeGroups.length]!(names, roots)

/**
 * The same name as an internalised string, as property names in program text are. With any other string V8 looks
 * the property up by its characters, every time.
 */
export const internalised = (name: string): string => {
  // Without a prototype it is a dictionary; any other object would get a shape of its own for every name.
  const holder: Record<string, number> = Object.create(null)
  holder[name] = 0
  return Object.keys(holder)[0]!
}

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
