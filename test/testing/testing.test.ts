import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileMapping, mapObject } from '../../src/mapping/index.js'
import {
  assertEvaluatesTo,
  assertMapsTo,
  type MappingMatchers,
  matchers,
  sourceObjects,
} from '../../src/testing/index.js'
import { CoverageGatherer } from '../../src/verify/index.js'
import { sourceValues } from '../../src/verify/source-values.js'
import { blocksOf, readPage, runSamples } from '../docs/samples.js'

declare module 'vitest' {
  interface Matchers<T> extends MappingMatchers<T> {}
}

expect.extend(matchers)

const schema = (name: string): string => readFileSync(`docs/examples/${name}.schema.json`, 'utf8')
const mapping = compileMapping(schema('entra-to-scim'))
const ada = { userPrincipalName: 'ada@contoso.com', mail: 'ada@contoso.com', department: 'IT' }

/** What the failure of a test says. */
const failureOf = (
  test: () => void,
): { message: string; name: string; expected: unknown; actual: unknown } => {
  try {
    test()
  } catch (error) {
    return error as ReturnType<typeof failureOf>
  }
  throw new Error('it did not fail')
}

describe('matchers', () => {
  it('pass when everything is as expected, and fail otherwise with each difference', () => {
    expect(ada).toMapTo(mapping, { outcome: 'create', attributes: { userName: 'ada@contoso.com' } })
    expect(ada).not.toMapTo(mapping, { outcome: 'update' })
    expect(ada).not.toMapTo(mapping, { exact: true, attributes: { userName: 'ada@contoso.com' } })
    const { message } = failureOf(() =>
      expect(ada).toMapTo(mapping, { outcome: 'update', attributes: { userName: 'eve' } }),
    )
    expect(message).toContain('outcome: expected "update", found "create"')
    expect(message).toContain('attributes.userName: expected "eve", found "ada@contoso.com"')
    expect(failureOf(() => expect(ada).not.toMapTo(mapping, { inScope: true })).message).toContain(
      'as it should not be',
    )
  })

  it('take the clock, the operation and objects of the target', () => {
    expect(ada).toMapTo(mapping, { outcome: 'update' }, { operation: 'update' })
    const target = [{ userName: 'ada@contoso.com', active: true }]
    expect(ada).toMapTo(mapping, { matchedBy: { attribute: 'userName' } }, { target })
    const year = 'FormatDateTime(Now(), , "M/d/yyyy h:mm:ss tt", "yyyy")'
    expect(year).toEvaluateTo({}, '2031', { now: '2031-01-15T08:00:00Z' })
    expect(year).not.toEvaluateTo({}, '2030', { now: '2031-01-15T08:00:00Z' })
  })

  it('hide the values of Redact', () => {
    const secret = JSON.parse(schema('entra-to-scim'))
    const [users] = secret.synchronizationRules[0].objectMappings
    for (const one of users.attributeMappings)
      if (one.targetAttributeName === 'title')
        one.source = { expression: 'Redact([jobTitle])', name: null, parameters: [], type: 'Function' }
    const { message } = failureOf(() =>
      expect({ ...ada, jobTitle: 'Spy' }).toMapTo(compileMapping(secret), {
        attributes: { title: 'Clerk' },
        scim: { title: 'Clerk' },
      }),
    )
    expect(message).toContain('attributes.title: expected "Clerk", found "[Redact]"')
    expect(message).not.toContain('Spy')
  })
})

describe('assertions', () => {
  it('throw what test runners know as a failed assertion', () => {
    assertMapsTo(mapping, ada, { inScope: true })
    assertEvaluatesTo('[mail]', {}, { outcome: 'null' })
    const failure = failureOf(() => assertMapsTo(mapping, ada, { outcome: 'update' }))
    expect(failure).toMatchObject({
      name: 'AssertionError',
      code: 'ERR_ASSERTION',
      expected: { outcome: 'update' },
      actual: { outcome: 'create' },
    })
    expect(failureOf(() => assertEvaluatesTo('Left([mail], 1)', ada, 'b')).message).toContain(
      'value: expected "b", found "a"',
    )
  })
})

describe.each(['entra-to-scim', 'workday-to-ad'])('source objects of %s', (name) => {
  const gatherer = new CoverageGatherer()
  const compiled = compileMapping(schema(name), { instrument: gatherer.instrument })

  it('are JSON objects that reach nearly every branch', () => {
    fc.assert(
      fc.property(sourceObjects(fc, compiled), (object) => {
        expect(JSON.parse(JSON.stringify(object))).toEqual(object)
        const mapped = mapObject(compiled, object)
        expect(mapped.outcome).toMatch(/create|skip|error/)
        gatherer.add(compiled, mapped)
      }),
      { numRuns: 3000 },
    )
    // Values are not made for patterns.
    const branches = gatherer
      .coverage()
      .points.filter(({ decision }) => !['clause', 'match'].includes(decision.kind))
    const missing = branches.filter(({ hits }) => hits === 0).map(({ where, what }) => `${where}: ${what}`)
    expect(missing.length / branches.length, missing.join()).toBeLessThan(0.2)
  })

  it('shrink to objects with what is needed', () => {
    const { counterexample } = fc.check(
      fc.property(sourceObjects(fc, compiled), () => false),
      { seed: 1 },
    )
    const needed = sourceValues(compiled).filter((one) => one.needed)
    expect(Object.keys(counterexample![0] as object).sort()).toEqual(needed.map((one) => one.name).sort())
  })
})

describe('the samples of docs/testing.md', () => {
  it('run', async () => {
    const page = readPage('docs/testing.md')
    const tests: [string, () => void][] = []
    const test = (title: string, run: () => void): void => void tests.push([title, run])
    const modules: Readonly<Record<string, unknown>> = {
      'node:fs': { readFileSync },
      'node:test': { test },
      vitest: { expect, test },
      'fast-check': { default: fc },
      'attrflow/mapping': await import('../../src/mapping/index.js'),
      'attrflow/testing': await import('../../src/testing/index.js'),
    }
    for (const [, name] of page.matchAll(/^import .* from '(.*)'/gm)) expect(modules).toHaveProperty([name!])
    // Blocks that import what an earlier one did would declare it twice in one program.
    const seen = new Set<string>()
    const blocks = blocksOf(page, 'js').map((block) =>
      block.replace(/^import \{ (.*) \} from '(.*)'$/gm, (_all, names: string, from: string) => {
        const fresh = names.split(', ').filter((one) => !seen.has(one))
        for (const one of fresh) seen.add(one)
        return fresh.length === 0 ? '' : `import { ${fresh.join(', ')} } from '${from}'`
      }),
    )
    await runSamples(blocks, { load: async (name) => modules[name], check: expect.unreachable })
    expect(tests).toHaveLength(3)
    for (const [, run] of tests) run()
  })

  it('declare the matchers as this file does', () => {
    const [block] = blocksOf(readPage('docs/testing.md'), 'ts')
    expect(readFileSync(new URL(import.meta.url), 'utf8')).toContain(block!.slice(block!.indexOf('declare')))
  })
})
