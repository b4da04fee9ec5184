import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readJsonPath } from '../../src/sources/api/json-path.js'
import { UnknownForm } from '../../src/sources/api/reader.js'
import { readXPath } from '../../src/sources/api/xpath.js'
import { Shaper } from '../../src/sources/index.js'

const phones = [
  { '@wd:Formatted_Phone': '+1 555 0100', 'wd:Device': { '@wd:Descriptor': 'Landline' }, 'wd:Primary': '1' },
  { '@wd:Formatted_Phone': '+1 555 0101', 'wd:Device': { '@wd:Descriptor': 'Mobile' }, 'wd:Primary': '0' },
]
const worker = {
  'wd:Worker': {
    'wd:Worker_Reference': {
      'wd:ID': [
        { '@wd:type': 'WID', '#text': 'abc' },
        { '@wd:type': 'Employee_ID', '#text': '21001' },
      ],
    },
    'wd:Worker_Data': {
      'wd:Worker_ID': '21001',
      'wd:Active': true,
      'wd:Phone_Data': phones,
      'wd:Name': { 'wd:First_Name': 'Ada', 'wd:Last_Name': { '#text': 'Lind' } },
    },
  },
}

const upper = (path: string): string =>
  `translate(string(${path}),'abcdefghijklmnopqrstuvwxyz','ABCDEFGHIJKLMNOPQRSTUVWXYZ')`

describe('XPath', () => {
  test.each<[string, unknown[]]>([
    ['wd:Worker/wd:Worker_Data/wd:Worker_ID/text()', ['21001']],
    ['wd:Worker/wd:Worker_Data/wd:Name/wd:Last_Name/text()', ['Lind']],
    ['wd:Worker/wd:Worker_Data/wd:Active/text()', [true]],
    ["wd:Worker/wd:Worker_Reference/wd:ID[@wd:type='WID']/text()", ['abc']],
    ['wd:Worker/wd:Worker_Reference/wd:ID[2]/text()', ['21001']],
    ['wd:Worker/wd:Worker_Reference/wd:ID[last()]/text()', ['21001']],
    ['wd:Worker/wd:Worker_Data/wd:Phone_Data[wd:Primary=1]/@wd:Formatted_Phone', ['+1 555 0100']],
    ['wd:Worker/wd:Worker_Data/wd:Phone_Data/@wd:Formatted_Phone', ['+1 555 0100', '+1 555 0101']],
    [
      `wd:Worker/wd:Worker_Data/wd:Phone_Data[${upper('wd:Device/@wd:Descriptor')}='MOBILE' and not(wd:Primary=1)]/@wd:Formatted_Phone`,
      ['+1 555 0101'],
    ],
    [
      "concat(wd:Worker/wd:Worker_Data/wd:Name/wd:First_Name,'.',wd:Worker/wd:Worker_Data/wd:Worker_ID)",
      ['Ada.21001'],
    ],
    ["wd:Worker/wd:Worker_Data[wd:None='x']/wd:Worker_ID/text()", []],
    ['wd:Worker/wd:None/text()', []],
    ['count(wd:Worker/wd:Worker_Data/wd:Phone_Data)', [2]],
  ])('%s', (text, expected) => {
    expect(readXPath(text)(worker)).toEqual(expected)
  })

  it('reads workers without prefixes, and workers that stand at the root', () => {
    const plain = JSON.parse(JSON.stringify(worker).replaceAll('wd:', '')) as { Worker: object }
    for (const form of [plain, plain.Worker, worker['wd:Worker']]) {
      expect(readXPath("wd:Worker/wd:Worker_Reference/wd:ID[@wd:type='WID']/text()")(form)).toEqual(['abc'])
      expect(readXPath('wd:Worker/wd:Worker_Data/wd:Phone_Data[1]/@wd:Formatted_Phone')(form)).toEqual([
        '+1 555 0100',
      ])
    }
  })

  it.each(['//wd:Worker', 'wd:A/../wd:B', 'ancestor::wd:A', 'wd:A[', 'unknown(wd:A)', 'translate(wd:A)', ''])(
    'does not evaluate %j',
    (text) => {
      expect(() => readXPath(text)).toThrow(UnknownForm)
    },
  )
})

const person = {
  personIdExternal: '7',
  employmentNav: {
    results: [
      { userId: 'u1', isPrimary: false, jobInfoNav: { results: [{ title: 'Clerk' }] } },
      { userId: 'u2', isPrimary: 'true', jobInfoNav: { results: [{ title: 'Lead' }, { title: 'Head' }] } },
    ],
  },
}

describe('JSONPath', () => {
  test.each<[string, unknown[]]>([
    ['$.personIdExternal', ['7']],
    ["$['personIdExternal']", ['7']],
    ['$.employmentNav.results[0].userId', ['u1']],
    ['$.employmentNav.results[-1:].jobInfoNav.results[0].title', ['Lead']],
    ['$.employmentNav.results[*].userId', ['u1', 'u2']],
    ['$.employmentNav.results[?(@.isPrimary == true)].userId', ['u2']],
    ["$.employmentNav.results[?(@.userId != 'u1' && @.isPrimary)].userId", ['u2']],
    ['$.employmentNav.results[5].userId', []],
    ['$.none.results[0].userId', []],
  ])('%s', (text, expected) => {
    expect(readJsonPath(text)(person)).toEqual(expected)
  })

  it('reads lists that are not wrapped in results', () => {
    const flat = { employmentNav: [{ userId: 'u1', jobInfoNav: { title: 'Clerk' } }] }
    expect(readJsonPath('$.employmentNav.results[0].userId')(flat)).toEqual(['u1'])
    expect(readJsonPath('$.employmentNav.results[0].jobInfoNav.results[0].title')(flat)).toEqual(['Clerk'])
  })

  it.each(['$..a', 'a', '$.a[', '$.a[?(@.b =~ /x/)]', ''])('does not evaluate %j', (text) => {
    expect(() => readJsonPath(text)).toThrow(UnknownForm)
  })
})

it('takes any text as an expression, and any object, without another error', () => {
  const piece = fc.constantFrom(
    ...[
      'wd:Worker',
      '/',
      '[',
      ']',
      '(',
      ')',
      '@',
      "'x'",
      '=',
      'and',
      'text()',
      '$',
      '.',
      '*',
      '0',
      '?',
      ':',
      '-1',
      'count(',
    ],
  )
  const texts = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
    fc.string(),
  )
  fc.assert(
    fc.property(texts, fc.dictionary(fc.string(), fc.jsonValue()), (text, record) => {
      for (const read of [readXPath, readJsonPath]) {
        try {
          expect(Array.isArray(read(text)(record))).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(UnknownForm)
        }
      }
    }),
  )
})

it('says what PowerShell wrote in place of values, in any format', () => {
  const shaper = new Shaper(['manager'])
  shaper.apply({ Id: '1', Manager: 'Microsoft.Graph.PowerShell.Models.MicrosoftGraphDirectoryObject' })
  shaper.apply({
    Id: '2',
    BusinessPhones: ['System.Object'],
    Org: '@{CostCenter=1}',
    Office: 'Microsoft Campus',
  })
  const other = new Shaper(['manager'])
  other.merge(shaper.state())
  for (const one of [shaper, other])
    expect(
      one
        .notes()
        .filter(({ code }) => code === 'AF4915')
        .map(({ message }) => message.split(' ')[0]),
    ).toEqual(['Manager', 'BusinessPhones', 'Org'])
})

describe('a shape of the schema itself', () => {
  const attribute = (name: string, value: string, multivalued = false) => ({
    name,
    multivalued,
    apiExpressions: [{ key: 'v21.1', value }],
  })
  const attributes = [
    attribute('WorkerID', 'wd:Worker/wd:Worker_Data/wd:Worker_ID/text()'),
    attribute('Phones', 'wd:Worker/wd:Worker_Data/wd:Phone_Data/@wd:Formatted_Phone', true),
    attribute('FirstName', 'wd:Worker/wd:Worker_Data/wd:Name/wd:First_Name/text()'),
    attribute('LegalFirst', 'wd:Worker/wd:Worker_Data/wd:Legal/wd:First_Name/text()'),
  ]
  const names = attributes.map(({ name }) => name)

  it('finds what the expressions find, and says so', () => {
    const shaper = new Shaper(names, { attributes })
    expect({ ...shaper.apply(worker) }).toMatchObject({
      WorkerID: '21001',
      Phones: ['+1 555 0100', '+1 555 0101'],
      FirstName: 'Ada',
    })
    expect(shaper.shape?.name).toBe('api')
    expect(shaper.notes().map(({ code }) => code)).toEqual(['AF4913', 'AF4914'])
  })

  it('finds attributes in a flat report by the last name, unless two share it', () => {
    const shaper = new Shaper(names, { attributes })
    expect({ ...shaper.apply({ Worker_ID: '1', First_Name: 'Ada' }) }).toEqual({
      WorkerID: '1',
      Worker_ID: '1',
      First_Name: 'Ada',
    })
  })

  it('finds the last name within a group, and tells the place', () => {
    const wanted = attributes.slice(0, 3)
    const shaper = new Shaper(names, { attributes: wanted })
    const entry = { Worker_ID: '1', Name_group: [{ 'wd:First_Name': 'Ada' }] }
    expect(shaper.apply(entry)).toMatchObject({ WorkerID: '1', FirstName: 'Ada' })
    expect(shaper.renamed.get('FirstName')).toBe('Name_group.First_Name')
    // Of several groups, the one in the path counts.
    const several = { Worker_ID: '2', Manager: { First_Name: 'Bo' }, Name: { First_Name: 'Eva' } }
    expect(shaper.apply(several)).toMatchObject({ FirstName: 'Eva' })
    const unclear = { Worker_ID: '3', Manager: { First_Name: 'Bo' }, Mentor: { First_Name: 'Eva' } }
    expect(shaper.apply(unclear)).not.toHaveProperty('FirstName')
  })

  it('never replaces what an object has', () => {
    const shaper = new Shaper(names, { attributes })
    expect(shaper.apply({ ...worker, WorkerID: '9' })).toMatchObject({ WorkerID: '9', FirstName: 'Ada' })
    expect(new Shaper(names, { attributes, shape: 'none' }).apply(worker)).toBe(worker)
  })
})
