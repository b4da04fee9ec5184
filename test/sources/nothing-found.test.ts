import { expect, it } from 'vitest'
import { readPopulation, Shaper, type SourceEntry } from '../../src/sources/index.js'

it('lists the names of the objects when nothing but computed attributes could be found', () => {
  const shaper = new Shaper(['mobile', 'department', 'IsSoftDeleted'])
  shaper.apply({ Login: 'ada', Desk: '7' })
  expect(shaper.notes().map(({ message }) => message)).toEqual([
    'No object of the file has mobile, which the mapping reads. Its objects have Login, Desk.',
    'No object of the file has department, which the mapping reads.',
  ])
})

it('reads a SCIM list whose members have lower-case names', async () => {
  const pieces = async function* (): AsyncGenerator<string> {
    yield '{"totalresults":1,"resources":[{"userName":"ada"}]}'
  }
  const entries: SourceEntry[] = []
  for await (const group of readPopulation(pieces(), 'scim.json')) entries.push(...group)
  expect(entries.map(({ record }) => record)).toEqual([{ userName: 'ada' }])
})
