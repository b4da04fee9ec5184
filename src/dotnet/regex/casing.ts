import { CharacterSet } from './character-set.js'

/**
 * The invariant lower case of one UTF-16 unit. Mappings to several units do not count, so that
 * U+0130 has none, as in the invariant culture.
 */
export const lowerUnit = (code: number): number => {
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? code + 32 : code
  if (code >= 0xd800 && code <= 0xdfff) return code
  const lower = String.fromCharCode(code).toLowerCase()
  return lower.length === 1 ? lower.charCodeAt(0) : code
}

/** Lower-case unit → all units with this lower case, including itself; only where there are several. */
let equivalents: Map<number, number[]> | undefined
const table = (): Map<number, number[]> => {
  if (equivalents === undefined) {
    equivalents = new Map()
    for (let code = 0; code <= 0xffff; code++) {
      const lower = lowerUnit(code)
      if (lower === code) continue
      const row = equivalents.get(lower)
      if (row === undefined) equivalents.set(lower, [lower, code])
      else row.push(code)
    }
  }
  return equivalents
}

/**
 * All units that IgnoreCase treats as equal to this one, including itself: those with the same lower case.
 */
export const caseEquivalents = (code: number): readonly number[] => table().get(lowerUnit(code)) ?? [code]

/** The set with every unit's case equivalents. */
export const closeOverCase = (set: CharacterSet): CharacterSet => {
  const added: number[] = []
  for (const row of table().values()) {
    if (row.some((code) => set.has(code))) for (const code of row) added.push(code, code)
  }
  return added.length === 0 ? set : CharacterSet.of([...set.ranges, ...added])
}
