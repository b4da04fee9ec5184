import { describe, expect, it } from 'vitest'
import { compileFilter } from '../../src/filter/compile.js'
import type { Verdict } from '../../src/filter/explain.js'
import type { Filter } from '../../src/schema/model.js'
import { clause, filterOf, group, inputFilterOf } from './filters.js'

const verdict = (filter: Filter | null | undefined, record: Record<string, unknown>): Verdict => {
  const compiled = compileFilter(filter)
  expect(compiled.diagnostics).toEqual([])
  return compiled.evaluate(record).verdict
}

// The examples of the service's documentation, with names of our own.
describe('documented filters', () => {
  const inDomain = filterOf(group('domain', clause('userPrincipalName', 'REGEX MATCH', '.*\\@fabrikam.com')))
  const outsideDomain = filterOf(
    group('domain', clause('userPrincipalName', 'NOT REGEX MATCH', '.*\\@fabrikam.com')),
  )

  it('keeps the users of a domain', () => {
    expect(verdict(inDomain, { userPrincipalName: 'kai@fabrikam.com' })).toBe(true)
    expect(verdict(inDomain, { userPrincipalName: 'kai@contoso.com' })).toBe(false)
    expect(verdict(inDomain, {})).toBe(false)
    // The dot is any character and nothing is anchored: a pattern says what it says.
    expect(verdict(inDomain, { userPrincipalName: 'kai@fabrikamXcom.example' })).toBe(true)
  })

  it('leaves out the users of a domain', () => {
    expect(verdict(outsideDomain, { userPrincipalName: 'kai@fabrikam.com' })).toBe(false)
    expect(verdict(outsideDomain, { userPrincipalName: 'kai@contoso.com' })).toBe(true)
    expect(verdict(outsideDomain, {})).toBe(false)
  })

  it('reads the broken form of that pattern as .NET does', () => {
    const broken = filterOf(group('domain', clause('userPrincipalName', 'REGEX MATCH', '.\\*@fabrikam.com')))
    expect(verdict(broken, { userPrincipalName: 'kai@fabrikam.com' })).toBe(false)
    expect(verdict(broken, { userPrincipalName: 'k*@fabrikam.com' })).toBe(true)
  })

  it('compares a department with its case', () => {
    const filter = filterOf(group('department', clause('department', 'EQUALS', 'logistics')))
    expect(verdict(filter, { department: 'logistics' })).toBe(true)
    expect(verdict(filter, { department: 'Logistics' })).toBe(false)
  })

  it('excludes a department; whether those without one stay is up to the set', () => {
    const exclusion = group('department', clause('department', 'NOT EQUALS', 'Logistics'))
    for (const filter of [filterOf(exclusion), inputFilterOf(exclusion)]) {
      expect(verdict(filter, { department: 'Logistics' })).toBe(false)
      expect(verdict(filter, { department: 'Finance' })).toBe(true)
    }
    expect(verdict(filterOf(exclusion), {})).toBe(false)
    expect(verdict(inputFilterOf(exclusion), {})).toBe(true)
  })

  it('takes a range of numbers as a search', () => {
    const filter = filterOf(
      group('range', clause('employeeNumber', 'REGEX MATCH', '(1[0-9][0-9][0-9][0-9][0-9][0-9])')),
    )
    expect(verdict(filter, { employeeNumber: '1000000' })).toBe(true)
    expect(verdict(filter, { employeeNumber: '1999999' })).toBe(true)
    expect(verdict(filter, { employeeNumber: '2000000' })).toBe(false)
    expect(verdict(filter, { employeeNumber: '51000000' })).toBe(true)
  })

  it('needs every clause of a group, and one group of several', () => {
    const engineers = group(
      'engineers',
      clause('state', 'EQUALS', 'New York'),
      clause('department', 'EQUALS', 'Engineering'),
      clause('employeeNumber', 'REGEX MATCH', '^1[0-9]{6}$'),
      clause('jobTitle', 'IS NOT NULL'),
    )
    const record = { state: 'New York', department: 'Engineering', employeeNumber: 1234567, jobTitle: 'Lead' }
    expect(verdict(filterOf(engineers), record)).toBe(true)
    for (const name of Object.keys(record)) {
      expect(verdict(filterOf(engineers), { ...record, [name]: null })).toBe(false)
    }
    const executives = group('executives', clause('jobTitle', 'EQUALS', 'CEO'))
    expect(verdict(filterOf(engineers, executives), { jobTitle: 'CEO' })).toBe(true)
    expect(verdict(filterOf(engineers, executives), { jobTitle: 'CFO' })).toBe(false)
  })

  it('lets ordinary users through filters in the style that cloud sync ships', () => {
    const filter = inputFilterOf(
      group(
        'defaults',
        clause('isSystem', 'IS FALSE'),
        clause('remark', 'NOT REGEX MATCH', '^User_'),
        clause('accountName', 'IS NOT NULL'),
        clause('accountName', 'NOT EQUALS', 'SUPPORT_1'),
        clause('alias', 'NOT REGEX MATCH', '^CAS_([^{]*){'),
        clause('recipientType', '!&', '566259712'),
        clause('distinguishedName', 'NOT REGEX MATCH', '^CN\\s*=\\s*([^\\,]*)\\0ACNF'),
      ),
    )
    const ordinary = { accountName: 'kai', distinguishedName: 'CN=Kai,DC=fabrikam' }
    expect(verdict(filter, ordinary)).toBe(true)
    expect(verdict(filter, { ...ordinary, isSystem: 'True' })).toBe(false)
    expect(verdict(filter, { ...ordinary, remark: 'User_7' })).toBe(false)
    expect(verdict(filter, { ...ordinary, accountName: '' })).toBe(false)
    expect(verdict(filter, { ...ordinary, alias: 'CAS_{1' })).toBe(false)
    expect(verdict(filter, { ...ordinary, recipientType: 536870912 })).toBe(false)
    expect(verdict(filter, { ...ordinary, recipientType: 1 })).toBe(true)
    expect(verdict(filter, { ...ordinary, distinguishedName: 'CN=Kai\0ACNF:1,DC=fabrikam' })).toBe(false)
  })

  it('tells security groups by their bit', () => {
    const filter = inputFilterOf(group('security', clause('groupType', '&', '-2147483648')))
    expect(verdict(filter, { groupType: -2147483646 })).toBe(true)
    expect(verdict(filter, { groupType: '2' })).toBe(false)
    expect(verdict(filter, {})).toBe(false)
  })

  it('passes everything without a filter, a set or groups', () => {
    for (const filter of [null, undefined, filterOf(), {} as Filter]) expect(verdict(filter, {})).toBe(true)
  })

  it('reads own members only', () => {
    const filter = filterOf(group('odd', clause('constructor', 'IS NULL'), clause('__proto__', 'IS NULL')))
    expect(verdict(filter, {})).toBe(true)
    expect(verdict(filter, { constructor: 'x' })).toBe(false)
  })
})
