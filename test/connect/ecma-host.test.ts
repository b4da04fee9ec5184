import { randomUUID } from 'node:crypto'
import { Client } from 'ldapts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { done } from '../../src/connect/answer.js'
import { LdapTarget } from '../../src/connect/index.js'
import { SqlTarget } from '../../src/connect/sql/sql-target.js'
import { compileMapping } from '../../src/mapping/index.js'
import { runCycle } from '../../src/provision/cycle.js'
import { MemoryStore } from '../../src/state/index.js'
import { serversRequired } from '../support/server.js'
import type { Directory } from './directory.js'
import { slapdPath, startSlapd } from './slapd.js'

const urn = (name: string): string => `urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User:${name}`
const base = 'dc=example,dc=org'

/** Entra's tutorial for OpenLDAP: the name, the password, and the mapping of its template to PLACEHOLDER. */
const mappingBy = (matching: string) =>
  compileMapping({
    synchronizationRules: [
      {
        sourceDirectoryName: 'HR',
        targetDirectoryName: 'OpenLDAP',
        objectMappings: [
          {
            sourceObjectName: 'User',
            targetObjectName: 'User',
            attributeMappings: [
              [urn('-dn-'), `Join("", "uid=", [uid], ",ou=people,${base}")`],
              [urn('uid'), '[uid]'],
              [urn('cn'), '[uid]'],
              [urn('sn'), '[uid]'],
              [urn('export_password'), 'Redact([secret])'],
              ['PLACEHOLDER', '[uid]'],
            ].map(([target = '', expression = '']) => ({
              targetAttributeName: target,
              matchingPriority: target === matching ? 1 : 0,
              flowType: target === urn('export_password') ? 'ObjectAddOnly' : 'Always',
              source: { type: 'Function', name: 'x', expression, parameters: [] },
            })),
          },
        ],
      },
    ],
  })

describe.skipIf(slapdPath === undefined && !serversRequired)('the conventions of the connector host', () => {
  let slapd: Directory
  beforeAll(async () => {
    slapd = await startSlapd()
  }, 30_000)
  afterAll(() => slapd.stop())

  const cycle = async (matching: string, store = new MemoryStore()) => {
    const { url, bindDn, password } = slapd
    const compiled = mappingBy(matching)
    const target = new LdapTarget({ url, bindDn, password, base, mappings: new Map([['User', compiled]]) })
    const report = await runCycle(
      { mappings: [{ key: 'User->User', compiled }] },
      {
        store,
        source: {
          name: 'HR',
          reads: 'everything',
          missing: 'hardDeleted',
          probe: async () => done(undefined),
          read: async function* () {
            yield { changes: [{ type: 'changed', id: '1', record: { uid: 'ada', secret: 'hunter2' } }] }
          },
          get: async () => done({}),
          close: async () => {},
        },
        target,
        now: Date.now,
        sleep: async () => {},
        uuid: randomUUID,
      },
    )
    await target.close()
    const { rows } = await store.transaction((tx) => tx.scan('log', {}))
    return { report, log: JSON.stringify(rows) }
  }

  it('creates nothing while the matching attribute is PLACEHOLDER, and says so', async () => {
    const { report, log } = await cycle('PLACEHOLDER')
    expect(report.counters).toMatchObject({ create: 0, failure: 1 })
    expect(log).toContain('the matching attribute is still PLACEHOLDER')
  })

  it('writes the initial password after the entry, so that its owner can sign in', async () => {
    const store = new MemoryStore()
    const { report, log } = await cycle(urn('uid'), store)
    expect(report.counters).toMatchObject({ create: 1, failure: 0 })
    expect(log).not.toContain('hunter2')
    const client = new Client({ url: slapd.url })
    await client.bind(`uid=ada,ou=people,${base}`, 'hunter2')
    await client.unbind()
    const again = await cycle(urn('uid'), store)
    expect(again.report.counters).toMatchObject({ create: 0, update: 0, failure: 0 })
  })
})

describe('PLACEHOLDER in a database', () => {
  it('is refused as the matching attribute', async () => {
    const tables = { User: { table: 'person', anchor: 'id' } }
    const target = new SqlTarget({ address: 'sqlite::memory:', tables, mappings: new Map() })
    expect(await target.find('User', { attribute: 'PLACEHOLDER', value: 'x' })).toMatchObject({
      outcome: 'refused',
      code: 'SchemaAttributeNotFound',
    })
    expect(await target.probe('User', { attribute: urn('PLACEHOLDER'), value: 'x' })).toMatchObject({
      outcome: 'done',
    })
    await target.close()
  })
})
