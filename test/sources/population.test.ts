import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { DateTime } from '../../src/dotnet/dates/index.js'
import {
  readAppRoles,
  readPopulation,
  Shaper,
  type SourceEntry,
  TargetIndex,
} from '../../src/sources/index.js'
import { readJson } from '../../src/values/read-json.js'
import { compiledFrom, mapping, scimSchema } from '../mapping/schemas.js'

const piecesOf = async function* (pieces: readonly string[]): AsyncGenerator<string> {
  yield* pieces
}

const read = async (text: string | readonly string[], name = ''): Promise<readonly SourceEntry[]> => {
  const entries: SourceEntry[] = []
  const pieces = typeof text === 'string' ? [text] : text
  for await (const group of readPopulation(piecesOf(pieces), name)) entries.push(...group)
  return entries
}

/** Line and record, or line and code of the fault. */
const brief = (entries: readonly SourceEntry[]): unknown =>
  entries.map((entry) => [
    entry.line,
    entry.record === undefined ? entry.diagnostics[0]!.code : { ...entry.record },
  ])

describe('readPopulation', () => {
  test.each([
    [
      'NDJSON',
      '{"a":1}\n\n{"a":2}\r\n{"a":3}',
      '',
      [
        [1, { a: 1 }],
        [3, { a: 2 }],
        [4, { a: 3 }],
      ],
    ],
    [
      'NDJSON by its name',
      'oops\n{"a":2}',
      'x.ndjson',
      [
        [1, 'AF4901'],
        [2, { a: 2 }],
      ],
    ],
    [
      'a bad line',
      '{"a":1}\n{"a":\n[1]\nnull\n{"a":2}',
      '',
      [
        [1, { a: 1 }],
        [2, 'AF4901'],
        [3, 'AF4901'],
        [4, 'AF4901'],
        [5, { a: 2 }],
      ],
    ],
    [
      'an array',
      '[\n {"a":1},\n {"a":"],{\\"\\n"}\n]\n',
      'x.json',
      [
        [2, { a: 1 }],
        [3, { a: '],{"\n' }],
      ],
    ],
    [
      'an array on one line',
      '[{"a":1},{"b":[{},[1]]}]',
      '',
      [
        [1, { a: 1 }],
        [1, { b: [{}, [1]] }],
      ],
    ],
    [
      'a bad element',
      '[{"a":1},\n7,\n{"a" 2},\n{"a":3}]',
      '',
      [
        [1, { a: 1 }],
        [2, 'AF4901'],
        [3, 'AF4901'],
        [4, { a: 3 }],
      ],
    ],
    [
      'an array that does not end',
      '[{"a":1},\n{"a":2}',
      '',
      [
        [1, { a: 1 }],
        [2, { a: 2 }],
        [2, 'AF4901'],
      ],
    ],
    ['an empty array', '[]', 'x.json', []],
    ['nothing', ' \n', '', []],
    ['no lines', ' \n', 'x.ndjson', []],
    ['no JSON', ' \n', 'x.json', [[1, 'AF4901']]],
    ['one object', '{\n  "a": 1\n}\n', 'x.json', [[1, { a: 1 }]]],
    [
      'an answer of Graph',
      '{\n "value": [\n  {"a":1},\n  {"a":2}\n ]\n}',
      '',
      [
        [3, { a: 1 }],
        [4, { a: 2 }],
      ],
    ],
    ['an answer of SCIM', '{\n"Resources":[{"a":1}]}', '', [[2, { a: 1 }]]],
    [
      'a first line that is bad',
      '{"a":\n{"a":2}',
      'x.json',
      [
        [1, 'AF4901'],
        [2, { a: 2 }],
      ],
    ],
    [
      'CSV',
      'a,b\n1,\n,"x ""y"", z"\n',
      '',
      [
        [2, { a: '1' }],
        [3, { b: 'x "y", z' }],
      ],
    ],
    ['CSV of a German office', 'a;b\r\n1;2,5\r\n', 'x.csv', [[2, { a: '1', b: '2,5' }]]],
    ['tabs', 'a\tb\n1\t2\n', '', [[2, { a: '1', b: '2' }]]],
    [
      'cells of several lines',
      'a,b\n"x\ny",1\n\nz,2\n',
      '',
      [
        [2, { a: 'x\ny', b: '1' }],
        [5, { a: 'z', b: '2' }],
      ],
    ],
    [
      'a row that is too long',
      'a,b\n1,2,3\n4,5\n',
      '',
      [
        [2, 'AF4907'],
        [3, { a: '4', b: '5' }],
      ],
    ],
    [
      'a quote that does not end',
      'a,b\n1,2\n3,"4\n',
      '',
      [
        [2, { a: '1', b: '2' }],
        [3, 'AF4907'],
      ],
    ],
    ['odd names', 'a,__proto__\n1,2\n', '', [[2, JSON.parse('{"a":"1","__proto__":"2"}')]]],
  ] as const)('reads %s', async (_form, text, name, expected) => {
    expect(brief(await read(text, name))).toEqual(expected)
    expect(brief(await read(`\ufeff${text}`, name))).toEqual(expected)
  })

  it('keeps integers exact', async () => {
    const [line] = await read('{"id":9007199254740993}')
    expect(line!.record).toEqual({ id: 9007199254740993n })
    const [element] = await read('[{"id":[12345678901234567890]}]')
    expect(element!.record).toEqual({ id: [12345678901234567890n] })
  })

  it('reads the same in any pieces', async () => {
    const values = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.constant(null),
      fc.array(fc.string()),
    )
    const objects = fc.array(fc.dictionary(fc.string({ minLength: 1 }), values), {
      minLength: 1,
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(objects, fc.boolean(), fc.integer({ min: 1, max: 9 }), async (list, lines, size) => {
        const text = lines ? list.map((one) => JSON.stringify(one)).join('\n') : JSON.stringify(list, null, 1)
        const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
          text.slice(i * size, (i + 1) * size),
        )
        const name = lines ? 'x.jsonl' : 'x.json'
        const entries = await read(pieces, name)
        expect(entries.map(({ record }) => record)).toEqual(JSON.parse(JSON.stringify(list)))
        expect(brief(entries)).toEqual(brief(await read(text, name)))
      }),
      { numRuns: 40 },
    )
  })

  it('tells form and encoding the same, however little arrives at once', async () => {
    const texts = [
      Buffer.from('# a comment\n# another\nversion: 1\ndn: uid=a\nuid: a\n'),
      Buffer.concat([Buffer.from('\ufeffa,b\n1,'), Buffer.of(0x80), Buffer.from('\n2,3\n')]),
      Buffer.from(`a,b\n1,2\n3,4\n${'5,6\n'.repeat(99)}\0\n`),
      Buffer.from('a,b\n1,2\n', 'utf16le'),
    ]
    for (const bytes of texts) {
      const found: unknown[] = []
      for (const size of [1, 7, bytes.length]) {
        const pieces = (async function* () {
          for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
        })()
        const entries: SourceEntry[] = []
        for await (const group of readPopulation(pieces)) entries.push(...group)
        found.push(brief(entries))
      }
      expect(found[0]).toEqual(found[2])
      expect(found[1]).toEqual(found[2])
    }
  })

  it('takes no integer for an object, however large', async () => {
    const [entry] = await read('[9223372036854775808]')
    expect(entry).toMatchObject({ record: undefined, raw: { text: '9223372036854775808' } })
  })

  it('reads no further than its consumer does', async () => {
    let given = 0
    const endless = (async function* () {
      for (;;) {
        given++
        yield '{"a":1}\n'
      }
    })()
    for await (const group of readPopulation(endless)) if (group.length > 0) break
    expect(given).toBeLessThan(5)
  })
})

describe('TargetIndex', () => {
  const compiled = compiledFrom(
    scimSchema(
      [
        mapping('userName', '[upn]', { matchingPriority: 1 }),
        mapping('externalId', '[id]'),
        mapping('emails[type eq "work"].value', '[mail]'),
        mapping('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', '[manager]'),
        mapping('groups', '[groups]'),
      ],
      {
        target: [
          { name: 'userName' },
          { name: 'externalId', caseExact: true },
          { name: 'emails[type eq "work"].value' },
          { name: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', type: 'Reference' },
          { name: 'groups', multivalued: true },
        ],
      },
    ),
  )
  const index = new TargetIndex(compiled)
  index.add({
    id: '1',
    userName: 'Ada@Contoso.com',
    externalId: 'A7',
    emails: [
      { type: 'home', value: 'h@x' },
      { type: 'Work', value: 'w@x' },
    ],
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
      manager: { value: 'm1', displayName: 'M' },
    },
    groups: [{ value: 'g1', display: 'One' }, { value: 'g2' }],
  })
  index.add({ userName: 'flat', 'emails[type eq "work"].value': 'f@x' })

  it('reads resources and flat objects by target attribute', () => {
    expect([...index.find('userName', 'ada@contoso.com')[0]!]).toEqual([
      ['userName', 'Ada@Contoso.com'],
      ['externalId', 'A7'],
      ['emails[type eq "work"].value', 'w@x'],
      ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', 'm1'],
      ['groups', ['g1', 'g2']],
    ])
    expect(index.find('emails[type eq "work"].value', 'F@X')).toHaveLength(1)
  })

  it('minds case only where the definition says so', () => {
    expect(index.find('externalId', 'A7')).toHaveLength(1)
    expect(index.find('externalId', 'a7')).toEqual([])
    expect(index.find('groups', 'g2')).toHaveLength(1)
    expect(index.find('userName', '')).toEqual([])
    expect(index.find('userName', null)).toEqual([])
  })
})

/** All bytes in pieces of one size. */
const bytesIn = async function* (bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const readBytes = async (
  bytes: Uint8Array,
  size: number,
): Promise<{ records: readonly unknown[]; notes: readonly string[] }> => {
  const notes: string[] = []
  const records: unknown[] = []
  const groups = readPopulation(bytesIn(bytes, size), '', { note: ({ code }) => notes.push(code) })
  for await (const group of groups)
    records.push(...group.map(({ record }) => (record === undefined ? undefined : { ...record })))
  return { records, notes }
}

const encoded = (text: string, encoding: 'utf16le' | 'latin1' | 'utf8'): Uint8Array =>
  new Uint8Array(Buffer.from(text, encoding))

describe('encodings', () => {
  it.each([
    ['UTF-8', 'utf8', []],
    ['UTF-8 with a mark', 'utf8', []],
    ['UTF-16 with a mark', 'utf16le', ['AF4910']],
    ['UTF-16 without a mark', 'utf16le', ['AF4910']],
    ['Windows-1252', 'latin1', ['AF4910']],
  ] as const)('reads %s cut anywhere', async (name, encoding, notes) => {
    const mark = name.endsWith('with a mark') ? '\ufeff' : ''
    const bytes = encoded(`${mark}id,name\n1,Zoë Ångström\n2,Søren\n`, encoding)
    for (const size of [1, 2, 3, 7, 1000]) {
      expect(await readBytes(bytes, size)).toEqual({
        records: [
          { id: '1', name: 'Zoë Ångström' },
          { id: '2', name: 'Søren' },
        ],
        notes,
      })
    }
  })

  it('says so when bytes fit no encoding', async () => {
    const bytes = new Uint8Array([
      ...encoded('id,name\n1,Zoë\n2,S', 'utf8'),
      0xf8,
      ...encoded('ren\n', 'utf8'),
    ])
    for (const size of [1, 2, 3, 5, 7, 1000]) {
      const { records, notes } = await readBytes(bytes, size)
      expect(notes).toEqual(['AF4917'])
      expect(records).toEqual([
        { id: '1', name: 'Zoë' },
        { id: '2', name: 'S\ufffdren' },
      ])
    }
  })

  it('inflates gzip, and says when it is cut off', async () => {
    const packed = gzipSync('id,name\n1,Zoë\n')
    expect((await readBytes(packed, 3)).records).toEqual([{ id: '1', name: 'Zoë' }])
    await expect(readBytes(packed.subarray(0, -9), 5)).rejects.toThrow('gzip')
  })
})

describe('formats', () => {
  const records = async (text: string, name = ''): Promise<readonly unknown[]> =>
    (await read(text, name)).map((entry) =>
      entry.record === undefined ? entry.diagnostics[0]!.code : { ...entry.record },
    )

  it.each([
    ['OData 2', '{"d":{"results":[{"a":1},{"a":2}],"__next":"x"}}'],
    ['a list of pages', '[{"value":[{"a":1}]},{"value":[{"a":2}]}]'],
    ['pages one after the other', '{\n"value":[\n{"a":1}]}\n{\n"value":[{"a":2}]\n}'],
    ['SCIM', '{"totalResults":2,"Resources":[{"a":1},{"a":2}]}'],
    ['a bulk request', '{"Operations":[{"method":"POST","data":{"a":1}},{"data":{"a":2}}]}'],
    ['a list without results in OData', '{"d":[{"a":1},{"a":2}]}'],
    ['a report in its data', '{"Report_Data":{"Report_Entry":[{"a":1},{"a":2}]}}'],
    ['a report with its prefix', '{"wd:Report_Data":{"wd:Report_Entry":[{"a":1},{"a":2}]}}'],
    ['one report entry a line', '{"Report_Entry":{"a":1}}\n{"Report_Entry":{"a":2}}'],
    ['single entities of OData', '{"d":{"a":1}}\n{"d":{"a":2}}'],
    ['a batch', '{"responses":[{"status":200,"body":{"value":[{"a":1}]}},{"body":{"a":2}}]}'],
    ['batches on one line', '[{"responses":[{"body":{"value":[{"a":1}]}},{"body":{"a":2}}]}]'],
    ['an answer that was kept', '{"statusCode":200,"body":{"value":[{"a":1},{"a":2}]}}'],
    ['a plain list', '{"total":2,"employees":[{"a":1},{"a":2}]}'],
    ['one object a line in a page', '{"value":[\n{"a":1},\n{"a":2}\n]}'],
  ])('reads %s', async (_name, text) => {
    expect(await records(text)).toEqual([{ a: 1 }, { a: 2 }])
    // The same when the file comes byte by byte, or laid out in lines.
    expect((await read([...text])).map(({ record }) => ({ ...record }))).toEqual([{ a: 1 }, { a: 2 }])
    if (text.includes('\n')) return
    expect(await records(JSON.stringify(JSON.parse(text), null, 2))).toEqual([{ a: 1 }, { a: 2 }])
  })

  it('reads a SCIM list whose members have lower-case names', async () => {
    const entries = await read('{"totalresults":1,"resources":[{"userName":"ada"}]}', 'scim.json')
    expect(entries.map(({ record }) => record)).toEqual([{ userName: 'ada' }])
  })

  it.each([
    ['{"error":{"code":"Denied","message":"No rights."}}', 'Denied, No rights.'],
    ['{"odata.error":{"code":"Denied","message":{"lang":"en","value":"No."}}}', 'Denied, No.'],
    ['{"error":"invalid_client","error_description":"Wrong secret."}', 'invalid_client, Wrong secret.'],
    ['{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"401","detail":"No."}', '401, No.'],
    ['HTTP/2 200\r\ncontent-type: application/json\r\n\r\n[]', 'headers of an HTTP answer'],
    ['Id Name\r\n-- ----\r\n1  Ada', 'a table or list for the eye'],
    ['Id   : 1\nName : Ada\n', 'a table or list for the eye'],
    ['| id | name |\n|---|:---|\n| 1 | Ada |\n', 'a table or list for the eye'],
    ['id,name\n--,----\n1,Ada\n', 'a table or list for the eye'],
    ['{"errorCode":"E11","errorSummary":"Invalid token"}', 'E11, Invalid token'],
    ['{"message":"Unauthorized"}', 'Unauthorized'],
    ['{"error":"Not Found","status":404,"path":"/report"}', 'Not Found'],
    ['{"value":[{"id":"App.1","templateId":"App","schedule":{"state":"Active"}}]}', 'synchronization jobs'],
    ['{"value":[{"id":"App","factoryTag":"App"}]}', 'synchronization templates'],
    ['{"version":4,"terraform_version":"1.9.0","outputs":{}}', 'a state of Terraform'],
    ['{"resources":[{"provider":"azuread","instances":[{}]}]}', 'a state of Terraform'],
    ['BZh91AY&SY', 'not text'],
    ['- id: 1\n  name: Ada\n', 'YAML'],
    ['users:\n  - id: 1\n    name: Ada\n', 'YAML'],
    ['%PDF-1.7\n', 'not text'],
    ['a\0\0b', 'not text'],
    ['#< CLIXML\n<Objs/>', 'XML'],
  ])('refuses %j by name', async (text, why) => {
    await expect(read(text)).rejects.toThrow(why)
    await expect(read([...text])).rejects.toThrow(why)
  })

  it.each([
    [JSON.stringify(JSON.stringify([{ id: 1 }], null, 1)), 'encoded twice'],
    ['null', 'begins with "null", not with [ or {'],
    ['WARNING: cut off\r\n[{"id":1}]', 'begins with "WARNING: cut off'],
  ])('refuses %j in a file of JSON', async (text, why) => {
    await expect(read(text, 'users.json')).rejects.toThrow(why)
  })

  it('reports a faulty element alone, also in a page', async () => {
    expect(await records('{"value":[{"a":1},{"a":oops},{"a":3}]}')).toEqual([{ a: 1 }, 'AF4901', { a: 3 }])
  })

  it('reads LDIF with folded lines, base64 and lists', async () => {
    const text = [
      'version: 1',
      '# a comment',
      'dn: cn=Zoë,dc=test',
      'cn:: Wm/Dqw==',
      'mail: a@',
      ' test',
      'mail: b@test',
      '',
      'dn: cn=x',
      'changetype: delete',
      '',
    ].join('\n')
    expect(await records(text)).toEqual([
      { dn: 'cn=Zoë,dc=test', cn: 'Zoë', mail: ['a@test', 'b@test'] },
      'AF4907',
    ])
  })

  it('passes over titles above a header, and over what PowerShell and Excel put there', async () => {
    const row = { id: '1', name: 'Ada' }
    expect(await records('Report of workers\nmade today,,\n\nid,name,x\n1,Ada,\n')).toEqual([row])
    expect(await records('#TYPE Selected.System\nid|name\n1|Ada\n')).toEqual([row])
    expect(await records('sep=;\r\nid;name\r\n1;Ada\r\n')).toEqual([row])
  })

  it('reports each faulty row of CSV once, on the line where an editor shows it', async () => {
    const text = 'a,b\r\n"bad"x,2\r\n1,"two\r\nlines"\n3\n"open,4\n5,6\n'
    const entries = await read(text)
    expect(
      entries.map(({ line, record }) => [line, record === undefined ? 'faulty' : { ...record }]),
    ).toEqual([
      [2, 'faulty'],
      [3, { a: '1', b: 'two\nlines' }],
      [5, 'faulty'],
      [6, 'faulty'],
      [7, { a: '5', b: '6' }],
    ])
  })

  it('is linear in one long line, and reads no more of it than is asked for', async () => {
    const one = JSON.stringify({ id: 'x'.repeat(1000) })
    const list = `[${Array.from({ length: 5000 }, () => one).join(',')}]`
    expect(await read(list)).toHaveLength(5000)
    let given = 0
    const endless = (async function* () {
      yield '{"value":['
      for (;;) {
        given++
        yield `${one},`
      }
    })()
    let seen = 0
    for await (const group of readPopulation(endless)) {
      seen += group.length
      if (seen >= 3) break
    }
    expect(given).toBeLessThan(100)
  })

  test('JSON cut anywhere gives the same objects', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }), { maxLength: 6 }),
        fc.constantFrom(
          (list: unknown) => JSON.stringify(list),
          (list: unknown) => JSON.stringify({ '@odata.context': '[x', value: list }, null, 2),
          (list: unknown) => JSON.stringify({ d: { results: list } }),
          (list: unknown) => JSON.stringify(list, null, 1),
        ),
        fc.integer({ min: 1, max: 9 }),
        async (list, write, size) => {
          const plain = list.filter(
            (one) => !('value' in one || 'd' in one || 'error' in one || 'schema' in one),
          )
          const text = write(plain)
          const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
            text.slice(i * size, (i + 1) * size),
          )
          const found = (await read(pieces)).map(({ record }) => record)
          expect(found).toEqual(readJson(JSON.stringify(plain)))
        },
      ),
      { numRuns: 300 },
    ))
})

describe('shapes', () => {
  const shaped = (record: object, ...read: readonly string[]): Record<string, unknown> => {
    const shaper = new Shaper(read)
    return { ...shaper.apply(record) }
  }

  it('never replaces what an object has, but takes the identifier of a reference', () => {
    const record = {
      id: '1',
      objectId: 'mine',
      mobilePhone: '2',
      manager: { id: '3' },
      userPrincipalName: 'a',
    }
    expect(shaped(record, 'objectId', 'mobile', 'manager')).toMatchObject({
      objectId: 'mine',
      mobile: '2',
      manager: '3',
    })
  })

  it('resolves app role assignments by the roles of the application', () => {
    const roles = readAppRoles({ appRoles: [{ id: 'r1', value: 'Admin', displayName: 'Administrator' }] })
    const shaper = new Shaper(['appRoleAssignments'], { appRoles: roles })
    const record = { id: '1', userPrincipalName: 'a', appRoleAssignments: [{ id: 'x', appRoleId: 'r1' }] }
    expect(shaper.apply(record)).toMatchObject({
      appRoleAssignments: [{ id: 'r1', value: 'Admin', displayName: 'Administrator' }],
    })
    expect(shaper.notes()).toEqual([])
  })

  it('reads the state of an account from userAccountControl, unless the mapping does so itself', () => {
    const disabled = { DN: 'cn=a', userAccountControl: '514' }
    expect(shaped(disabled, 'cn')).toMatchObject({ accountEnabled: false })
    expect(shaped({ ...disabled, userAccountControl: 512 }, 'cn')).toMatchObject({ accountEnabled: true })
    expect(shaped({ ...disabled, userAccountControl: '' }, 'cn')).not.toHaveProperty('accountEnabled')
    expect(shaped({ ...disabled, userAccountControl: 'x' }, 'cn')).not.toHaveProperty('accountEnabled')
    expect(shaped(disabled, 'userAccountControl')).not.toHaveProperty('accountEnabled')
    expect(shaped({ dn: 'cn=a', sAMAccountName: 'a' }, 'onPremisesSamAccountName')).toMatchObject({
      onPremisesSamAccountName: 'a',
    })
  })

  it('reads the dates of OData 2 as dates in UTC, and says so once', () => {
    const shaper = new Shaper(['hireDate', 'born', 'title', 'far'])
    const shapedDates = shaper.apply({
      hireDate: '/Date(1492098664000)/',
      born: '/Date(-86400000+0120)/',
      title: '/Date(soon)/',
      far: '/Date(999999999999999)/',
    }) as Readonly<Record<string, DateTime>>
    expect([shapedDates.hireDate, shapedDates.born].map((date) => date?.toIso())).toEqual([
      '2017-04-13T15:51:04.0000000Z',
      '1969-12-31T00:00:00.0000000Z',
    ])
    expect(shapedDates).toMatchObject({ title: '/Date(soon)/', far: '/Date(999999999999999)/' })
    expect(shaper.notes().map(({ code, message }) => `${code} ${message}`)).toEqual([
      'AF4925 Dates such as /Date(0)/ are read as date and time in UTC: hireDate, born.',
    ])
    const resumed = new Shaper(['hireDate'])
    resumed.merge(shaper.state())
    expect(resumed.notes().map(({ code }) => code)).toContain('AF4925')
  })

  it('lists the names of the objects when nothing but computed attributes could be found', () => {
    const shaper = new Shaper(['mobile', 'department', 'IsSoftDeleted'])
    shaper.apply({ Login: 'ada', Desk: '7' })
    expect(shaper.notes().map(({ message }) => message)).toEqual([
      'No object that was read has these attributes of the mapping: mobile, department. The objects have Login, Desk.',
    ])
  })

  it('reads the names of Get-ADUser and of the portal', () => {
    const ad = {
      DistinguishedName: 'cn=a',
      SamAccountName: 'a',
      Surname: 'Berg',
      EmailAddress: 'a@b',
      Enabled: 'True',
    }
    expect(shaped(ad, 'sn', 'mail', 'sAMAccountName', 'accountEnabled')).toMatchObject({
      sn: 'Berg',
      mail: 'a@b',
      sAMAccountName: 'a',
      accountEnabled: 'True',
    })
    const portal = { id: '1', userPrincipalName: 'a', directorySynced: 'True', alternateEmailAddress: 'b@c' }
    expect(shaped(portal, 'objectId', 'dirSyncEnabled', 'otherMails')).toMatchObject({
      objectId: '1',
      dirSyncEnabled: 'True',
      otherMails: 'b@c',
    })
  })
})
