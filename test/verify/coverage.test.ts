import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileMapping, flowingValues, mapObject } from '../../src/mapping/index.js'
import { CoverageGatherer, generateObjects } from '../../src/verify/index.js'
import { awkward } from '../../src/verify/source-values.js'
import { attrflow, temporaryDirectory } from '../cli/harness.js'
import { schemaOf } from '../plan/codegen/mapping-of.js'
import { casesOf } from '../support/at-length.js'

const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
const example = (name: string): string => readFileSync(join(examples, name), 'utf8')
const schema = example('entra-to-scim.schema.json')

describe('coverage', () => {
  it('counts each branch that an object reaches, and no other', () => {
    const gatherer = new CoverageGatherer()
    const compiled = compileMapping(schema, { instrument: gatherer.instrument })
    const user = {
      objectId: '1',
      userPrincipalName: 'a@contoso.com',
      mail: 'a@contoso.com',
      department: 'IT',
      userType: 'Guest',
    }
    gatherer.add(compiled, mapObject(compiled, user))
    const hits = Object.fromEntries(
      gatherer
        .coverage()
        .points.filter(({ where }) => where === 'userType')
        .map(({ what, hits }) => [what, hits]),
    )
    expect(hits).toEqual({ 'Switch: the key "Guest"': 1, 'Switch: the default': 0 })
  })

  it('counts what became of each attribute, and names those that never flow', async () => {
    const gatherer = new CoverageGatherer()
    const compiled = compileMapping(schema, { instrument: gatherer.instrument })
    const user = { userPrincipalName: 'a@contoso.com', mail: 'a@contoso.com', department: 'IT' }
    gatherer.add(compiled, mapObject(compiled, user))
    gatherer.add(compiled, mapObject(compiled, user, { operation: 'update' }))
    const of = (where: string) => gatherer.coverage().attributes.find((one) => one.where === where)
    expect(of('userName')).toMatchObject({ flowed: 1, notFlowed: { matched: 1 } })
    expect(of('active')).toMatchObject({ flowed: 2, notFlowed: {} })
    expect(of('name.givenName')).toMatchObject({ flowed: 0, notFlowed: { null: 2 } })
    const directory = temporaryDirectory()
    writeFileSync(join(directory, 'app.json'), schema)
    writeFileSync(
      join(directory, 'one.test.json'),
      JSON.stringify({ schema: 'app.json', cases: [{ name: 'one', input: user, expect: {} }] }),
    )
    const { out } = await attrflow(['test', '--coverage'], { directory })
    expect(out).toContain('attributes that flow in no case:\n')
    expect(out).toContain('  name.givenName  null 1 ×\n')
    expect(out).not.toContain('  active  ')
  })

  it('counts whether Replace finds something, in single values and in lists', () => {
    const hits = (...objects: readonly object[]): readonly number[] => {
      const gatherer = new CoverageGatherer()
      const compiled = compileMapping(schema, { instrument: gatherer.instrument })
      const user = { userPrincipalName: 'a@contoso.com', mail: 'a@contoso.com', department: 'IT' }
      for (const object of objects) gatherer.add(compiled, mapObject(compiled, { ...user, ...object }))
      const where = 'urn:ietf:params:scim:schemas:extension:Contoso:2.0:User:aliases'
      return gatherer
        .coverage()
        .points.filter((one) => one.where === where)
        .map((one) => one.hits)
    }
    expect(hits({})).toEqual([0, 0])
    expect(hits({ proxyAddresses: ['SMTP:a', 'smtp:b'] })).toEqual([1, 0])
    expect(hits({ proxyAddresses: ['SMTP:a'] }, { proxyAddresses: [] })[0]).toBe(0)
    expect(hits({ proxyAddresses: ['SMTP:a'] })).toEqual([0, 1])
    expect(hits({ proxyAddresses: 'smtp:a' }, { proxyAddresses: 'b' })).toEqual([1, 1])
  })

  it('changes no result', () => {
    const gatherer = new CoverageGatherer()
    const counted = compileMapping(schema, { instrument: gatherer.instrument })
    const plain = compileMapping(schema)
    for (const object of generateObjects(plain, { count: casesOf(200), seed: 5 })) {
      const [a, b] = [mapObject(plain, object), mapObject(counted, object)]
      expect([b.outcome, b.reason, [...flowingValues(b)]]).toEqual([
        a.outcome,
        a.reason,
        [...flowingValues(a)],
      ])
    }
  })

  it('is whole for the examples, and below a threshold names what is missing', async () => {
    const whole = await attrflow(['test', '--coverage-threshold', '100'], { directory: examples })
    expect(whole).toMatchObject({ code: 0, err: '' })
    expect(whole.out).not.toContain('no longer there')
    const directory = temporaryDirectory()
    writeFileSync(join(directory, 'app.json'), schema)
    writeFileSync(
      join(directory, 'one.test.json'),
      JSON.stringify({
        schema: 'app.json',
        cases: [{ name: 'one', input: { userPrincipalName: 'a@contoso.com' }, expect: {} }],
      }),
    )
    const lacking = await attrflow(['test', '--coverage-threshold', '90'], { directory })
    expect(lacking.code).toBe(1)
    expect(lacking.out).toContain('not reached')
    expect(lacking.out).toContain('Switch: the key "Guest"')
    expect(lacking.err).toContain('below 90 %')
  })
})

describe('ignoredBranches', () => {
  const ignored = (branch: string) => ({ attribute: 'userType', branch, reason: 'no object has it' })
  const run = async (...branches: readonly string[]) => {
    const directory = temporaryDirectory()
    writeFileSync(join(directory, 'app.json'), schema)
    writeFileSync(
      join(directory, 'one.test.json'),
      JSON.stringify({
        schema: 'app.json',
        ignoredBranches: branches.map(ignored),
        cases: [{ name: 'one', input: { userPrincipalName: 'a@contoso.com', mail: 'm', department: 'IT' } }],
      }),
    )
    return attrflow(['test', '--coverage'], { directory })
  }

  it('are left out of the count, and named when they are reached or gone', async () => {
    const total = async (...branches: readonly string[]): Promise<number> =>
      Number(/of (\d+) branches/.exec((await run(...branches)).out)![1])
    const all = await total()
    expect(await total('Switch: the key "Guest"')).toBe(all - 1)
    expect((await run('Switch: the key "Guest"')).out).not.toContain('the key "Guest"')
    expect(await total('Switch: the default')).toBe(all)
    const out = (await run('Switch: the default', 'Switch: the key "Robot"')).out
    expect(out).toContain('userType, Switch: the default, which is reached')
    expect(out).toContain('userType, Switch: the key "Robot", which is reached or no longer exists')
  })
})

describe('generated objects', () => {
  const compiled = compileMapping(schema)

  it('are the same for the same seed, and others for another', () => {
    const objects = (seed: number): string =>
      JSON.stringify([...generateObjects(compiled, { count: 20, seed })])
    expect(objects(1)).toBe(objects(1))
    expect(objects(1)).not.toBe(objects(2))
  })

  it('are JSON objects that mapping never throws for', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        for (const object of generateObjects(compiled, { count: 5, seed })) {
          expect(JSON.parse(JSON.stringify(object))).toEqual(object)
          expect(mapObject(compiled, object).outcome).toMatch(/create|skip|error/)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('reach every branch of the example', () => {
    const gatherer = new CoverageGatherer()
    const counted = compileMapping(schema, { instrument: gatherer.instrument })
    for (const object of generateObjects(compiled, { count: 3000, seed: 1 }))
      gatherer.add(counted, mapObject(counted, object))
    expect(gatherer.coverage().points.filter(({ hits }) => hits === 0)).toEqual([])
  })

  const hard = schemaOf(
    [
      'FormatDateTime([hired], , "dd/MM/yyyy", "yyyy-MM-dd")',
      'FormatDateTime(Left([left], 8), , "yyyyMMdd", "yyyy-MM-dd")',
      'NumFromDate(CDate([expires]))',
      'DateAdd("d", 1, [reviewed])',
      'Item(Split([path], "/"), 2)',
      'Mid([code], [position], 2)',
      'CBool([flag])',
      'StringFromSid([sid])',
      'ConvertFromBase64([blob])',
      'DNComponent([dn], 1)',
      'BitAnd([control], 2)',
      'SingleAppRoleAssignment([roles])',
      'Replace([number], , "^(?<area>[0-9]{3})-[0-9]{4}$", "area", "[0]", , )',
    ].map((expression, index) => ({ target: `t${index}`, expression })),
    {
      scope: {
        groups: [
          {
            name: 'g',
            clauses: [
              ['kind', 'REGEX MATCH', '^(?:staff|guest)-[A-Z]{2}$'],
              ['level', 'GREATER_THAN', '20'],
              ['gone', 'IS NULL'],
              ['dept', 'NOT EQUALS', 'Kiosk'],
            ].map(([sourceOperandName, operatorName, ...values]) => ({
              sourceOperandName,
              operatorName,
              targetOperand: { values },
            })),
          },
        ],
      },
    },
  )

  it.each([
    ['entra-to-scim', example('entra-to-scim.schema.json')],
    ['workday-to-ad', example('workday-to-ad.schema.json')],
    ['a schema with many formats', hard],
  ])('of %s are mostly in scope, and few fail', (_, text) => {
    const mapping = compileMapping(text)
    const counts = (count: number): Readonly<Record<string, number>> => {
      const outcomes: Record<string, number> = { create: 0, error: 0 }
      for (const object of generateObjects(mapping, { count, seed: 3 })) {
        const { outcome } = mapObject(mapping, object)
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      }
      return outcomes
    }
    const count = casesOf(3000)
    const many = counts(count)
    expect(many.create).toBeGreaterThan(count * 0.75)
    expect(many.skip).toBeGreaterThan(count * 0.05)
    expect(many.error).toBeLessThan(count * 0.02)
    expect(counts(100).error).toBeLessThanOrEqual(5)
  })

  it('have values of the types that the source defines', () => {
    const source = [
      { name: 'active', type: 'Boolean' },
      { name: 'rank', type: 'Integer' },
      { name: 'born', type: 'DateTime' },
      { name: 'boss', type: 'Reference' },
      { name: 'peers', type: 'Reference', multivalued: true },
    ]
    const mappings = source.map(({ name }) => ({ target: name, expression: `[${name}]` }))
    const typed = compileMapping(schemaOf(mappings, { source }))
    const objects = [...generateObjects(typed, { count: 80, seed: 1 })]
    const valuesOf = (name: string): readonly unknown[] =>
      objects.map((object) => object[name]).filter((value) => value !== undefined)
    const textsOf = (name: string): string => JSON.stringify(valuesOf(name).slice(30))
    expect(new Set(valuesOf('active'))).toEqual(new Set([true, false]))
    expect(valuesOf('rank').filter((value) => !Number.isInteger(value))).toEqual([])
    expect(textsOf('born')).toMatch(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/)
    expect(textsOf('boss')).toMatch(/"00000000-0000-4000-8000-\d{12}"/)
    expect(valuesOf('peers').filter((value) => !Array.isArray(value))).toEqual([])
    expect(textsOf('peers')).toMatch(/\["00000000-0000-4000-8000-\d{12}","/)
    for (const name of ['active', 'rank', 'boss']) expect(valuesOf(name).length).toBeLessThan(80)
  })

  it('begin with texts that break careless expressions', () => {
    const [first, ...rest] = [...generateObjects(compiled, { count: 40, seed: 3 })].map(
      (object) => Object.values(object).filter((value) => awkward.includes(value as string)).length,
    )
    expect(first).toBeGreaterThan(5)
    expect(rest.slice(20).filter((count) => count < 3).length).toBeGreaterThan(15)
  })

  it('come from the command line as lines', async () => {
    const { out, code } = await attrflow(['generate', 'entra-to-scim.schema.json', '--count', '7'], {
      directory: examples,
    })
    expect(code).toBe(0)
    expect(out.trimEnd().split('\n')).toHaveLength(7)
  })
})
