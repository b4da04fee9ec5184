import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { answer, KNOWN_DISAGREEMENTS, type RegexVector } from '../dotnet/regex/vectors.js'
import { isBinding } from './binding.js'

const folder = new URL('../../../shared/golden/', import.meta.url)

const load = (file: string): RegexVector[] =>
  JSON.parse(readFileSync(new URL(file, folder), 'utf8')).filter(isBinding)

describe.skipIf(!existsSync(folder))('golden regular expressions', () => {
  for (const engine of ['any', 'matcher'] as const) {
    it(`agree on ${engine === 'any' ? 'the translation' : 'the matcher alone'}`, () => {
      const listed = new Set(KNOWN_DISAGREEMENTS.keys())
      const unexpected: unknown[] = []
      const nowAgreeing: string[] = []
      for (const file of ['regex_match.json', 'regex_replace.json']) {
        const vectors = load(file)
        expect(vectors.length).toBeGreaterThan(1000)
        expect(vectors.filter(({ id }) => listed.has(id)).length / vectors.length).toBeLessThan(0.005)
        for (const vector of vectors) {
          const { agrees, refused, got } = answer(vector, engine)
          if (listed.has(vector.id) ? !refused : !agrees) unexpected.push({ ...vector, got })
          if (agrees && listed.has(vector.id)) nowAgreeing.push(vector.id)
          listed.delete(vector.id)
        }
      }
      expect(unexpected).toEqual([])
      expect(nowAgreeing).toEqual([])
      expect([...listed]).toEqual([])
    })
  }
})
