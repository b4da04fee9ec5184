import { describe, expect, it } from 'vitest'
import { entryName, isNamedBy } from '../../src/connect/ldap/entry-name.js'
import { knownKind } from '../../src/connect/ldap/kinds.js'

const kind = knownKind('organization', { rdn: 'o' }, false)
const nameOf = (dn: string, base: string, values: Record<string, string>) =>
  entryName('rename', { kind, base, values: new Map(Object.entries(values)), current: { dn } })

describe('the name of an entry', () => {
  it('can have one component', () => {
    expect(nameOf('o=acme', 'o=acme', { title: 'x' })).toEqual({ outcome: 'done', value: 'o=acme' })
    expect(nameOf('o=acme', '', { o: 'a,b' })).toEqual({ outcome: 'done', value: 'o=a\\,b' })
  })

  it('stays as the directory writes it if it does not change', () => {
    expect(nameOf('O=Acme, dc=x', 'dc=x', { o: 'Acme' })).toEqual({ outcome: 'done', value: 'O=Acme, dc=x' })
    expect(nameOf('O=Acme, dc=x', 'dc=x', { title: 'x' })).toEqual({ outcome: 'done', value: 'O=Acme, dc=x' })
  })

  it('changes if only its case does', () => {
    expect(nameOf('O=Acme,dc=x', 'dc=x', { o: 'ACME' })).toEqual({ outcome: 'done', value: 'o=ACME,dc=x' })
  })

  it('keeps every part of its first component', () => {
    const [base, dn] = ['dc=x', 'o=a\\+b+uid=1,dc=x']
    expect(nameOf(dn, base, { o: 'a+b', title: 'x' })).toEqual({ outcome: 'done', value: dn })
    expect(nameOf(dn, base, { o: 'c+d' })).toEqual({ outcome: 'done', value: 'o=c\\+d+uid=1,dc=x' })
    expect(nameOf(dn, base, { UID: '2,3' })).toEqual({ outcome: 'done', value: 'o=a\\+b+uid=2\\,3,dc=x' })
    expect(isNamedBy(dn, 'uid', '1', 'o')).toBe(true)
    expect(isNamedBy(dn, 'uid', '2', 'o')).toBe(false)
    expect(isNamedBy(dn, 'o', 'other', 'o')).toBe(true)
    expect(isNamedBy(dn, 'b', 'a', 'o')).toBe(false)
  })
})
