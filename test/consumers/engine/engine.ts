import { readFileSync } from 'node:fs'
import { defineFunction, standardLibrary } from 'attrflow'
import { codegen } from 'attrflow/codegen'
import {
  compileMapping,
  mapObjectsUnique,
  type ScimRequest,
  scimRequestOf,
  type UniqueCandidate,
} from 'attrflow/mapping'

const office = defineFunction({
  name: 'OfficeCode',
  parameters: { city: 'String' },
  returns: 'String',
  evaluate: (city) => city.slice(0, 3).toUpperCase(),
})

const schema = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as {
  synchronizationRules: {
    objectMappings: { attributeMappings: { targetAttributeName: string; source: object }[] }[]
  }[]
}
const attributes = schema.synchronizationRules[0]?.objectMappings[0]?.attributeMappings ?? []
const use = (target: string, expression: string): void => {
  const found = attributes.find(({ targetAttributeName }) => targetAttributeName === target)
  if (found !== undefined) found.source = { type: 'Function', expression }
}
use('title', 'OfficeCode([city])')
use('nickName', 'SelectUniqueValue([mailNickname], Append([mailNickname], "-2"))')

const mapping = compileMapping(JSON.stringify(schema), {
  library: standardLibrary.with(office),
  backend: codegen,
})

interface User {
  readonly objectId: string
  readonly userPrincipalName: string
  readonly mailNickname: string
  readonly mail: string
  readonly city: string
  readonly department: string
}

const users: readonly User[] = Array.from({ length: 1000 }, (_, at) => ({
  objectId: `o${at}`,
  userPrincipalName: `u${at}@contoso.com`,
  mailNickname: `n${at % 500}`,
  mail: `u${at}@contoso.com`,
  city: 'Berlin',
  department: 'Board',
}))

/** A look-up that takes time, asked for all candidates at once. */
const areTaken = async (candidates: readonly UniqueCandidate[]): Promise<readonly UniqueCandidate[]> => {
  await new Promise((done) => setTimeout(done, 1))
  return candidates.filter(({ attribute, value }) => attribute === 'nickName' && value === 'n7')
}

const bodies: NonNullable<ScimRequest['body']>[] = []
const outcomes: Record<string, number> = {}
for (const mapped of await mapObjectsUnique(mapping, users, areTaken)) {
  outcomes[mapped.outcome] = (outcomes[mapped.outcome] ?? 0) + 1
  const request = scimRequestOf(mapping, mapped)
  if (request?.method === 'POST' && request.body !== undefined) bodies.push(request.body)
}
console.log(JSON.stringify({ outcomes, first: bodies[0], seventh: bodies[7] }))
