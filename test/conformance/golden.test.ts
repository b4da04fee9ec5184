import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { KNOWN_DISAGREEMENTS as dateDisagreements } from '../dotnet/dates/vectors.js'
import { KNOWN_DISAGREEMENTS as regexDisagreements } from '../dotnet/regex/vectors.js'
import { isBinding } from '../golden/binding.js'
import { where } from '../support/where.js'
import { compareVector, type GoldenVector } from './golden-expressions.js'

/** Vectors on which expressions knowingly differ from .NET, with the reason; the run fails when one agrees. */
const disagreements: ReadonlyMap<string, string> = new Map([...dateDisagreements, ...regexDisagreements])

/** A filter never tells whether "" matches: its policy on null decides. */
const decidable = (vector: GoldenVector): boolean =>
  isBinding(vector) && !(vector.op === 'regexMatch' && vector.input.source === '')

const roots = [
  { name: 'excerpt', folder: new URL('../fixtures/golden/', import.meta.url), least: 50 },
  { name: 'shared material', folder: new URL('../../../shared/golden/', import.meta.url), least: 500 },
]

for (const { name, folder, least } of roots) {
  const present = existsSync(folder)
  const files = present ? readdirSync(folder).filter((file) => file.endsWith('.json')) : []
  where(present, describe)(`golden vectors through expressions: ${name}`, () => {
    it('are there', () => expect(files.length).toBeGreaterThanOrEqual(8))

    it.each(files)('%s', (file) => {
      const all = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as GoldenVector[]
      const vectors = all.filter(decidable)
      expect(vectors.length).toBeGreaterThan(least)
      const wrong: unknown[] = []
      const listed: string[] = []
      for (const vector of vectors) {
        const { got, wanted } = compareVector(vector)
        const known = disagreements.has(vector.id)
        if (known) listed.push(vector.id)
        if (got !== wanted && !known) wrong.push({ ...vector, got, wanted })
        if (got === wanted && known) wrong.push(`${vector.id} agrees now; remove it from the list`)
      }
      expect(wrong.slice(0, 20), `${wrong.length} of ${vectors.length}`).toEqual([])
      expect(listed.length / vectors.length).toBeLessThan(0.005)
    })
  })
}
