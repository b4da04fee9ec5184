import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { answer, type RegexVector } from '../dotnet/regex/vectors.js'

const folder = new URL('../../../shared/golden/', import.meta.url)

/** Where the runtime behind the vectors is older than .NET 8, its answer does not bind. */
const SET_ASIDE = ['versionSensitive', 'unicodeVersion']

/** The vectors that disagree, by id. Each must disagree on both engines, and by refusing. */
const DISAGREEMENTS: readonly { readonly reason: string; readonly ids: readonly string[] }[] = [
  {
    reason: '(a)?(?(1)b): versions of .NET disagree on a leading conditional without an alternative; refused',
    ids: [
      'regex_match-3041e908bb80',
      'regex_match-baf32fdb760c',
      'regex_match-e0ad4cf21b79',
      'regex_match-31576efd73b0',
      'regex_replace-cfe39a9bc3db',
      'regex_replace-c06a721861f8',
      'regex_replace-d650b8ece16a',
      'regex_replace-674ecf5e2842',
      'regex_replace-291680785d91',
      'regex_replace-89442001a948',
      'regex_replace-b3ab09a69b1a',
      'regex_replace-b36424d28497',
      'regex_replace-8a501484f3cb',
      'regex_replace-5120a69d84a4',
      'regex_replace-eebe81efe658',
      'regex_replace-399035045356',
      'regex_replace-43f7b27d4d0a',
      'regex_replace-6a4b34e0d304',
      'regex_replace-35b6d2d7bb19',
      'regex_replace-5180becc950e',
      'regex_replace-6098c7ccb9e7',
      'regex_replace-32ce5d73ffdf',
      'regex_replace-58a170424476',
      'regex_replace-02a9c742eedb',
      'regex_replace-394ab26af41f',
    ],
  },
  {
    reason: 'RightToLeft cannot be set from within a pattern',
    ids: ['regex_match-6ca765f1e4be', 'regex_match-2e7d18abab3c', 'regex_match-4c772f8c71ce'],
  },
]

const load = (file: string): RegexVector[] =>
  JSON.parse(readFileSync(new URL(file, folder), 'utf8')).filter(
    (vector: RegexVector) => !vector.tags?.some((tag) => SET_ASIDE.includes(tag)),
  )

describe.skipIf(!existsSync(folder))('golden regular expressions', () => {
  for (const engine of ['any', 'matcher'] as const) {
    it(`agree on ${engine === 'any' ? 'the translation' : 'the matcher alone'}`, () => {
      const listed = new Set(DISAGREEMENTS.flatMap(({ ids }) => ids))
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
