import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { compileMapping, flowingValues, mapObject } from '../../src/mapping/index.js'
import { generateObjects, mutantsOf } from '../../src/verify/index.js'
import { attrflow, temporaryDirectory } from '../cli/harness.js'

const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
const schema = readFileSync(join(examples, 'entra-to-scim.schema.json'), 'utf8')
const compiled = compileMapping(schema)
const mutants = mutantsOf(compiled)

/** A schema with two attributes and a scope. */
const small = (displayName: string, title = '[jobTitle]') => ({
  synchronizationRules: [
    {
      sourceDirectoryName: 'HR',
      targetDirectoryName: 'App',
      objectMappings: [
        {
          sourceObjectName: 'Worker',
          targetObjectName: 'User',
          flowTypes: 'Add,Update,Delete',
          scope: {
            groups: [
              {
                name: 'staff',
                clauses: [
                  { sourceOperandName: 'kind', operatorName: 'EQUALS', targetOperand: { values: ['staff'] } },
                ],
              },
            ],
          },
          attributeMappings: [
            {
              targetAttributeName: 'id',
              matchingPriority: 1,
              source: { type: 'Attribute', name: 'id', expression: '[id]' },
            },
            { targetAttributeName: 'name', source: { type: 'Function', expression: displayName } },
            {
              targetAttributeName: 'title',
              defaultValue: 'none',
              source: { type: 'Attribute', expression: title },
            },
          ],
        },
      ],
    },
  ],
})

const names = 'IIF([kind] = "staff", Join(" ", [givenName], [surname]), ToUpper([surname]))'
const idsOf = (input: object, where: string): readonly string[] =>
  mutantsOf(compileMapping(JSON.stringify(input)))
    .filter((one) => one.where === where)
    .map(({ id }) => id)

describe('mutants', () => {
  it('are of every kind that an expression, its settings and a scope offer', () => {
    const found = mutantsOf(compileMapping(JSON.stringify(small(names))))
    const of = (mutation: string): readonly string[] =>
      found.filter((one) => one.mutation === mutation).map(({ what }) => what)
    expect(of('comparison')).toEqual(['<> in place of ='])
    expect(of('branch')).toEqual(['IIF: the condition always holds', 'IIF: the condition never holds'])
    expect(of('call')).toContain('without ToUpper')
    expect(of('argument')).toContain('Join: [surname] before [givenName]')
    expect(of('default value')).toEqual(['no default value'])
    expect(of('operation')).toEqual(['without Add', 'without Update', 'without Delete'])
    expect(of('clause')).toEqual(['without the clause kind EQUALS staff'])
    expect(of('operator')).toEqual(['NOT EQUALS in place of EQUALS'])
    expect(of('operand')).toEqual(['another value than staff'])
  })

  it('have identifiers that survive edits elsewhere', () => {
    expect(idsOf(small(names, 'ToUpper([jobTitle])'), 'name')).toEqual(idsOf(small(names), 'name'))
  })

  it('are valid schemas, each with an identifier of its own, and stand where they say', () => {
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length)
    expect(mutants.length).toBeGreaterThan(100)
    for (const { schema: changed, inText, place, before } of mutants) {
      expect(compileMapping(changed).attributes.flatMap(({ errors }) => errors)).toEqual([])
      if (inText) expect(JSON.parse(`"${schema.slice(place.start, place.end)}"`)).toBe(before)
    }
  })

  it('mostly change what happens to some object', () => {
    const objects = [...generateObjects(compiled, { count: 60, seed: 3 })]
    const done = (mapping: typeof compiled): string =>
      JSON.stringify(
        objects.map((object) => {
          const mapped = mapObject(mapping, object)
          return [mapped.outcome, [...flowingValues(mapped)].map(([name, value]) => [name, String(value)])]
        }),
      )
    const original = done(compiled)
    const creating = mutants.filter(({ mutation }) => mutation !== 'flow type' && mutation !== 'operation')
    const different = creating.filter((one) => done(compileMapping(one.schema)) !== original)
    expect(different.length / creating.length).toBeGreaterThan(0.7)
  })
})

describe('attrflow test --mutate', () => {
  it.each([
    ['entra-to-scim', 1],
    ['workday-to-ad', 5],
  ])('leaves no mutant of %s but those that are listed with a reason', async (name, ignored) => {
    const { code, out } = await attrflow(['test', `${name}.test.yaml`, '--mutate'], { directory: examples })
    expect(out).toMatch(new RegExp(`: 0 mutants of \\d+ survived, \\d+ killed, ${ignored} ignored`))
    expect(out).not.toContain('no mutant any more')
    expect(code).toBe(0)
  })

  const run = (cases: readonly object[], more: object = {}, args: readonly string[] = ['--mutate']) => {
    const directory = temporaryDirectory()
    writeFileSync(join(directory, 'app.json'), JSON.stringify(small('ToUpper([surname])')))
    writeFileSync(join(directory, 'app.test.json'), JSON.stringify({ schema: 'app.json', ...more, cases }))
    return attrflow(['test', ...args], { directory })
  }
  const input = { id: '1', kind: 'staff', surname: 'Berg', jobTitle: 'Cook' }
  const weak = { name: 'is in scope', input, expect: { inScope: true } }
  const strong = { name: 'is upper case', input, expect: { attributes: { name: 'BERG' } } }

  it('lists what survives, and what a better case kills is gone', async () => {
    const before = await run([weak])
    expect(before.code).toBe(1)
    expect(before.out).toContain('name: without ToUpper')
    const after = await run([weak, strong])
    expect(after.out).not.toContain('without ToUpper')
  })

  it('reruns one mutant, ignores one for a reason, and refuses an unknown one', async () => {
    const json = JSON.parse((await run([weak], {}, ['--mutate', '--json'])).out)
    expect(json.schemaVersion).toBe('2')
    const found = json.files['app.json'].mutants as readonly {
      readonly id: string
      readonly status: string
      readonly description: string
    }[]
    const one = found.find(({ description }) => description === 'name: without ToUpper')!
    expect(one.status).toBe('Survived')
    expect((await run([weak], {}, ['--mutant', one.id])).code).toBe(1)
    const killed = await run([strong], {}, ['--mutant', one.id])
    expect([killed.code, killed.out.includes('killed by "is upper case"')]).toEqual([0, true])
    const ignored = await run([weak], { ignoredMutants: [{ id: one.id, reason: 'not ours' }] }, [
      '--mutant',
      one.id,
    ])
    expect([ignored.code, ignored.out.includes('ignored: not ours')]).toEqual([0, true])
    expect((await run([weak], {}, ['--mutant', 'none'])).code).toBe(2)
  })

  it('runs none when a case fails without one', async () => {
    const { code, err } = await run([{ ...strong, expect: { attributes: { name: 'x' } } }])
    expect([code, err]).toEqual([1, expect.stringContaining('no mutant was run')])
  })
})
