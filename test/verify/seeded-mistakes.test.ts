import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { attrflow, temporaryDirectory } from '../cli/harness.js'

const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
const example = (name: string): string => readFileSync(join(examples, name), 'utf8')

/* biome-ignore lint/suspicious/noExplicitAny: schemas are changed at will here */
type Json = any

const usersOf = (schema: Json): Json => schema.synchronizationRules[0].objectMappings[0]
const attribute = (schema: Json, target: string): Json =>
  usersOf(schema).attributeMappings.find((one: Json) => one.targetAttributeName === target)

const expression =
  (text: string, target = 'title') =>
  (schema: Json): void => {
    attribute(schema, target).source = { expression: text, name: null, parameters: [], type: 'Function' }
  }
const member =
  (target: string, name: string, value: unknown) =>
  (schema: Json): void => {
    attribute(schema, target)[name] = value
  }
const clause =
  (operatorName: string, sourceOperandName: string, ...values: readonly string[]) =>
  (schema: Json): void => {
    usersOf(schema).scope.groups[0].clauses.push({
      operatorName,
      sourceOperandName,
      targetOperand: { values },
    })
  }
const clausesOf = (schema: Json): Json[] => usersOf(schema).scope.groups[0].clauses

/** The example with a mistake, beside its tests and users. */
const seeded = (change: (schema: Json) => void): string => {
  const directory = temporaryDirectory()
  const schema = JSON.parse(example('entra-to-scim.schema.json'))
  writeFileSync(join(directory, 'old.json'), JSON.stringify(schema, null, 2))
  change(schema)
  writeFileSync(join(directory, 'entra-to-scim.schema.json'), JSON.stringify(schema, null, 2))
  for (const name of ['entra-to-scim.test.yaml', 'users.ndjson'])
    writeFileSync(join(directory, name), example(name))
  return directory
}

const codesOf = async (directory: string, file: string): Promise<readonly string[]> => {
  const { out } = await attrflow(['check', file, '--json'], { directory })
  return [...out.matchAll(/"code":\s*"(AF\d+)"/g)].map(([, code]) => code!)
}

describe('a mistake that people make is caught by attrflow check', () => {
  let before: readonly string[] = []
  beforeAll(async () => {
    before = await codesOf(examples, 'entra-to-scim.schema.json')
  })

  it.each<[string, (schema: Json) => void, string]>([
    ['a value of an enum that does not exist', member('title', 'flowType', 'Add'), 'AF4004'],
    ['an operator that does not exist', clause('EQUAL', 'department', 'Board'), 'AF4500'],
    ['a pattern that is none', clause('REGEX MATCH', 'department', '(a'), 'AF3009'],
    ['a number without anchors', clause('REGEX MATCH', 'employeeId', '[0-9]{4}'), 'AF9100'],
    [
      'a negative clause that lets nobody without a value through',
      clause('NOT EQUALS', 'jobTitle', 'x'),
      'AF9101',
    ],
    ['an attribute with several values in a filter', clause('EQUALS', 'proxyAddresses', 'x'), 'AF9106'],
    ['a filter by membership', clause('EQUALS', 'memberOf', 'x'), 'AF9102'],
    ['an attribute in the wrong case', expression('Trim([JobTitle])'), 'AF2004'],
    ['a misspelt function', expression('Trimm([jobTitle])'), 'AF2001'],
    [
      'a comma that is missing',
      expression('FormatDateTime([employeeHireDate], , "yyyy-MM-dd" "dd.MM.yyyy")'),
      'AF1006',
    ],
    ['a parenthesis too many', expression('Append([jobTitle], "x"))'), 'AF1008'],
    ['positions that are left out', expression('Replace([jobTitle], "a", "b")'), 'AF3005'],
    [
      'a date format in the place of another',
      expression('FormatDateTime([employeeHireDate], "a", "b", "c")'),
      'AF3003',
    ],
    ['a text that is too long', expression(`Append([jobTitle], "${'x'.repeat(10_001)}")`), 'AF3007'],
    [
      'a path that the connector overwrites',
      (schema) => {
        attribute(schema, 'roles[primary eq "True"].value').targetAttributeName =
          'roles[primary eq "True"].type'
      },
      'AF4103',
    ],
    [
      'a target attribute that is mapped twice',
      (schema) => usersOf(schema).attributeMappings.push({ ...attribute(schema, 'title') }),
      'AF4104',
    ],
    ['nothing that tells of deleted users', expression('"True"', 'active'), 'AF9350'],
    [
      'roles under a scope of all users',
      expression('AppRoleAssignmentsComplex([appRoleAssignments])'),
      'AF9231',
    ],
    [
      'roles in an attribute that takes one value',
      expression('AppRoleAssignmentsComplex([appRoleAssignments])'),
      'AF9305',
    ],
    ['a filter by an attribute that is not supported', clause('EQUALS', 'userType', 'Guest'), 'AF9102'],
    ['a filter by a date', clause('EQUALS', 'employeeHireDate', '2026-01-15'), 'AF9102'],
    ['a date compared as a number', clause('GREATER_THAN', 'employeeHireDate', '2026-01-15'), 'AF4504'],
    ['a filter by an attribute in the wrong case', clause('EQUALS', 'Department', 'Sales'), 'AF2004'],
    ['a pattern that can take for ever', expression('Replace([jobTitle], , "(a+)+$", , "x", , )'), 'AF9211'],
    ['a default that existing users never get', member('displayName', 'defaultValue', 'x'), 'AF9310'],
    ['a null that does not clear the target', expression('[city]', 'displayName'), 'AF9308'],
    ['a matching value that users share', expression('[department]', 'userName'), 'AF9312'],
    ['a null test as the condition of IIF', expression('IIF(IsNullOrEmpty([city]), "", [city])'), 'AF9201'],
    [
      'minutes in the place of months',
      expression('FormatDateTime([city], , "dd/mm/yyyy", "yyyy")'),
      'AF9218',
    ],
    ['disabled users that the target does not hear of', expression('[accountEnabled]', 'active'), 'AF9352'],
  ])('%s', async (_what, change, code) => {
    const count = (codes: readonly string[]): number => codes.filter((one) => one === code).length
    const after = await codesOf(seeded(change), 'entra-to-scim.schema.json')
    expect(count(after)).toBeGreaterThan(count(before))
  })

  it('a matching attribute that can be null', async () => {
    const required =
      (name: string) =>
      (schema: Json): void => {
        const [{ objects }] = schema.directories
        objects[0].attributes.find((one: Json) => one.name === name).required = true
      }
    const codes = (name: string): Promise<readonly string[]> =>
      codesOf(seeded(required(name)), 'entra-to-scim.schema.json')
    expect(await codes('userPrincipalName')).not.toContain('AF9351')
    expect(await codes('department')).toContain('AF9351')
  })
})

describe('a mistake that says something valid is caught by attrflow test', () => {
  it.each<[string, (schema: Json) => void, string]>([
    [
      'a pattern that replaces too little',
      expression('Replace([telephoneNumber], , " ", , "", , )', 'phoneNumbers[type eq "work"].value'),
      'every attribute of a new user',
    ],
    [
      'a null that has no guard',
      expression('ToLower([mailNickname])', 'nickName'),
      'every attribute of a new user',
    ],
    [
      'a text that is compared in the wrong case',
      (schema) => {
        clausesOf(schema).find((one) => one.sourceOperandName === 'department').targetOperand.values = [
          'kiosk',
        ]
      },
      'kiosk',
    ],
    ['a default value that is gone', member('title', 'defaultValue', null), 'defaults'],
    [
      'another matching attribute',
      (schema) => {
        attribute(schema, 'userName').matchingPriority = 0
      },
      'in the target',
    ],
  ])('%s', async (_what, change, name) => {
    const { code, out } = await attrflow(['test'], { directory: seeded(change) })
    expect(code).toBe(1)
    const failed = [...out.matchAll(/✗ (.*)/g)].map(([, found]) => found!)
    expect(failed.join('\n')).toContain(name)
  })
})

describe('what a change does to users is shown by attrflow diff', () => {
  const effect = async (change: (schema: Json) => void): Promise<Json> => {
    const args = ['diff', 'old.json', 'entra-to-scim.schema.json', '--source', 'users.ndjson', '--json']
    return JSON.parse((await attrflow(args, { directory: seeded(change) })).out)
  }

  it('a clause that is gone lets users in', async () => {
    const { effect: found } = await effect((schema) => clausesOf(schema).pop())
    expect(found.tags.entersScope.count).toBeGreaterThan(0)
  })

  it('a clause too many shuts users out', async () => {
    const { effect: found } = await effect(clause('EQUALS', 'department', 'Board'))
    expect(found.tags.leavesScope.count).toBeGreaterThan(0)
  })

  it('a matching attribute that is another one is a breaking change', async () => {
    const { changes } = await effect(member('userName', 'matchingPriority', 0))
    expect(changes.map((one: Json) => one.criticality)).toContain('breaking')
  })

  it('a value that becomes another is counted, with what it was', async () => {
    const { effect: found } = await effect(
      expression('IIF([jobTitle] = "Managing Director", "", [jobTitle])'),
    )
    expect(found.affected).toBe(1)
    expect(JSON.stringify(found.attributes)).toContain('Managing Director')
  })

  it('users who would be disabled are counted against the limit', async () => {
    const directory = seeded(clause('EQUALS', 'department', 'Board'))
    const names = example('users.ndjson').matchAll(/"userPrincipalName":"([^"]*)"/g)
    writeFileSync(
      join(directory, 'target.json'),
      JSON.stringify([...names].map(([, userName]) => ({ userName, active: true }))),
    )
    const args = ['diff', 'old.json', 'entra-to-scim.schema.json', '--source', 'users.ndjson']
    const { code, out } = await attrflow([...args, '--target', 'target.json'], { directory })
    expect([code, out.split('\n')[0]]).toEqual([
      1,
      expect.stringMatching(/are disabled or deleted.*over the limit: /),
    ])
  })

  it('without users, the search finds one that OLD and NEW treat differently', async () => {
    const directory = seeded(expression('IIF([city] = "Berlin", "", [jobTitle])'))
    const { out } = await attrflow(['diff', 'old.json', 'entra-to-scim.schema.json'], { directory })
    expect(out).toContain('"city":"Berlin"')
  })
})

describe('a branch that no case reaches is named by attrflow test --coverage-threshold', () => {
  it('of an expression', async () => {
    const directory = seeded(expression('IIF([city] = "Nowhere", "", [jobTitle])'))
    const { code, out } = await attrflow(['test', '--coverage-threshold', '100'], { directory })
    expect(code).toBe(1)
    expect(out).toMatch(/title {2}IIF: when the condition holds/)
  })
})

describe('a case that would not notice a mistake is shown by attrflow test --mutate', () => {
  it('without the case about kiosks, the clause could go', async () => {
    const directory = seeded(() => {})
    const cases = example('entra-to-scim.test.yaml').split(/\n(?= {2}- name: )/)
    const kept = cases.filter((one) => !/kiosk/i.test(one))
    expect(kept.length).toBeLessThan(cases.length)
    writeFileSync(join(directory, 'entra-to-scim.test.yaml'), `${kept.join('\n')}\n`)
    const { code, out } = await attrflow(['test', '--mutate'], { directory })
    expect(code).toBe(1)
    expect(out).toContain('without the clause department NOT EQUALS Kiosk')
  })
})
