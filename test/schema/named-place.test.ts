import { expect, it } from 'vitest'
import { JsonDocument } from '../../src/schema/json-document.js'
import { namedPlace, placeInWords } from '../../src/schema/named-place.js'

const text = JSON.stringify({
  id: 'job',
  synchronizationRules: [
    {
      name: 'USERS',
      objectMappings: [
        {
          name: 'People',
          sourceObjectName: 'User',
          targetObjectName: 'Person',
          scope: {
            groups: [
              { name: 'Staff', clauses: [{ operatorName: 'IS NULL' }, { operatorName: 'WRONG' }] },
              { clauses: [{ operatorName: 'NAMELESS' }] },
            ],
          },
          attributeMappings: [{ targetAttributeName: 'nickName', source: { expression: '[a' } }],
        },
      ],
    },
  ],
  directories: [
    { name: 'Workday', objects: [{ name: 'User', attributes: [{ name: 'mail', type: 'Strung' }] }] },
  ],
})
const document = new JsonDocument(text)

it.each([
  ['[a', 'nickName, User → Person', 'USERS / People / nickName'],
  ['WRONG', 'group “Staff”, clause 2, User → Person', 'USERS / People'],
  ['NAMELESS', 'group “2”, clause 1, User → Person', 'USERS / People'],
  ['Strung', 'mail, User, Workday', 'Workday / User / mail'],
  ['USERS', '', 'USERS'],
  ['job', '', ''],
])('names the place of %s', (part, words, name) => {
  const offset = text.indexOf(part)
  expect(placeInWords(document, offset)).toBe(words)
  expect(namedPlace(document, offset)).toBe(name)
})
