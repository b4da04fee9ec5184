import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ScimTarget } from '../../src/connect/scim/scim-target.js'
import { runCycle } from '../../src/provision/cycle.js'
import { planCycle } from '../../src/provision/plan.js'
import { MemoryStore } from '../../src/state/index.js'
import { listing, type Record_ } from './job-run.js'
import { matchedMapping } from './matched-mapping.js'
import { ScimServer } from './scim-server.js'

const FLOOR = 'urn:ietf:params:scim:schemas:extension:Contoso:2.0:User:floor'

const users = matchedMapping(
  'User',
  [
    { target: 'userName', expression: '[upn]' },
    { target: 'displayName', expression: '[name]' },
    { target: FLOOR, expression: '[floor]' },
  ],
  { types: [{ name: FLOOR, type: 'Integer' }] },
)
const server = new ScimServer()
let url = ''
beforeEach(async () => {
  url = await server.start()
})
afterEach(() => server.stop())

const world = (people: readonly Record_[], store = new MemoryStore()) => ({
  store,
  source: listing(people),
  target: new ScimTarget({ url, mappings: new Map([['User', users]]) }),
  now: Date.now,
  sleep: async () => undefined,
  uuid: randomUUID,
})
const job = { mappings: [{ key: 'User->User', compiled: users }] }
const ada = { id: '1', upn: 'ada@x', name: 'Ada', floor: 'ex' }
const writes = (): number => server.received.filter(({ method }) => method !== 'GET').length

it('a value that does not fit the type of its attribute is not sent, and never counts as written', async () => {
  const first = world([ada])
  await runCycle(job, first)
  expect([...server.resources.Users.values()]).toMatchObject([{ userName: 'ada@x', displayName: 'Ada' }])
  const { rows } = await first.store.transaction((tx) => tx.scan('log'))
  expect(rows).toMatchObject([
    {
      action: 'create',
      status: 'warning',
      summary: {
        provisioningStatusInfo: {
          errorInformation: { reason: `not sent: ${FLOOR} takes Integer, not "ex".` },
        },
      },
    },
  ])
  expect(JSON.stringify(rows[0]!.summary)).not.toContain('"newValue":"ex"')
  const sent = writes()
  // Without a memory of the first run, the next one must not plan or send it again either.
  const plan = await planCycle(job, world([ada]))
  expect(plan).toMatchObject({ changes: [], problems: [{ sourceId: '1', status: 'warning' }] })
  await runCycle(job, world([ada]))
  await runCycle(job, { ...world([{ ...ada, name: 'Ada L.' }]), store: first.store })
  expect(writes()).toBe(sent + 1)
  await runCycle(job, { ...world([{ ...ada, floor: '7' }]), store: first.store })
  expect(server.resources.Users.get('t1')).toMatchObject({ [FLOOR.replace(/:floor$/, '')]: { floor: 7 } })
})
