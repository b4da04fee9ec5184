import { done, type Source, type SourceChange } from '../../src/connect/index.js'
import { compileMapping } from '../../src/mapping/index.js'

const attribute = (targetAttributeName: string, expression: string, matchingPriority = 0): object => ({
  targetAttributeName,
  matchingPriority,
  source: { type: 'Function', expression },
})

/** An object mapping for users: seven attributes, matched by userName. */
export const compiled = compileMapping({
  synchronizationRules: [
    {
      name: 'bench',
      sourceDirectoryName: 'source',
      targetDirectoryName: 'target',
      objectMappings: [
        {
          sourceObjectName: 'User',
          targetObjectName: 'User',
          attributeMappings: [
            attribute('userName', '[upn]', 1),
            attribute('displayName', 'Join(" ", [given], [family])'),
            attribute('name.givenName', '[given]'),
            attribute('name.familyName', '[family]'),
            attribute('emails[type eq "work"].value', 'ToLower([upn])'),
            attribute('title', '[title]'),
            attribute('active', 'Not([IsSoftDeleted])'),
          ],
        },
      ],
    },
  ],
} as never)

/** Users of a population, always the same. */
export const recordsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: `id-${i}`,
    upn: `user${i}@example.com`,
    given: `Given${i}`,
    family: `Family${i % 997}`,
    title: `Title ${i % 31}`,
  }))

/** A source that lists these users. */
export const sourceOf = (records: ReturnType<typeof recordsOf>): Source => ({
  name: 'records',
  reads: 'everything',
  missing: 'hardDeleted',
  probe: async () => done(undefined),
  read: async function* () {
    for (let at = 0; at < records.length; at += 500)
      yield {
        changes: records
          .slice(at, at + 500)
          .map((record): SourceChange => ({ type: 'changed', id: record.id, record })),
      }
  },
  get: async () => ({ outcome: 'gone', code: 'InvalidAnchor', reason: 'not asked' }),
  close: async () => {},
})
