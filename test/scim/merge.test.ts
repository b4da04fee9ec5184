import { describe, expect, it } from 'vitest'
import { mergeMembers, mergeResource } from '../../src/scim/merge.js'
import type { Value } from '../../src/values/value.js'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const current = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  id: '7',
  meta: { version: 'W/"1"' },
  groups: [{ value: 'g' }],
  UserName: 'ada',
  title: 'Lead',
  name: { givenName: 'Ada', familyName: 'L' },
  emails: [
    { type: 'Work', value: 'ada@example.com', primary: true },
    { type: 'home', value: 'ada@home.example' },
  ],
  local: { kept: true },
}

const merged = (values: Readonly<Record<string, Value>>, addOnly: readonly string[] = []): unknown =>
  JSON.parse(
    JSON.stringify(mergeResource(current, new Map(Object.entries(values)), { addOnly: new Set(addOnly) })),
  )

describe('a resource that replaces one', () => {
  it('keeps what no value names, without what only the target writes', () => {
    const { meta: _, groups: __, ...rest } = current
    expect(merged({})).toEqual(rest)
  })

  it('has the new values where the target spells their names', () => {
    expect(
      merged({
        userName: 'b',
        'name.familyName': 'M',
        'emails[type eq "work"].value': 'b@example.com',
        'phoneNumbers[type eq "mobile"].value': '1',
        'addresses[type eq "work"].locality': null,
        active: 'False',
        [`${ENTERPRISE}:manager`]: '8',
      }),
    ).toMatchObject({
      schemas: [...current.schemas, ENTERPRISE],
      UserName: 'b',
      name: { givenName: 'Ada', familyName: 'M' },
      emails: [{ type: 'Work', value: 'b@example.com', primary: true }, current.emails[1]],
      phoneNumbers: [{ type: 'mobile', value: '1' }],
      active: false,
      [ENTERPRISE]: { manager: { value: '8' } },
    })
  })

  it('loses values that are null, and the elements and complex values that are empty then', () => {
    const cleared = merged({
      title: null,
      'name.givenName': null,
      'name.familyName': '',
      'emails[type eq "work"].value': null,
      [`${ENTERPRISE}:department`]: null,
    })
    expect(cleared).not.toHaveProperty('title')
    expect(cleared).not.toHaveProperty('name')
    expect(cleared).not.toHaveProperty([ENTERPRISE])
    expect(cleared).toMatchObject({ emails: [current.emails[1]] })
  })

  it('keeps the value of a place whose new one does not fit', () => {
    expect(merged({ active: 'perhaps', title: 'Head' })).toMatchObject({ title: 'Head' })
    expect(merged({ active: 'perhaps' })).not.toHaveProperty('active')
  })

  it('gains elements where they are only ever added', () => {
    const roles = [{ value: 'a' }, { value: 'b' }]
    const once = mergeResource({ roles: [{ value: 'a' }] }, new Map([['roles', roles]]), {
      addOnly: new Set(['roles']),
    })
    expect(once.roles).toEqual(roles)
    const shown = [{ type: 'x', value: 'a' }, { value: 2n ** 60n } as never]
    const same = mergeResource({ roles: shown }, new Map([['roles', [{ value: 'a', type: 'x' }]]]), {
      addOnly: new Set(['roles']),
    })
    expect(same.roles).toEqual(shown)
  })

  it('has members added once and removed', () => {
    const group = { id: 'g', members: [{ value: '1', display: 'x' }, { value: '2' }] }
    const next = mergeMembers(group, 'members', { add: ['2', '3'], remove: ['1'] })
    expect(next.members).toEqual([{ value: '2' }, { value: '3' }])
    expect(mergeMembers({ id: 'g' }, 'members', { add: ['4'], remove: [] }).members).toEqual([{ value: '4' }])
  })
})
