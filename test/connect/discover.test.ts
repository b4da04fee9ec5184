import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/connect/sql/database.js'
import { compileMapping } from '../../src/mapping/index.js'
import { entraUser } from '../../src/schema/entra-objects.js'
import { proposeMappings } from '../../src/schema/propose.js'
import { readSchema } from '../../src/schema/read.js'
import { attrflow, temporaryDirectory } from '../cli/harness.js'
import { serversRequired } from '../support/server.js'
import type { Directory } from './directory.js'
import { slapdPath, startSlapd } from './slapd.js'

const text = (name: string, more: object = {}): object => ({ name, type: 'string', ...more })

const answers: Readonly<Record<string, unknown>> = {
  '/Schemas': {
    Resources: [
      {
        id: 'urn:ietf:params:scim:schemas:core:2.0:User',
        attributes: [
          text('userName', { required: true }),
          { name: 'active', type: 'boolean' },
          text('title'),
          text('id', { mutability: 'readOnly' }),
          { name: 'name', type: 'complex', subAttributes: [text('givenName'), text('familyName')] },
          {
            name: 'emails',
            type: 'complex',
            multiValued: true,
            subAttributes: [text('value'), text('type', { canonicalValues: ['work', 'home'] })],
          },
          text('__proto__'),
        ],
      },
      {
        id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
        attributes: [
          text('employeeNumber'),
          { name: 'manager', type: 'complex', subAttributes: [text('value'), text('$ref')] },
        ],
      },
      {
        id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
        attributes: [
          text('displayName'),
          {
            name: 'members',
            type: 'complex',
            multiValued: true,
            subAttributes: [text('value'), text('$ref')],
          },
        ],
      },
    ],
  },
}

let server: Server
let url = ''
beforeAll(async () => {
  server = createServer((request, response) => {
    const found = answers[request.url ?? '']
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/scim+json' })
    response.end(found === undefined ? '' : JSON.stringify(found))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const discover = async (target: object, ...args: readonly string[]) => {
  const directory = temporaryDirectory()
  writeFileSync(join(directory, 'job.json'), JSON.stringify({ target }))
  const run = await attrflow(['schema', 'discover', 'job.json', ...args], { directory })
  const { schema } = run.out === '' ? { schema: undefined } : readSchema(run.out, 'draft.json')
  const objects = schema?.directories.find(({ name }) => name === 'Application')?.objects ?? []
  return {
    ...run,
    schema,
    objects,
    attributes: (name: string) => objects.find((one) => one.name === name)?.attributes,
  }
}

describe('schema discover', () => {
  it('reads the schemas of a SCIM service as attribute paths, also where it has no resource types', async () => {
    const { code, objects, attributes } = await discover({ scim: url })
    expect([code, objects.map(({ name }) => name)]).toEqual([0, ['User', 'Group']])
    const users = attributes('User')!
    expect(users.map(({ name }) => name)).toEqual([
      ...['id', 'externalId', 'userName', 'active', 'title', 'name.givenName', 'name.familyName'],
      ...['emails[type eq "work"].value', 'emails[type eq "home"].value', '__proto__'],
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager',
    ])
    expect(users.find(({ name }) => name === 'userName')).toMatchObject({ required: true, type: 'String' })
    expect(users.find(({ name }) => name === 'active')).toMatchObject({ type: 'Boolean' })
    expect(users.at(-1)).toMatchObject({ type: 'Reference', multivalued: false })
    expect(attributes('Group')!.at(-1)).toMatchObject({
      name: 'members',
      type: 'Reference',
      multivalued: true,
    })
  })

  it('proposes mappings that compile, in an object mapping that is disabled', async () => {
    const { out, err, schema } = await discover({ scim: url }, '--object', 'User', '--propose')
    expect(err).toContain(
      'emails[type eq "work"].value ← [mail]  emails[type eq "work"].value is usually mail',
    )
    const [mapping] = schema!.synchronizationRules[0]!.objectMappings
    expect(mapping).toMatchObject({ enabled: false, sourceObjectName: 'User', targetObjectName: 'User' })
    const pairs = Object.fromEntries(
      mapping!.attributeMappings.map(({ targetAttributeName, source }) => [
        targetAttributeName,
        source?.name,
      ]),
    )
    expect(pairs).toMatchObject({
      userName: 'userPrincipalName',
      active: 'accountEnabled',
      title: 'jobTitle',
      'name.givenName': 'givenName',
      'name.familyName': 'surname',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber': 'employeeId',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager': 'manager',
    })
    expect(pairs).not.toHaveProperty('id')
    expect(mapping!.attributeMappings.filter(({ matchingPriority }) => matchingPriority > 0)).toMatchObject([
      { targetAttributeName: 'userName' },
    ])
    const compiled = compileMapping(out.replace('"enabled": false', '"enabled": true'))
    expect(compiled.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('reads the tables of a database', async () => {
    const directory = temporaryDirectory()
    const path = join(directory, 'app.sqlite')
    const { db, close } = await openDatabase(`sqlite:${path}`)
    await db.schema
      .createTable('app_users')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('login', 'text', (column) => column.notNull())
      .addColumn('given_name', 'text')
      .addColumn('is_active', 'boolean')
      .addColumn('hired_on', 'timestamp')
      .execute()
    await close()
    const { code, attributes, schema } = await discover(
      { sql: `sqlite:${path}`, tables: { User: { table: 'app_users', anchor: 'id' } } },
      '--propose',
    )
    expect(code).toBe(0)
    expect(attributes('app_users')).toMatchObject([
      { name: 'id', type: 'Integer', mutability: 'ReadOnly' },
      { name: 'login', type: 'String', required: true },
      { name: 'given_name', type: 'String', required: false },
      { name: 'is_active', type: 'Boolean' },
      { name: 'hired_on', type: 'DateTime' },
    ])
    const sources = schema!.synchronizationRules[0]!.objectMappings[0]!.attributeMappings.map(
      ({ targetAttributeName, source }) => [targetAttributeName, source?.name],
    )
    expect(sources).toEqual([
      ['login', 'userPrincipalName'],
      ['given_name', 'givenName'],
      ['is_active', 'accountEnabled'],
      ['hired_on', 'employeeHireDate'],
    ])
  })

  it('says what it could not do', async () => {
    expect((await discover({ scim: `${url}/nothing` })).err).toContain(
      'the target could not be read: GET /Schemas',
    )
    expect((await discover({ scim: url }, '--object', 'Robot')).err).toContain(
      'has no Robot; it has User, Group',
    )
    expect((await discover({})).code).toBe(2)
  })
})

describe.skipIf(slapdPath === undefined && !serversRequired)('schema discover of a directory', () => {
  let slapd: Directory
  beforeAll(async () => {
    slapd = await startSlapd()
  }, 30_000)
  afterAll(() => slapd.stop())

  it('reads classes with what they inherit', async () => {
    const { bindDn, password, base } = slapd
    const target = { ldap: slapd.url, bindDn, password, base }
    const { code, attributes } = await discover(target, '--propose')
    expect(code).toBe(0)
    const found = new Map(attributes('inetOrgPerson')!.map((one) => [one.name, one]))
    // sn of person, title of organizationalPerson, mail of inetOrgPerson.
    expect(found.get('sn')).toMatchObject({ required: true, type: 'String' })
    expect(found.get('title')).toMatchObject({ required: false })
    expect(found.get('manager')).toMatchObject({ type: 'Reference', multivalued: false })
    expect(found.get('jpegPhoto')).toMatchObject({ type: 'Binary' })
    const groups = await discover(target, '--object', 'groupOfNames')
    expect(groups.attributes('groupOfNames')).toContainEqual(
      expect.objectContaining({ name: 'member', type: 'Reference', multivalued: true, required: true }),
    )
  })
})

describe('proposals', () => {
  it('never give a target a source twice, or a type that does not fit', () => {
    const names = new Set<string>()
    for (const { mapping } of proposeMappings(entraUser, entraUser)) {
      expect(names.has(mapping.targetAttributeName)).toBe(false)
      names.add(mapping.targetAttributeName)
      expect(mapping.source?.name).toBe(mapping.targetAttributeName)
    }
    // All but the identifier, which cannot be written.
    expect(names.size).toBe(entraUser.attributes.length - 1)
  })
})
