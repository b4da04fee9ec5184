import { describe, expect, it } from 'vitest'
import { standardLibrary } from '../../src/functions/index.js'
import { call, callIn, faultOf, testContext } from './bodies.js'

const editor = { id: '1', value: 'editor', displayName: 'Editor' }
const reader = { id: '2', displayName: 'Reader' }

describe('SingleAppRoleAssignment', () => {
  it.each([
    [[editor], 'editor'],
    [editor, 'editor'],
    [[reader], 'Reader'],
    [[{ value: '', displayName: 'Reader' }], 'Reader'],
    ['Reader', 'Reader'],
    [['Reader', null, ''], 'Reader'],
    [[], null],
    [[null], null],
    [[{ id: '3' }], null],
  ])('of %o is %o', (value, expected) => {
    expect(call('SingleAppRoleAssignment', value)).toBe(expected)
  })
  it('refuses several', () => {
    expect(faultOf(() => call('SingleAppRoleAssignment', [editor, reader]))).toBe('AF5011')
  })
  it('reads own members only', () => {
    const inherited: object = Object.create({ value: 'inherited' })
    expect(call('SingleAppRoleAssignment', [inherited])).toBeNull()
  })
})

describe('the functions for several roles', () => {
  it('AppRoleAssignments gives the names', () => {
    expect(call('AppRoleAssignments', [editor, reader, 'Guest', null])).toEqual(['editor', 'Reader', 'Guest'])
    expect(call('AppRoleAssignments', [])).toEqual([])
  })
  it.each([
    ['AppRoleAssignmentsComplex', 'add'],
    ['AssertiveAppRoleAssignmentsComplex', 'replace'],
  ] as const)('%s gives JSON, sent with %s', (name, operation) => {
    expect(call(name, [editor, reader, 'Guest'])).toEqual([
      '{"id":"1","value":"editor","displayName":"Editor"}',
      '{"id":"2","displayName":"Reader"}',
      '{"value":"Guest","displayName":"Guest"}',
    ])
    expect(standardLibrary.get(name)?.patchOperation).toBe(operation)
  })
})

describe('DefaultDomain and AltSecIdFromNetid', () => {
  it('DefaultDomain comes from the settings', () => {
    const context = testContext()
    const known = { ...context, settings: { ...context.settings, defaultDomain: 'example.org' } }
    expect(callIn(known, 'DefaultDomain')).toBe('example.org')
    expect(faultOf(() => callIn(context, 'DefaultDomain'))).toBe('AF5007')
  })
  it('AltSecIdFromNetid cannot be evaluated', () => {
    expect(faultOf(() => call('AltSecIdFromNetid', '1003'))).toBe('AF5007')
  })
})

describe('DNComponent and StringFromSid', () => {
  it('DNComponent counts from the left', () => {
    expect(call('DNComponent', 'CN=Berg\\, Ada,OU=Staff', 1)).toBe('Berg, Ada')
    expect(call('DNComponent', 'CN=Ada,OU=Staff', 2)).toBe('Staff')
    expect(faultOf(() => call('DNComponent', 'CN=Ada', 0))).toBe('AF5002')
    expect(faultOf(() => call('DNComponent', 'CN=Ada', 10n ** 30n))).toBe('AF5002')
    expect(faultOf(() => call('DNComponent', 'Ada', 1))).toBe('AF5001')
  })
  it('StringFromSid reads Base64', () => {
    expect(call('StringFromSid', 'AQEAAAAAAAEAAAAA')).toBe('S-1-1-0')
    expect(faultOf(() => call('StringFromSid', 'AQ=='))).toBe('AF5001')
  })
})

describe('conversions', () => {
  it('Base64 is UTF-16 by default', () => {
    expect(call('ConvertToBase64', 'Ada')).toBe('QQBkAGEA')
    expect(call('ConvertFromBase64', 'QQBkAGEA')).toBe('Ada')
    expect(call('ConvertFromBase64', 'QWRh', 'UTF8')).toBe('Ada')
    expect(call('ConvertFromBase64', 'QWRh', 'ASCII')).toBe('Ada')
    expect(faultOf(() => call('ConvertFromBase64', 'QWRh', 'EBCDIC'))).toBe('AF5013')
    expect(faultOf(() => call('ConvertFromBase64', '?'))).toBe('AF5001')
  })
  it('ConvertToUTF8Hex writes capitals', () => {
    expect(call('ConvertToUTF8Hex', 'ë/')).toBe('C3AB2F')
  })
})

describe('Redact', () => {
  it('gives the value and says that it is redacted', () => {
    const list = ['a']
    expect(call('Redact', list)).toBe(list)
    expect(
      standardLibrary
        .all()
        .filter(({ redacts }) => redacts)
        .map(({ name }) => name),
    ).toEqual(['Redact'])
  })
})
