/**
 * Property accesses, one site of the program text for each. V8 keeps what it has learnt about the shapes of
 * objects at the site; were all attributes read by one piece of code, that one site would see every name and
 * learn nothing. Plans take sites in turn. The lines are the same on purpose.
 */

type Read = (object: Readonly<Record<string, unknown>>, name: string) => unknown
type Store = (object: Record<string, unknown>, name: string, value: unknown) => void

// biome-ignore format: a table
const reads: readonly Read[] = [
  (o, n) => o[n], (o, n) => o[n], (o, n) => o[n], (o, n) => o[n],
  (o, n) => o[n], (o, n) => o[n], (o, n) => o[n], (o, n) => o[n],
  (o, n) => o[n], (o, n) => o[n], (o, n) => o[n], (o, n) => o[n],
  (o, n) => o[n], (o, n) => o[n], (o, n) => o[n], (o, n) => o[n],
  (o, n) => o[n], (o, n) => o[n], (o, n) => o[n], (o, n) => o[n],
  (o, n) => o[n], (o, n) => o[n], (o, n) => o[n], (o, n) => o[n],
  (o, n) => o[n], (o, n) => o[n], (o, n) => o[n], (o, n) => o[n],
  (o, n) => o[n], (o, n) => o[n], (o, n) => o[n], (o, n) => o[n],
  (o, n) => o[n], (o, n) => o[n], (o, n) => o[n], (o, n) => o[n],
  (o, n) => o[n], (o, n) => o[n], (o, n) => o[n], (o, n) => o[n],
  (o, n) => o[n], (o, n) => o[n], (o, n) => o[n], (o, n) => o[n],
  (o, n) => o[n], (o, n) => o[n], (o, n) => o[n], (o, n) => o[n],
  (o, n) => o[n], (o, n) => o[n], (o, n) => o[n], (o, n) => o[n],
  (o, n) => o[n], (o, n) => o[n], (o, n) => o[n], (o, n) => o[n],
  (o, n) => o[n], (o, n) => o[n], (o, n) => o[n], (o, n) => o[n],
  (o, n) => o[n], (o, n) => o[n], (o, n) => o[n], (o, n) => o[n],
]

// biome-ignore format: a table
const stores: readonly Store[] = [
  (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v },
  (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v },
  (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v },
  (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v },
  (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v },
  (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v },
  (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v },
  (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v },
  (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v },
  (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v },
  (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v },
  (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v },
  (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v },
  (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v },
  (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v },
  (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v }, (o, n, v) => { o[n] = v },
]

let nextRead = 0
let nextStore = 0

/** A site to read one property at, which other plans use as rarely as possible. */
export const takeRead = (): Read => reads[nextRead++ % reads.length]!

/** A site to store one property at. */
export const takeStore = (): Store => stores[nextStore++ % stores.length]!
