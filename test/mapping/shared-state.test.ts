import { expect, it } from 'vitest'
import { flowingValues, mapObject } from '../../src/mapping/index.js'
import { compiledFrom, mapping, scimSchema } from './schemas.js'

it('computes anew what the searches computed, once an object is disabled', () => {
  const shared = 'ToUpper([IsSoftDeleted], )'
  const scope = {
    groups: [
      {
        name: 'Sales',
        clauses: [
          {
            sourceOperandName: 'department',
            operatorName: 'EQUALS',
            targetOperand: { values: ['Sales'] },
          },
        ],
      },
    ],
  }
  const attributes = [
    mapping('userName', `Join("-", [login], ${shared})`, { matchingPriority: 1 }),
    mapping('title', `Append(${shared}, "")`),
    mapping('nickName', `Append(${shared}, "!")`),
    // One that stays as it is on updates has the mapping evaluated root by root.
    mapping('displayName', '[login]', { flowType: 'ObjectAddOnly' }),
  ]
  const compiled = compiledFrom(scimSchema(attributes, { mapping: { scope } }))
  expect(compiled.plan.unit.shared).not.toEqual([])
  const record = { login: 'ada', department: 'Support' }
  const linked = new Map([['userName', 'ada-FALSE']])
  const mapped = mapObject(compiled, record, { linked })
  expect(mapped.outcome).toBe('disable')
  expect(mapped.matchKeys[0]!.value).toBe('ada-FALSE')
  expect(Object.fromEntries(flowingValues(mapped))).toMatchObject({ title: 'TRUE', nickName: 'TRUE!' })
})
