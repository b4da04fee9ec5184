import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DotnetFailure } from '../../../src/dotnet/failure.js'
import { distinguishedNameComponent } from '../../../src/dotnet/text/distinguished-name.js'

describe('distinguishedNameComponent', () => {
  it.each([
    ['CN=Ida Holm,OU=Staff,DC=fabrikam,DC=example', 1, 'Ida Holm'],
    ['CN=Ida Holm,OU=Staff,DC=fabrikam,DC=example', 4, 'example'],
    ['CN=Holm\\, Ida,OU=Staff', 1, 'Holm, Ida'],
    ['CN=Holm\\2C Ida,OU=Staff', 1, 'Holm, Ida'],
    ['CN=Bj\\C3\\B8rn,OU=Staff', 1, 'Bjørn'],
    ['CN=\\C3(,OU=x', 1, '\ufffd('],
    ['CN="Holm, Ida" , OU=Staff', 1, 'Holm, Ida'],
    ['CN="a\\"b\\2c",OU=Staff', 1, 'a"b,'],
    ['cn = Ida  ; ou = Staff ', 2, 'Staff'],
    ['CN=Ida+UID=7,OU=Staff', 1, 'Ida'],
    ['CN=Ida+UID=7,OU=Staff', 2, 'Staff'],
    ['CN=end\\ ,OU=x', 1, 'end '],
    ['CN=a\\\\b,OU=x', 1, 'a\\b'],
    ['CN=,OU=x', 1, ''],
    ['2.5.4.3=a=b,OID.1.2=#0401', 2, '#0401'],
    ['CN=a=b', 1, 'a=b'],
  ])('%s, %i', (dn, n, expected) => {
    expect(distinguishedNameComponent(dn, n)).toBe(expected)
  })

  it.each([
    'Ida',
    'CN=a,',
    'CN=a,,OU=b',
    '=a',
    'CN=a\\',
    'CN="a',
    'CN="a"b',
    'CN=a"b"',
    'C N=a',
    ' ',
    'CN=a+b',
  ])('refuses %j', (dn) => {
    expect(() => distinguishedNameComponent(dn, 1)).toThrow(expect.objectContaining({ kind: 'format' }))
  })

  it('says where the fault lies', () => {
    expect(() => distinguishedNameComponent('CN=a,b', 1)).toThrow(
      expect.objectContaining({ start: 5, end: 6 }),
    )
  })

  it.each([
    ['CN=a,OU=b', 3],
    ['CN=a,OU=b', 0],
    ['CN=a,OU=b', -1],
    ['CN=a,OU=b', 1.5],
    ['', 1],
  ])('%j has no component %d', (dn, n) => {
    expect(() => distinguishedNameComponent(dn, n)).toThrow(expect.objectContaining({ kind: 'range' }))
  })

  it('reads back every escaped value, and otherwise fails in its own way only', () => {
    const escaped = (value: string) => value.replace(/[,;+"\\<>=# ]/g, '\\$&')
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (values) => {
        const dn = values.map((value) => `OU=${escaped(value)}`).join(',')
        expect(values.map((_, index) => distinguishedNameComponent(dn, index + 1))).toEqual(values)
      }),
    )
    const dnLike = fc.string({ unit: fc.constantFrom(...'CN=,;+"\\ 2cé#') })
    fc.assert(
      fc.property(dnLike, fc.integer({ min: -1, max: 3 }), (dn, n) => {
        try {
          expect(typeof distinguishedNameComponent(dn, n)).toBe('string')
        } catch (failure) {
          expect(failure).toBeInstanceOf(DotnetFailure)
        }
      }),
    )
  })
})
