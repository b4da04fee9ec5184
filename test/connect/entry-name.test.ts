import { describe, expect, it } from 'vitest'
import { entryName } from '../../src/connect/ldap/entry-name.js'
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
    expect(nameOf('O=Acme, dc=x', 'dc=x', { o: 'acme' })).toEqual({ outcome: 'done', value: 'O=Acme, dc=x' })
  })
})
