import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readPopulation, type SourceEntry, TargetIndex } from '../../src/sources/index.js'
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
    ['text that its name calls JSON', '\n\na,b\n1,2\n', 'x.json', [[3, 'AF4901']]],
    ['a value that is no object', '"x"', 'x.json', [[1, 'AF4901']]],
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

  it('reads no further than its consumer does', async () => {
    let given = 0
    const endless = (async function* () {
      for (;;) {
        given++
        yield '{"a":1}\n'
      }
    })()
    for await (const group of readPopulation(endless)) if (group.length > 0) break
    expect(given).toBeLessThan(4)
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
