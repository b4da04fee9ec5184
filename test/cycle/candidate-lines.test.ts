import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { candidateLines } from '../../src/cycle/candidate-lines.js'
import { BlockReader, LineBlocks } from '../../src/cycle/index.js'
import { type RequiredTexts, requiredTexts } from '../../src/filter/index.js'
import { compileMapping, mapObject } from '../../src/mapping/index.js'
import { Shaper } from '../../src/sources/index.js'
import type { SourceRecord } from '../../src/values/record.js'
import { resolveSettings } from '../../src/values/resolve-settings.js'
import { casesOf } from '../support/at-length.js'

const words = [
  'Sales',
  'sales',
  '@fabrikam.com',
  'True',
  '1e3',
  'Zoë',
  'a_b',
  'No"quote',
  'ab',
  'Kiosk Berlin',
] as const
const attributes = ['department', 'userPrincipalName', 'IsSoftDeleted', 'tags'] as const

const arbitraryClause = fc.record({
  sourceOperandName: fc.constantFrom(...attributes),
  operatorName: fc.constantFrom('EQUALS', 'INCLUDES', 'ENDS_WITH', 'NOT EQUALS', 'IS NOT NULL'),
  targetOperand: fc.record({
    values: fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 2 }),
  }),
})
const arbitraryGroups = fc.array(
  fc.record({ name: fc.constant('g'), clauses: fc.array(arbitraryClause, { maxLength: 3 }) }),
  { minLength: 1, maxLength: 3 },
)

const text = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom('u_fabrikam.com#EXT#@t.example', 'u@fabrikam.com', '', 'xSales', 'Sales '),
)
const value: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.constantFrom(true, false, null, 1000, 0, 1e21),
  fc.array(text, { maxLength: 3 }),
)
/** JSON of an object as it may stand in a file: with escapes, blanks and doubled members. */
const arbitraryLine = fc
  .record({
    members: fc.array(fc.tuple(fc.constantFrom(...attributes), value), { maxLength: 4 }),
    escaped: fc.boolean(),
    blank: fc.constantFrom('', ' '),
  })
  .map(({ members, escaped, blank }) => {
    const json = (one: unknown): string => {
      const plain = JSON.stringify(one)
      return escaped ? plain.replace(/[Sa@]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`) : plain
    }
    return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${blank}${json(one)}`).join(`,${blank}`)}}`
  })

const mappingFor = (groups: unknown) =>
  compileMapping(
    JSON.stringify({
      synchronizationRules: [
        {
          sourceDirectoryName: 'Azure Active Directory',
          objectMappings: [
            {
              sourceObjectName: 'User',
              targetObjectName: 'App',
              scope: { groups },
              attributeMappings: [{ targetAttributeName: 'a', source: { type: 'Constant', name: 'a' } }],
            },
          ],
        },
      ],
    }),
  )

describe('the lines that can be in scope', () => {
  it('are all that are', async () => {
    let told = 0
    await fc.assert(
      fc.asyncProperty(arbitraryGroups, fc.array(arbitraryLine, { maxLength: 12 }), async (groups, lines) => {
        const compiled = mappingFor(groups)
        const required = requiredTexts(compiled.objectMapping.scope, resolveSettings(undefined), (name) =>
          name === 'userPrincipalName'
            ? 'withoutGuestMark'
            : name === 'IsSoftDeleted'
              ? 'computed'
              : 'asHeld',
        )
        if (required !== undefined) told++
        const bytes = Buffer.from(lines.join('\n'), 'utf8')
        const numbersInScope = async (texts: RequiredTexts | undefined): Promise<readonly number[]> => {
          const reader = new BlockReader(new Shaper([...attributes]), texts)
          const found: number[] = []
          const blocks = new LineBlocks(piecesOf(bytes, 7), { offset: 0, line: 1 }, true)
          for await (const block of blocks)
            for (const { line, record } of reader.read(block))
              if (record !== undefined && mapObject(compiled, record as SourceRecord).scope.inScope === true)
                found.push(line)
          return found
        }
        expect(await numbersInScope(required)).toEqual(await numbersInScope(undefined))
      }),
      { numRuns: 300 },
    )
    expect(told).toBeGreaterThan(casesOf(20))
  })

  it('leave out most others', () => {
    const bytes = Buffer.from(
      '{"d":"Sales"}\n{"d":"Board"}\n{"d":"B\\u0053"}\nno object\n{"d":"xSales"}\r\n{"d":1}',
    )
    expect([...candidateLines(bytes, [[[Buffer.from('Sales')]]])]).toEqual([
      { start: 0, end: 13, index: 0 },
      { start: 28, end: 43, index: 2 },
      { start: 44, end: 53, index: 3 },
      { start: 54, end: 68, index: 4 },
    ])
  })
})

describe('a text that begins with a quote', () => {
  const lines = ['{"c":"AU"}', '{"c":"XAU"}', '{"c":""}', '{"c":1}', '{"AU":"x"}']
  const bytes = Buffer.from(lines.join('\n'))

  it.each(['"AU"', '""', '"', '"x"}', '"AU":', '1', '"Y'])('%s is found where it stands', (text) => {
    const found = [...candidateLines(bytes, [[[Buffer.from(text)]]])].map(({ index }) => index)
    expect(found).toEqual(lines.flatMap((line, index) => (line.includes(text) ? [index] : [])))
  })
})

const piecesOf = async function* (bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

describe('blocks of lines', () => {
  it('hold every line once, whatever pieces the bytes come in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('', 'a', 'bc', 'ü', '\r'), { maxLength: 20 }),
        fc.integer({ min: 1, max: 9 }),
        async (lines, size) => {
          const bytes = Buffer.from(lines.join('\n'), 'utf8')
          const seen: Buffer[] = []
          let [line, end] = [1, 0]
          for await (const block of new LineBlocks(piecesOf(bytes, size), { offset: 0, line: 1 }, true)) {
            expect(block.line).toBe(line)
            seen.push(Buffer.from(block.bytes))
            line += block.lines
            end = block.end
          }
          expect(Buffer.concat(seen).toString()).toBe(bytes.toString())
          expect(end).toBe(bytes.length)
        },
      ),
    )
  })
})

describe('what a line must have', () => {
  it('is every telling clause of one group, as JSON writes its texts', () => {
    const clause = (sourceOperandName: string, operatorName: string, ...values: string[]) => ({
      sourceOperandName,
      operatorName,
      targetOperand: { values },
    })
    const compiled = mappingFor([
      { name: 'a', clauses: [clause('c', 'EQUALS', 'AU'), clause('t', 'ENDS_WITH', 'Intern')] },
      { name: 'b', clauses: [clause('d', 'INCLUDES', 'Sales'), clause('e', 'IS NOT NULL')] },
    ])
    const required = requiredTexts(compiled.objectMapping.scope, resolveSettings(undefined), () => 'asHeld')
    expect(required).toEqual([[['"AU"'], ['Intern"']], [['Sales']]])
    const bytes = Buffer.from(
      '{"c":"AU","t":"An Intern"}\n{"c":"AU","t":"Interns"}\n{"c":"AUS","t":"Intern"}\n{"d":"No Sales yet"}',
    )
    const sought = required!.map((lists) => lists.map((texts) => texts.map((text) => Buffer.from(text))))
    expect([...candidateLines(bytes, sought)].map(({ index }) => index)).toEqual([0, 3])
  })
})
