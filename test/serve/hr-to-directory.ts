import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client, type Entry } from 'ldapts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { attrflow } from '../cli/harness.js'
import type { Directory } from '../connect/directory.js'
import { attributeMapping } from '../support/custom-app-schema.js'
import { freePort } from '../support/server.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

const TOKEN = 'a-token-for-everything'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const columns = [
  ...['externalId', 'userName', 'name.givenName', 'name.familyName', 'title', 'active'],
  ...[`${ENTERPRISE}:department`, `${ENTERPRISE}:manager`],
]

interface Worker {
  readonly id: string
  readonly login: string
  readonly given: string
  readonly family: string
  readonly title?: string
  readonly active?: boolean
  readonly department?: string
  readonly manager?: string
}

const row = (one: Worker): string =>
  [
    ...[one.id, one.login, one.given, one.family, one.title ?? '', one.active === false ? 'False' : 'True'],
    ...[one.department ?? 'people', one.manager ?? ''],
  ]
    .map((text) => `"${text.replaceAll('"', '""')}"`)
    .join(',')

/** What differs between directories. */
export interface HrDirectory {
  readonly start: () => Promise<Directory>
  readonly activeDirectory: boolean
  /** Creates the containers `people` and `sales`. */
  readonly containers: (client: Client, base: string) => Promise<void>
}

/**
 * From the file of an HR system to a directory: `attrflow send` uploads rows to `attrflow serve`, which writes them
 * as a job.
 */
export const hrToDirectory = ({ start, activeDirectory, containers }: HrDirectory): void => {
  const folder = temporaryDirectory()
  const stop = new AbortController()
  let directory: Directory
  let service: Promise<unknown> = Promise.resolve()
  let url = ''
  const id = activeDirectory ? 'employeeID' : 'employeeNumber'
  const login = activeDirectory ? 'sAMAccountName' : 'uid'

  const onDirectory = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
    const client = new Client({
      url: directory.url,
      ...(activeDirectory ? { tlsOptions: { rejectUnauthorized: false } } : {}),
    })
    await client.bind(directory.bindDn, directory.password)
    try {
      return await work(client)
    } finally {
      await client.unbind()
    }
  }

  beforeAll(async () => {
    directory = await start()
    const { base, bindDn, password } = directory
    await onDirectory((client) => containers(client, base))
    const mapping = {
      targetDirectoryName: activeDirectory ? 'Active Directory' : 'OpenLDAP',
      sourceDirectoryName: 'API',
      objectMappings: [
        {
          name: 'people',
          sourceObjectName: 'User',
          targetObjectName: activeDirectory ? 'user' : 'inetOrgPerson',
          attributeMappings: [
            attributeMapping(id, '[externalId]', 1),
            attributeMapping('cn', 'Join(" ", [name.givenName], [name.familyName])'),
            attributeMapping('givenName', '[name.givenName]'),
            attributeMapping('sn', '[name.familyName]'),
            attributeMapping('title', '[title]'),
            attributeMapping('manager', `[${ENTERPRISE}:manager]`),
            ...(activeDirectory
              ? [
                  {
                    ...attributeMapping(
                      'sAMAccountName',
                      'SelectUniqueValue([userName], Join("", [userName], "1"), Join("", [userName], "2"))',
                    ),
                    flowType: 'ObjectAddOnly',
                  },
                  attributeMapping('accountDisabled', 'Switch([active], "False", "False", "True")'),
                  {
                    ...attributeMapping('unicodePwd', 'Redact("Passw0rd-Passw0rd")'),
                    flowType: 'ObjectAddOnly',
                  },
                  attributeMapping(
                    'parentDistinguishedName',
                    `Join("", "OU=", [${ENTERPRISE}:department], ",${base}")`,
                  ),
                ]
              : [
                  attributeMapping('uid', '[userName]'),
                  attributeMapping(
                    'parentDistinguishedName',
                    `IIF([active] = "False", "ou=leavers,${base}", Join("", "ou=", [${ENTERPRISE}:department], ",${base}"))`,
                  ),
                ]),
          ],
        },
      ],
    }
    writeFileSync(join(folder, 'schema.json'), JSON.stringify({ synchronizationRules: [mapping] }))
    writeFileSync(
      join(folder, 'job.json'),
      JSON.stringify({
        schema: 'schema.json',
        objectMappings: ['people'],
        source: {},
        state: 'job.sqlite',
        target: {
          ldap: directory.url,
          bindDn,
          password,
          base,
          container: `ou=people,${base}`,
          ...(activeDirectory ? { activeDirectory, trustAnyCertificate: true } : {}),
        },
      }),
    )
    const port = await freePort()
    url = `http://127.0.0.1:${port}`
    service = attrflow(['serve', 'job.json', '--port', String(port)], {
      directory: folder,
      env: { ATTRFLOW_TOKEN: TOKEN },
      interruption: stop.signal,
    })
    for (let attempt = 0; ; attempt++) {
      const reached = await fetch(url).then(
        () => true,
        () => false,
      )
      if (reached) break
      if (attempt > 200) throw new Error('the service does not listen')
      await pause(50)
    }
  }, 120_000)
  afterAll(async () => {
    stop.abort()
    await service
    await directory?.stop()
  })

  interface LogRecord {
    readonly provisioningAction: string
    readonly sourceIdentity: { readonly id: string }
    readonly provisioningStatusInfo: {
      readonly status: string
      readonly errorInformation?: { readonly errorCode: string }
    }
  }

  const get = async (path: string): Promise<unknown> =>
    (await fetch(url + path, { headers: { authorization: `Bearer ${TOKEN}` } })).json()

  const log = async (): Promise<readonly LogRecord[]> =>
    (
      (await get('/auditLogs/provisioning?$top=1000&$orderby=activityDateTime asc')) as {
        value: readonly LogRecord[]
      }
    ).value

  /** Uploads workers, waits until they are processed, and returns what was logged: `create 1 success`. */
  const upload = async (...workers: readonly Worker[]): Promise<readonly string[]> => {
    const before = new Set((await log()).map((one) => JSON.stringify(one)))
    writeFileSync(join(folder, 'workers.csv'), [columns.join(','), ...workers.map(row)].join('\n'))
    const bulkUpload = `${url}/servicePrincipals/sp/synchronization/jobs/hr/bulkUpload`
    const sent = await attrflow(['send', 'workers.csv', '--url', bulkUpload], {
      directory: folder,
      env: { ATTRFLOW_TOKEN: TOKEN },
    })
    expect(sent).toMatchObject({ code: 0, err: '' })
    const waiting = async (): Promise<unknown> => get('/servicePrincipals/sp/synchronization/jobs/hr')
    await expect
      .poll(waiting, { timeout: 20_000 })
      .toMatchObject({ status: { progress: [{ totalUnits: 0 }], quarantine: null } })
    return (await log())
      .filter(
        (one) =>
          !before.has(JSON.stringify(one)) && workers.some(({ id: sent }) => sent === one.sourceIdentity.id),
      )
      .map(({ provisioningAction, sourceIdentity, provisioningStatusInfo: { status, errorInformation } }) =>
        [provisioningAction, sourceIdentity.id, status, errorInformation?.errorCode ?? ''].join(' ').trim(),
      )
      .sort()
  }

  const entry = (worker: string): Promise<Entry> =>
    onDirectory(async (client) => {
      const { searchEntries } = await client.search(directory.base, {
        filter: `(${id}=${worker})`,
        attributes: [login, 'cn', 'sn', 'title', 'manager', 'userAccountControl', 'memberOf'],
      })
      expect(searchEntries).toHaveLength(1)
      return searchEntries[0]!
    })

  const ada: Worker = { id: '1', login: 'ada', given: 'Ada', family: 'Berg', title: 'Head' }
  const bea: Worker = { id: '2', login: 'bea', given: 'Béa, "Bö"', family: 'Ölund #1', manager: '1' }

  /** Sending the same again writes nothing. */
  const converged = async (...workers: readonly Worker[]): Promise<void> => {
    expect(await upload(...workers)).toEqual([])
  }

  it('takes joiners, the manager after the worker in the file', async () => {
    const logged = await upload(bea, ada)
    expect(logged.filter((line) => line.startsWith('create'))).toEqual([
      'create 1 success',
      'create 2 success',
    ])
    const [first, second] = [await entry('1'), await entry('2')]
    expect(first).toMatchObject({ [login]: 'ada', cn: 'Ada Berg', title: 'Head' })
    expect(second).toMatchObject({ cn: 'Béa, "Bö" Ölund #1', manager: first.dn })
    if (activeDirectory) expect(first.userAccountControl).toBe('512')
    await converged(ada, bea)
  }, 60_000)

  it('takes a mover: another container, another title', async () => {
    expect(await upload({ ...bea, department: 'sales', title: 'Seller' })).toEqual(['update 2 success'])
    expect(await entry('2')).toMatchObject({ title: 'Seller', dn: expect.stringMatching(/,ou=sales,/i) })
    await converged({ ...bea, department: 'sales', title: 'Seller' })
  }, 60_000)

  it('takes a rename: the manager is still the same person', async () => {
    expect(await upload({ ...ada, family: 'Lind' })).toEqual(['update 1 success'])
    const [first, second] = [await entry('1'), await entry('2')]
    expect(first).toMatchObject({ cn: 'Ada Lind', sn: 'Lind' })
    if (activeDirectory) expect(second).toMatchObject({ manager: first.dn })
    await converged({ ...ada, family: 'Lind' })
  }, 60_000)

  it('takes a leaver and a rehire', async () => {
    const gone = { ...bea, department: 'sales', title: 'Seller', active: false }
    const left = await upload(gone)
    expect(left).toHaveLength(1)
    expect(left[0]).toMatch(/^(disable|update) 2 success$/)
    const after = await entry('2')
    if (activeDirectory) expect(after.userAccountControl).toBe('514')
    else expect(after.dn).toMatch(/,ou=leavers,/i)
    await converged(gone)
    expect(await upload({ ...gone, active: true })).toEqual(['update 2 success'])
    const back = await entry('2')
    if (activeDirectory) expect(back.userAccountControl).toBe('512')
    else expect(back.dn).toMatch(/,ou=sales,/i)
  }, 60_000)

  it('takes another manager, and one who comes later', async () => {
    const cid: Worker = { id: '3', login: 'cid', given: 'Cid', family: 'Cruz', manager: '4' }
    const dov: Worker = { id: '4', login: 'dov', given: 'Dov', family: 'Dahl', manager: '2' }
    await upload(cid)
    expect((await entry('3')).manager).toEqual([])
    // As in the service, a manager who comes later is linked when the worker changes.
    await upload(dov)
    await upload({ ...cid, title: 'Clerk' })
    expect(await entry('3')).toMatchObject({ manager: (await entry('4')).dn })
    await upload({ ...cid, title: 'Clerk', manager: '1' })
    expect(await entry('3')).toMatchObject({ manager: (await entry('1')).dn })
    await converged({ ...cid, title: 'Clerk', manager: '1' }, dov)
  }, 60_000)

  it('takes an account that is disabled from the beginning', async () => {
    const eve: Worker = { id: '5', login: 'eve', given: 'Eve', family: 'Ek', active: false }
    const logged = await upload(eve)
    expect(logged).toEqual(['create 5 success'])
    const created = await entry('5')
    if (activeDirectory) expect(created.userAccountControl).toBe('514')
    else expect(created.dn).toMatch(/,ou=leavers,/i)
    await converged(eve)
  }, 60_000)

  it('takes a name that is taken already', async () => {
    const twin: Worker = { id: '6', login: 'ada', given: 'Adam', family: 'Berg' }
    if (activeDirectory) {
      expect(await upload(twin)).toEqual(['create 6 success'])
      expect(await entry('6')).toMatchObject({ sAMAccountName: 'ada1' })
    } else {
      expect(await upload(twin)).toEqual(['create 6 failure EntryConflict'])
      expect(await upload({ ...twin, login: 'adam' })).toEqual(['create 6 success'])
    }
    expect(await entry('1')).toMatchObject({ [login]: 'ada', cn: 'Ada Lind' })
    // The same name in the same container.
    if (activeDirectory)
      expect(await upload({ ...twin, id: '7' })).toEqual(['create 7 failure EntryConflict'])
  }, 60_000)

  it('lets no value leave its place in a name or filter', async () => {
    const evil: Worker = {
      id: '*)(objectClass=*',
      login: 'x,ou=sales',
      given: 'x,OU=sales',
      family: '+cn=y\\',
      department: 'nowhere',
    }
    const logged = await upload(evil)
    expect(logged).toEqual([`create ${evil.id} failure UnprocessableEntity`])
    const outside = { ...evil, id: '8', department: 'people,DC=elsewhere' }
    expect((await upload(outside)).join()).toContain('failure')
    const inside = await upload({ ...evil, login: activeDirectory ? 'x8' : evil.login, department: 'people' })
    expect(inside).toEqual([`create ${evil.id} success`])
    await onDirectory(async (client) => {
      const { searchEntries } = await client.search(`ou=sales,${directory.base}`, {
        filter: `(${id}=*)`,
        attributes: [id],
      })
      expect(searchEntries.map((one) => one[id])).toEqual(['2'])
    })
  }, 60_000)
}
