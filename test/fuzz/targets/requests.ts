import assert from 'node:assert/strict'
import { discoverScim } from '../../../src/connect/discover/scim.js'
import { GraphSource, probeTarget, profileProblem, ScimTarget } from '../../../src/connect/index.js'
import { containerOf, entryDn, sameDn } from '../../../src/connect/ldap/dn.js'
import { ScimClient } from '../../../src/connect/scim/client.js'
import { createResource, flattenResource, parseScimPath, patchResource } from '../../../src/scim/index.js'
import { bulkProblem, changesOf } from '../../../src/serve/bulk-upload.js'
import { fulfils, parseLogFilter } from '../../../src/serve/log-filter.js'
import { readJson, TooDeep } from '../../../src/values/read-json.js'
import type { ObjectValue, Value } from '../../../src/values/value.js'
import { groupMapping, userMapping } from '../../provision/job-run.js'
import { arbitraryScalar } from '../../support/arbitrary-value.js'
import { mutateJson, mutateText } from '../mutate.js'
import type { Random } from '../random.js'
import type { Target } from '../target.js'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const paths: readonly string[] = [
  'userName',
  'name.givenName',
  'active',
  'emails[type eq "work"].value',
  'roles[primary eq "True"].value',
  `${enterprise}:department`,
  `${enterprise}:manager`,
  'addresses[type eq "work"].streetAddress',
  'members',
]
const pathPieces = [
  '[',
  ']',
  '.',
  ':',
  ' eq ',
  '"',
  '\\"',
  'type',
  'urn:',
  '__proto__',
  'value',
  'true',
  ' and ',
  '.$ref',
]

export const scim: Target = {
  name: 'SCIM paths and bodies',
  cases: 5_000,
  prepare: () => ({
    run(random) {
      const values = (): ReadonlyMap<string, Value> =>
        new Map(
          Array.from({ length: random.size(8) }, () => [
            random.once(2) ? random.pick(paths) : mutateText(random, random.pick(paths), pathPieces, paths),
            (random.draw(arbitraryScalar) ?? null) as Value,
          ]),
        )
      const before = values()
      const after = values()
      for (const name of after.keys())
        assert.notEqual(parseScimPath(name).path === undefined, parseScimPath(name).diagnostics.length === 0)
      const { resource } = createResource(after)
      JSON.stringify(resource)
      JSON.stringify(patchResource(before, after, { compliant: random.once(2) }).body)
      flattenResource(mutateJson(random, resource) as ObjectValue, [...before.keys(), ...after.keys()])
      assert.equal(({} as { polluted?: unknown }).polluted, undefined)
    },
  }),
}

const user = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
  id: '1',
  externalId: 'e1',
  userName: 'ada',
  name: { givenName: 'Ada', familyName: 'Berg' },
  emails: [{ type: 'work', value: 'a@example.org', primary: true }],
  active: true,
  members: [{ value: '2' }],
  [enterprise]: { department: 'R', manager: { value: '3' } },
}
const list = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: 2,
  startIndex: 1,
  itemsPerPage: 1,
  nextCursor: 'c',
  Resources: [user],
}
const scimError = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
  status: '409',
  scimType: 'uniqueness',
  detail: 'x',
}
const delta = {
  value: [
    {
      id: '1',
      displayName: 'Ada',
      'members@delta': [{ id: '2' }, { id: '3', '@removed': { reason: 'deleted' } }],
    },
    { id: '4', '@removed': { reason: 'changed' } },
  ],
  '@odata.nextLink': 'https://graph.example/v1.0/users/delta?$skiptoken=a',
  '@odata.deltaLink': 'https://graph.example/v1.0/users/delta?$deltatoken=b',
}

/** Answers of a service that makes mistakes; after so many requests it has no more to say. */
const answers = (random: Random, bodies: readonly unknown[], most = 12): typeof fetch => {
  let left = most
  return () => {
    if (left-- <= 0) return Promise.resolve(new Response('', { status: 500 }))
    if (random.once(30)) return Promise.reject(new TypeError('fetch failed'))
    const json = JSON.stringify(mutateJson(random, random.pick(bodies)))
    const text = random.once(4) ? mutateText(random, json).slice(0, 100_000) : json
    const status = random.pick([
      200, 200, 200, 200, 201, 204, 301, 400, 401, 404, 409, 410, 412, 429, 500, 503,
    ])
    const headers = random.pick<Record<string, string>>([
      { 'content-type': 'application/scim+json' },
      { 'retry-after': random.pick(['0', '-1', 'x', '99999999999', 'Wed, 21 Oct 2015 07:28:00 GMT']) },
      { location: 'https://elsewhere.example/' },
    ])
    return Promise.resolve(new Response(status === 204 ? null : text, { status, headers }))
  }
}

export const scimAnswers: Target = {
  name: 'answers of SCIM services',
  cases: 800,
  prepare() {
    const mappings = new Map([
      ['User', userMapping()],
      ['Group', groupMapping()],
    ])
    return {
      async run(random) {
        profileProblem(mutateJson(random, { version: 1, patch: { manager: 'object' }, refused: ['title'] }))
        const fetch = answers(random, [user, list, scimError, null])
        const target = new ScimTarget({ url: 'https://scim.example/v2', mappings, fetch })
        const key = { attribute: 'userName', value: 'ada' }
        const values = new Map<string, Value>([['userName', 'ada']])
        const outcomes = [
          await target.probe('User', key),
          await target.find('User', key),
          await target.read('User', '1'),
          await target.create('User', values),
          await target.update('User', '1', { before: values, values: new Map([['userName', 'bea']]) }),
          await target.remove('User', '1'),
          await target.readMembers('Group', '1', 'members'),
        ]
        let pages = 0
        for await (const page of target.list('User')) {
          outcomes.push(page)
          assert(pages++ < 20, 'a listing ends')
        }
        for (const answer of outcomes)
          if (answer.outcome !== 'done') assert.equal(typeof answer.reason, 'string')
      },
    }
  },
}

const schemaOfUsers = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  attributes: [
    { name: 'userName', type: 'string', required: true, multiValued: false, mutability: 'readWrite' },
    {
      name: 'emails',
      type: 'complex',
      multiValued: true,
      subAttributes: [{ name: 'type', canonicalValues: ['work'] }],
    },
  ],
}
const resourceType = {
  id: 'User',
  endpoint: '/Users',
  schema: schemaOfUsers.id,
  schemaExtensions: [{ schema: enterprise }],
}

export const scimQuestions: Target = {
  name: 'questions to SCIM services',
  cases: 300,
  prepare: () => ({
    async run(random) {
      const bodies = [user, list, scimError, { Resources: [schemaOfUsers] }, { Resources: [resourceType] }]
      const url = 'https://scim.example/v2'
      const found = await discoverScim(new ScimClient({ url, fetch: answers(random, bodies) }))
      if (found.outcome !== 'done') assert.equal(typeof found.reason, 'string')
      const report = await probeTarget({
        url,
        mark: 'm',
        fetch: answers(random, bodies, 300),
        sleep: () => Promise.resolve(),
      })
      assert.equal(profileProblem(JSON.parse(JSON.stringify(report.profile))), undefined)
    },
  }),
}

export const graphAnswers: Target = {
  name: 'answers of Microsoft Graph',
  cases: 1_000,
  prepare: () => ({
    async run(random) {
      const source = new GraphSource({
        url: 'https://graph.example/v1.0',
        token: () => 'a-token',
        fetch: answers(random, [delta, { error: { code: 'x', message: 'y' } }]),
        sleep: () => Promise.resolve(),
      })
      await source.probe()
      let pages = 0
      for await (const { changes } of source.read('User')) {
        assert(pages++ < 30, 'a read ends')
        for (const change of changes) if ('id' in change) assert.equal(typeof change.id, 'string')
      }
    },
  }),
}

const bulk = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
  Operations: [{ method: 'POST', bulkId: 'b', path: '/Users', data: user }],
  failOnErrors: null,
}
const filters = ["status eq 'success'", "jobid eq 'x' and activityDateTime ge 2025-01-01", "a/b eq 'it''s'"]

export const bulkPayloads: Target = {
  name: 'bulk payloads and log filters',
  cases: 12_000,
  prepare: () => ({
    run(random) {
      const text = JSON.stringify(mutateJson(random, bulk))
      let body: unknown
      try {
        body = readJson(text)
      } catch (error) {
        // The service refuses a body that nests too deeply before it looks at it.
        assert(error instanceof TooDeep)
        return
      }
      const problem = bulkProblem(body)
      if (problem === undefined)
        for (const change of changesOf(text, (record) => record))
          assert(['changed', 'removed', 'invalid'].includes(change.type), change.type)
      else assert.match(problem, /\.$/)
      const conditions = parseLogFilter(
        mutateText(random, random.pick(filters), ['and', "'", 'eq']).slice(0, 2000),
      )
      if (typeof conditions !== 'string') fulfils({ status: 'success', jobId: 'x' }, conditions)
    },
  }),
}

const dns = ['uid=ada,ou=people,dc=example,dc=org', 'cn=a\\,b\\+c, ou=x', 'cn=#61']

export const ldapNames: Target = {
  name: 'LDAP names',
  cases: 30_000,
  prepare: () => ({
    run(random) {
      const text = mutateText(random, random.pick(dns), ['\\', ',', '+', '=', '"', '\\2C', '#']).slice(
        0,
        2000,
      )
      assert(sameDn(text, text))
      const container = random.pick(dns)
      assert.equal(containerOf(entryDn('cn', text, container)), container, 'no value leaves its container')
    },
  }),
}
