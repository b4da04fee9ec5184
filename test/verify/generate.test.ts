import { expect, it } from 'vitest'
import { mapObject } from '../../src/mapping/index.js'
import { generateObjects } from '../../src/verify/index.js'
import { compiledFrom, mapping, scimSchema } from '../mapping/schemas.js'

it('generates objects that have a value for each attribute that the target requires', () => {
  const compiled = compiledFrom(
    scimSchema(
      [
        mapping('userName', '[userPrincipalName]', { matchingPriority: 1 }),
        mapping('name.familyName', '[surname]'),
        mapping('title', 'Trim([jobTitle])'),
      ],
      { target: ['userName', 'name.familyName', 'title'].map((name) => ({ name, required: true })) },
    ),
  )
  const reasons = [...generateObjects(compiled, { count: 300, seed: 1 })].map(
    (object) => mapObject(compiled, object).reason,
  )
  expect(reasons.filter((reason) => reason === 'MissingValues').length).toBeLessThan(12)
})
