import { describe, expect, it } from 'vitest'
import { type Note, readPopulation, Shaper, type SourceEntry } from '../../src/sources/index.js'

interface Held {
  readonly objects: readonly unknown[]
  readonly notes: readonly string[]
}

const bytesOf = (text: string | Uint8Array): Uint8Array =>
  typeof text === 'string' ? new TextEncoder().encode(text) : text

/** The objects of a file with the attributes that a mapping reads, or the message of their fault. */
const held = async (
  file: string | Uint8Array,
  wanted: readonly string[],
  lists: readonly string[] = [],
): Promise<Held> => {
  const notes: Note[] = []
  const shaper = new Shaper(wanted)
  const objects: unknown[] = []
  const pieces = (async function* () {
    // Byte by byte, so that nothing depends on what arrives together.
    for (const byte of bytesOf(file)) yield new Uint8Array([byte])
  })()
  const groups = readPopulation(pieces, '', {
    isMultivalued: (name) => lists.includes(name),
    note: (found) => notes.push(found),
  })
  for await (const group of groups)
    for (const entry of group) {
      if (entry.record === undefined) {
        objects.push(entry.diagnostics[0]!.message)
        continue
      }
      const shaped = shaper.apply(entry.record) as Readonly<Record<string, unknown>>
      objects.push(
        Object.fromEntries(wanted.flatMap((name) => (name in shaped ? [[name, shaped[name]]] : []))),
      )
    }
  return { objects, notes: [...notes, ...shaper.notes()].map(({ code }) => code) }
}

describe('lines', () => {
  it.each([
    ['CSV', 'id,name\r1,"Berg, Ada"\r2,Bo\r'],
    ['JSON', '[\r{"id":"1","name":"Berg, Ada"},\r{"id":"2","name":"Bo"}\r]'],
    ['NDJSON', '{"id":"1","name":"Berg, Ada"}\r{"id":"2","name":"Bo"}'],
    ['LDIF', 'dn: cn=1\rid: 1\rname: Berg, Ada\r\rdn: cn=2\rid: 2\rname: Bo\r'],
  ])('of %s may end with CR alone', async (_name, text) => {
    const { objects } = await held(text, ['id', 'name'])
    expect(objects).toEqual([
      { id: '1', name: 'Berg, Ada' },
      { id: '2', name: 'Bo' },
    ])
  })
})

describe('comments before JSON', () => {
  it.each([
    '// exported by a script\n// on Monday\n[{"id":"1"},{"id":"2"}]',
    '/* two\n * lines **/ {"value":[{"id":"1"},{"id":"2"}]}',
    '\n/**/\n//\r\n{"id":"1"}\n{"id":"2"}\n',
    '// Mac\r[{"id":"1"},\r{"id":"2"}]',
  ])('are passed over in %j', async (text) => {
    expect(await held(text, ['id'])).toEqual({ objects: [{ id: '1' }, { id: '2' }], notes: [] })
  })

  it('are no comments in another format, and not without an end', async () => {
    expect((await held('//id,name\n1,a\n', ['//id'])).objects).toEqual([{ '//id': '1' }])
    expect((await held('/* [{"id":"1"}]', ['id'])).objects).toEqual([expect.any(String)])
  })

  it('are not passed over if they are longer than the part that is looked at', async () => {
    const pieces = (async function* () {
      yield `/*${'x'.repeat(70_000)}*/[{"id":"1"}]`
    })()
    const entries: SourceEntry[] = []
    for await (const group of readPopulation(pieces)) entries.push(...group)
    // One fault: such a comment is not JSON.
    expect(entries.map(({ record }) => record)).toEqual([undefined])
  })

  it('leave the lines of faults where they are', async () => {
    const pieces = (async function* () {
      yield '// one\n/* two\n*/\n{"id":1}\n{"id":\n'
    })()
    const lines: number[] = []
    for await (const group of readPopulation(pieces)) lines.push(...group.map(({ line }) => line))
    expect(lines).toEqual([4, 5])
  })
})

describe('lines of JSON', () => {
  it('with comments or commas are faults that say so', async () => {
    const { objects } = await held('{"id":"1"}\n// two\n# three\n{"id":"4"},\n', ['id'])
    expect(objects).toEqual([
      { id: '1' },
      'The line is not a JSON object: it is a comment, which JSON does not have.',
      'The line is not a JSON object: it is a comment, which JSON does not have.',
      'The line is not a JSON object: a comma follows the object; delete it.',
    ])
  })
})

describe("the portal's templates", () => {
  const wanted = ['displayName', 'userPrincipalName', 'accountEnabled']
  const ada = { displayName: 'Ada Berg', userPrincipalName: 'ada@acme.test' }

  it('have their names in brackets, an example, and the opposite of accountEnabled', async () => {
    const text = [
      'version:v1.0',
      'Name [displayName] Required,User name [userPrincipalName] Required,Block sign in (Yes/No) [accountEnabled] Required',
      'Example: Chris Green,chris@contoso.com,No',
      'Ada Berg,ada@acme.test,No',
      'Bo,bo@acme.test,Yes',
    ].join('\r\n')
    expect(await held(text, wanted)).toEqual({
      objects: [
        { ...ada, accountEnabled: true },
        { displayName: 'Bo', userPrincipalName: 'bo@acme.test', accountEnabled: false },
      ],
      notes: ['AF4916', 'AF4913'],
    })
  })

  it.each([
    [
      'with semicolons',
      'version:v1.0;;\nName [displayName] Required;User name [userPrincipalName] Required;Department [department]\nAda Berg;ada@acme.test;R&D\n',
      {},
    ],
    [
      'in quotes',
      '"version:v1.0"\n"Name [displayName] Required","User name [userPrincipalName] Required"\n"Ada Berg","ada@acme.test"\n',
      {},
    ],
    [
      'in German',
      'version:v1.0\nName [displayName] Erforderlich,Benutzername [userPrincipalName] Erforderlich,Anmeldung blockieren (Ja/Nein) [accountEnabled] Erforderlich\nAda Berg,ada@acme.test,ja\n',
      { accountEnabled: false },
    ],
    [
      'of results',
      'version:v1.0,,,\nName [displayName] Required,User name [userPrincipalName] Required,Status,Error\nAda Berg,ada@acme.test,Failure,exists\n',
      {},
    ],
  ])('are read %s', async (_name, text, more) => {
    expect((await held(text, wanted)).objects).toEqual([{ ...ada, ...more }])
  })

  it('may have a single column', async () => {
    const text = 'version:v1.0\nUser name [userPrincipalName] Required\nada@acme.test\nbo@acme.test\n'
    expect((await held(text, ['userPrincipalName'])).objects).toEqual([
      { userPrincipalName: 'ada@acme.test' },
      { userPrincipalName: 'bo@acme.test' },
    ])
  })
})

describe('CSV', () => {
  const wanted = ['id', 'name', 'mail']

  it.each([
    ['titles with empty cells', 'Report,,,,\nRun:,2026-01-01,,,\n,,,,\nid,name,mail,x,y\n1,Ada,a@b,2,3\n'],
    ['empty cells beyond the header', 'id,name,mail\n1,Ada,a@b,\n'],
    ["Excel's texts", 'id,name,mail\n="1","Ada",="a@b"\n'],
    ['a row that is too wide in a sample of narrow ones', 'id,name,mail\n1,Ada,a@b\n2,x,y,z,z,z,z,z,z\n'],
  ])('is read with %s', async (_name, text) => {
    expect((await held(text, wanted)).objects[0]).toEqual({ id: '1', name: 'Ada', mail: 'a@b' })
  })

  it('is read with line breaks and delimiters in the texts of Excel', async () => {
    const { objects } = await held('id,name\n="0\n1,",Ada\n2,Bo\n', ['id', 'name'])
    expect(objects).toEqual([
      { id: '0\n1,', name: 'Ada' },
      { id: '2', name: 'Bo' },
    ])
  })

  it('says once that a column with values has no name', async () => {
    const { objects, notes } = await held('id,,name\n1,lost,Ada\n2,lost,Bo\n', ['id', 'name'])
    expect(objects).toEqual([
      { id: '1', name: 'Ada' },
      { id: '2', name: 'Bo' },
    ])
    expect(notes).toEqual(['AF4926'])
    expect((await held('id,name,\n1,Ada,\n', ['id'])).notes).toEqual([])
  })

  it.each([
    ['id,name,dept,pay\n1,Ada,R,10\n2,Bo,,20\nTotal,,,30\n', ['AF4927']],
    ['id,name,pay\n1,Ada,10\n,Grand Total:,10\nTotal,,10\n', ['AF4927']],
    ['id,name\nTotal,Ada\n2,Totally\nTotals,\n', []],
  ])('says once that a line looks like a total: %j', async (text, expected) => {
    expect((await held(text, ['id', 'name'])).notes).toEqual(expected)
  })

  it("is read with csvde's bytes in hexadecimal", async () => {
    const { objects } = await held("DN,sn,title\ncn=1,X'5a6fc3ab',X'zz'\ncn=2,X'ff',x\n", ['sn', 'title'])
    expect(objects).toEqual([
      { sn: 'Zoë', title: "X'zz'" },
      { sn: "X'ff'", title: 'x' },
    ])
  })
})

describe('LDIF', () => {
  it('is read without blank lines, with names in any case, and with what ldapsearch adds', async () => {
    const text = [
      '# extended LDIF\n',
      'DN: cn=1\nMail: a@b\nSN: Berg',
      'dn: cn=2\nmail: c@d\n',
      '# search reference\nref: ldap://x\n',
      'search: 2\nresult: 0 Success\n',
      '# numEntries: 2\n',
    ].join('\n')
    expect((await held(text, ['mail', 'sn'])).objects).toEqual([{ mail: 'a@b', sn: 'Berg' }, { mail: 'c@d' }])
  })

  it('reports an entry without a dn', async () => {
    expect((await held('dn: cn=1\nsn: x\n\nmail: a@b\n', ['sn'])).objects[1]).toContain('has no dn')
  })
})

describe('bodies in base64', () => {
  const page = JSON.stringify({ value: [{ id: '1' }, { id: 'Zoë' }] })
  const answer = (...bodies: readonly string[]): string =>
    JSON.stringify({ responses: bodies.map((body, id) => ({ id, status: 200, body })) })

  it('are decoded, and texts of JSON are parsed', async () => {
    const base64 = Buffer.from(page).toString('base64')
    const { objects } = await held(answer(base64, page), ['id'])
    expect(objects).toEqual([{ id: '1' }, { id: 'Zoë' }, { id: '1' }, { id: 'Zoë' }])
  })

  it('of something else are faults', async () => {
    const csv = Buffer.from('id,name\n1,a').toString('base64')
    const { objects } = await held(answer(csv, 'no base64', ''), ['id'])
    expect(objects).toEqual(Array.from({ length: 3 }, () => expect.stringContaining('it is a string')))
  })
})

describe('a batch', () => {
  const failed = { id: 'b', status: 429, body: { error: { code: 'TooManyRequests', message: 'Wait.' } } }

  it.each([0, 1])('keeps what was answered, and names what failed', async (indent) => {
    const page = { value: [{ id: '1' }] }
    const text = JSON.stringify(
      { responses: [{ id: 'a', status: 200, body: page }, failed, { id: 'c' }] },
      null,
      indent,
    )
    expect((await held(text, ['id'])).objects).toEqual([
      { id: '1' },
      'The line is not a JSON object: request b failed: status 429, TooManyRequests, Wait.',
      'The line is not a JSON object: request c has no body.',
    ])
  })

  it('of SCIM keeps what is created, and names what is not a whole object', async () => {
    const Operations = [
      { method: 'POST', bulkId: 'a', data: { id: '1' } },
      { method: 'DELETE', path: '/Users/2' },
      { method: 'PATCH', path: '/Users/3', data: { Operations: [] } },
      { method: 'POST', bulkId: 'd', status: '409' },
    ]
    expect((await held(JSON.stringify({ Operations }), ['id'])).objects).toEqual([
      { id: '1' },
      'The line is not a JSON object: DELETE /Users/2 has no data.',
      'The line is not a JSON object: PATCH /Users/3 holds no whole object.',
      'The line is not a JSON object: POST d failed: status 409.',
    ])
  })
})

describe('a page', () => {
  const list = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

  it.each([
    ['a link', '{"value":[{"id":"1"}],"@odata.nextLink":"x"}', true],
    ['a link of OData 2', '{"d":{"results":[{"id":"1"}],"__next":"x"}}', true],
    ['no link', '{"value":[{"id":"1"}],"@odata.count":1}', false],
    ['a larger total', '{"totalResults":250,"startIndex":1,"Resources":[{"id":"1"}]}', true],
    ['a larger total after the list', '{"Resources":[{"id":"1"}],"totalResults":2}', true],
    ['the end of the total', '{"totalResults":250,"startIndex":250,"Resources":[{"id":"1"}]}', false],
    ['an exact id beside it', '{"totalResults":1,"n":9007199254740993,"Resources":[{"id":"1"}]}', false],
  ])('with %s', async (_name, text, more) => {
    for (const form of [text, `${text}\n`, `[${text}]`, text.replace(/[[]/, '[\n')]) {
      const { objects, notes } = await held(form, ['id'])
      expect(objects).toEqual([{ id: '1' }])
      expect(notes.includes('AF4912')).toBe(more)
    }
  })

  it('may lack an empty list, or hold one object in its place', async () => {
    const none = JSON.stringify({ schemas: [list], totalResults: 0 })
    expect(await held(none, ['id'])).toEqual({ objects: [], notes: ['AF4924'] })
    const one = '{"@odata.context":"x","value":{"id":"1"}}'
    expect((await held(one, ['id'])).objects).toEqual([{ id: '1' }])
  })
})

describe('systems', () => {
  const name = { givenName: 'Ada' }

  it.each([
    [
      'SCIM 1.1',
      {
        schemas: ['urn:scim:schemas:core:1.0'],
        name,
        'urn:scim:schemas:extension:enterprise:1.0': { department: 'R&D', manager: { managerId: 'm' } },
      },
    ],
    [
      'SCIM without schemas',
      {
        name,
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
          department: 'R&D',
          manager: { value: 'm' },
        },
      },
    ],
  ])('of %s are recognised', async (_name, resource) => {
    const extension = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:'
    const wanted = ['name.givenName', `${extension}department`, `${extension}manager`]
    expect(Object.values((await held(JSON.stringify([resource]), wanted)).objects[0] as object)).toEqual(
      // The mapping takes the value of a complex manager.
      ['Ada', 'R&D', expect.anything()],
    )
  })

  const user = {
    userPrincipalName: 'a@b',
    objectId: '1',
    mobile: '2',
    physicalDeliveryOfficeName: '3',
    accountEnabled: false,
  }

  it.each([
    [
      'the module AzureAD',
      'ObjectId,AccountEnabled,Mobile,PhysicalDeliveryOfficeName,UserPrincipalName\n1,False,2,3,a@b\n',
      { ...user, accountEnabled: 'False' },
    ],
    [
      'the module MSOnline',
      'ObjectId,BlockCredential,MobilePhone,Office,UserPrincipalName\n1,True,2,3,a@b\n',
      user,
    ],
    [
      'the admin center',
      'Block credential,Object Id,Mobile Phone,Office,User principal name\nTrue,1,2,3,a@b\n',
      user,
    ],
  ])('of %s are recognised', async (_name, text, expected) => {
    expect((await held(text, Object.keys(user))).objects).toEqual([expected])
  })

  it('of the admin center have addresses in one cell', async () => {
    const text = 'Block credential,Proxy addresses\nFalse,SMTP:a+x@b+smtp:c@d\n'
    expect((await held(text, ['proxyAddresses'])).objects).toEqual([
      { proxyAddresses: ['SMTP:a+x@b', 'smtp:c@d'] },
    ])
  })

  it('of Windows PowerShell have lists with their number', async () => {
    const text = JSON.stringify([
      {
        SamAccountName: 'a',
        proxyAddresses: { value: ['x', 'y'], Count: 2 },
        MemberOf: { Value: ['g'], Count: 1 },
      },
    ])
    expect((await held(text, ['proxyAddresses', 'memberOf'])).objects).toEqual([
      { proxyAddresses: ['x', 'y'], memberOf: ['g'] },
    ])
  })
})

describe('names of LDAP', () => {
  it('are read in any case, and told once as they stand', async () => {
    const shaper = new Shaper(['givenName', 'Department', 'mail', 'accountEnabled'])
    const object = { dn: 'cn=1', Givenname: 'Ada', DEPARTMENT: 'R', mAIL: 'a@b', UserAccountControl: '514' }
    expect(shaper.apply(object)).toMatchObject({
      givenName: 'Ada',
      Department: 'R',
      mail: 'a@b',
      accountEnabled: false,
    })
    expect(shaper.notes().map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /givenName from Givenname, Department from DEPARTMENT, mail from mAIL, accountEnabled from UserAccountControl/,
      ),
    ])
  })

  it('in another case never replace what the object has', () => {
    const shaped = new Shaper(['mail']).apply({ dn: 'cn=1', MAIL: 'x', mail: 'a@b' })
    expect(shaped).toMatchObject({ mail: 'a@b' })
  })
})

describe('names of SCIM', () => {
  const user = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
  const department = `${user}:department`

  it('are read in any case, and told once as they stand', () => {
    const shaper = new Shaper(['userName', 'active', 'name.givenName', department, 'title'])
    const object = {
      Schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      UserName: 'ada',
      Active: false,
      Name: { GivenName: 'Ada' },
      [user.toUpperCase()]: { Department: 'R' },
      title: 'Dr',
      Title: 'never',
    }
    for (const one of [object, object])
      expect(shaper.apply(one)).toMatchObject({
        userName: 'ada',
        active: false,
        'name.givenName': 'Ada',
        [department]: 'R',
        title: 'Dr',
      })
    const told = `userName from UserName, active from Active, name.givenName from Name.givenName, ${department} from ${user.toUpperCase()}:department`
    expect(shaper.notes().map(({ message }) => message)).toEqual([expect.stringMatching(`read: ${told}`)])
  })
})
