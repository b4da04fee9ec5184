import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { KNOWN_DISAGREEMENTS, outcomeOf, type Vector, wantedOf } from '../dotnet/dates/vectors.js'
import { where } from '../support/where.js'

const FILES = ['formatdatetime', 'cdate', 'dateadd', 'misc']
const DATE_OPERATIONS = new Set([
  'parseExactFormat',
  'format',
  'parse',
  'dateAdd',
  'dateDiff',
  'toFileTime',
  'fromFileTime',
])

const roots = [
  { name: 'fixture', folder: new URL('../fixtures/golden/', import.meta.url) },
  { name: 'shared material', folder: new URL('../../../shared/golden/', import.meta.url) },
]

for (const { name, folder } of roots) {
  where(existsSync(folder), describe)(`golden vectors of dates: ${name}`, () => {
    for (const file of FILES) {
      it(file, () => {
        const path = new URL(name === 'fixture' ? `dates-${file}.json` : `${file}.json`, folder)
        const vectors = (JSON.parse(readFileSync(path, 'utf8')) as Vector[]).filter((vector) =>
          DATE_OPERATIONS.has(vector.op),
        )
        expect(vectors.length).toBeGreaterThan(20)
        const failures: string[] = []
        for (const vector of vectors) {
          const passes = outcomeOf(vector) === wantedOf(vector)
          const known = KNOWN_DISAGREEMENTS.has(vector.id)
          if (passes && known) failures.push(`${vector.id} passes now: take it off the list`)
          if (!passes && !known) {
            failures.push(`${vector.id} ${JSON.stringify(vector)}\n   gave ${outcomeOf(vector)}`)
          }
        }
        expect(failures.slice(0, 20), `${failures.length} of ${vectors.length} disagree`).toEqual([])
      })
    }
  })
}
