import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkSchema, type MappedObject, mapObject, schemaOutline } from '../../src/mapping/index.js'
import { readSchema } from '../../src/schema/read.js'
import { compiledFile } from './schemas.js'

const samples = '../shared/samples'
const salesforce = `${samples}/entra2salesforce.schema.json`
const cloudSync = `${samples}/cloudsync-ad2entra.schema.json`

const valueIn = (mapped: MappedObject, target: string): unknown => {
  const found = mapped.attributes.find(({ attribute }) => attribute.mapping.targetAttributeName === target)
  return found?.decision.flows === true ? found.decision.value : found?.decision
}

describe.skipIf(!existsSync(samples))('real schemas', () => {
  it('map a user to an application', () => {
    const compiled = compiledFile(salesforce, 'User->User')
    const mapped = mapObject(compiled, {
      userPrincipalName: 'ada@contoso.com',
      mail: 'ada@contoso.com',
      givenName: 'Ada',
      surname: 'Tester',
      displayName: 'Ada Tester',
      mailNickname: 'ada',
      appRoleAssignments: [{ displayName: 'Standard User' }],
    })
    expect(mapped.diagnostics).toEqual([])
    expect(mapped.outcome).toBe('create')
    expect(mapped.attributes.filter(({ decision }) => decision.flows).length).toBeGreaterThan(8)
  })

  it.each([
    [66048, 'True'],
    [66050, 'False'],
    ['512', 'True'],
  ])('userAccountControl %s makes AccountEnabled %s', (userAccountControl, expected) => {
    const compiled = compiledFile(cloudSync, 'user->User')
    const mapped = mapObject(compiled, {
      objectGUID: 'guid',
      sAMAccountName: 'ada',
      cn: 'Ada',
      userPrincipalName: 'ada@contoso.com',
      userAccountControl,
    })
    expect(valueIn(mapped, 'AccountEnabled')).toBe(expected)
    // This kind of job ignores flow types.
    expect(compiled.attributes.every(({ rules }) => rules.flowType === 'Always')).toBe(true)
    expect(compiled.dialect).toBe('cloud-sync')
  })

  it.each([salesforce, cloudSync])('%s has no errors, and an outline', (path) => {
    const { schema } = readSchema(readFileSync(path, 'utf8'))
    expect(checkSchema(schema!).filter(({ severity }) => severity === 'error')).toEqual([])
    const { rules } = schemaOutline(schema!)
    expect(rules.flatMap(({ objectMappings }) => objectMappings).length).toBeGreaterThan(1)
  })
})
