import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainFilter, filterDecider } from '../../src/filter/index.js'
import {
  compileMapping,
  type MapRequest,
  mapObject,
  mappedObjectJson,
  mappedTextWriter,
  scimBodyWriter,
  scimRequestOf,
} from '../../src/mapping/index.js'
import { readAttribute } from '../../src/values/record.js'
import { resolveSettings } from '../../src/values/resolve-settings.js'
import { filters, records } from '../filter/filters.js'

const text = fc.oneof(
  fc.constantFrom(
    '',
    'Ada',
    ' {"a":1}',
    '{"value":"x","b":9007199254740993}',
    '{',
    'True',
    'false',
    '7',
    '"\\',
    '\ud800',
    'Zoë 😀',
    '\u2028',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
)
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.constantFrom(null, true, false, 0, -0, 1.5, 12345678901234567890n),
  fc.array(text, { maxLength: 3 }),
  fc.record({ value: text }),
)

/** Places of a resource of every kind: simple ones, complex ones, elements of lists, extensions, roles, faulty ones. */
const targets = [
  'userName',
  'active',
  'title',
  'name.givenName',
  'name.familyName',
  'emails[type eq "work"].value',
  'emails[type eq "work"].primary',
  'emails[type eq "home"].value',
  'emails[primary eq true].value',
  'phoneNumbers',
  'roles[primary eq "True"].value',
  'roles[primary eq "True"].type',
  'roles',
  'addresses[type eq "work"].locality',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
  'urn:ietf:params:scim:schemas:extension:x:2.0:User:level',
  'name',
  '7up',
  '__proto__',
  'broken[',
] as const

const mappingOf = (names: readonly string[], flags: readonly boolean[]) =>
  compileMapping(
    JSON.stringify({
      synchronizationRules: [
        {
          targetDirectoryName: 'customappsso',
          objectMappings: [
            {
              sourceObjectName: 'User',
              targetObjectName: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
              scope: flags[0]
                ? {
                    groups: [
                      {
                        name: 'g',
                        clauses: [
                          { sourceOperandName: 'a0', operatorName: 'IS NOT NULL' },
                          ...(flags[1] ? [{ sourceOperandName: 'a1', operatorName: 'IS NOT NULL' }] : []),
                        ],
                      },
                    ],
                  }
                : null,
              attributeMappings: names.map((targetAttributeName, at) => ({
                targetAttributeName,
                defaultValue: at % 3 === 2 ? 'd' : null,
                source:
                  at % 5 === 4
                    ? { type: 'Function', name: 'Redact', expression: `Redact([a${at}])` }
                    : { type: 'Attribute', name: `a${at}` },
                ...(at === 0 ? { matchingPriority: 1 } : {}),
              })),
            },
          ],
        },
      ],
    }),
  )

describe('the text of a mapped object', () => {
  it('is that of its data, and the body that of its request, whatever flows where', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...targets), { minLength: 1, maxLength: 9 }),
        fc.tuple(fc.boolean(), fc.boolean()),
        fc.array(fc.array(value, { minLength: 9, maxLength: 9 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(undefined, 'create', 'update'),
        (names, flags, objects, operation) => {
          const compiled = mappingOf(names, flags)
          const request: MapRequest = operation === undefined ? {} : { operation }
          const write = mappedTextWriter(compiled)
          const bodyOf = scimBodyWriter(compiled)
          // The writer is used again: what one object left must not show in the next.
          for (const values of objects) {
            const record = Object.fromEntries(values.map((one, at) => [`a${at}`, one]))
            const mapped = mapObject(compiled, record, request)
            const leading = { line: 3, id: values[0] === null ? undefined : 'é"' }
            expect(write(mapped, leading)).toBe(
              JSON.stringify({ ...leading, ...mappedObjectJson(compiled, mapped) }),
            )
            const body = scimRequestOf(compiled, mapped)?.body
            expect(bodyOf(mapped)).toBe(body && JSON.stringify(body))
          }
        },
      ),
      { numRuns: 400 },
    )
  })

  it('is that of its data for the users of the example', () => {
    const compiled = compileMapping(readFileSync('docs/examples/entra-to-scim.schema.json', 'utf8'))
    const write = mappedTextWriter(compiled, { compliant: true })
    const users = readFileSync('docs/examples/users.ndjson', 'utf8').trimEnd().split('\n')
    for (const operation of ['create', 'update'] as const)
      for (const user of users) {
        const mapped = mapObject(compiled, JSON.parse(user), { operation })
        expect(write(mapped)).toBe(JSON.stringify(mappedObjectJson(compiled, mapped, { compliant: true })))
      }
  })
})

describe('what decided about a scope', () => {
  it('is what the explanation says of the deciding set, group and clause', () => {
    const settings = resolveSettings(undefined)
    fc.assert(
      fc.property(filters, records, (filter, record) => {
        const read = (name: string) => readAttribute(record, name)
        const { sets, decidedBy, sentence } = explainFilter(filter, read, settings)
        const set = decidedBy ?? sets.groups ?? sets.inputFilterGroups ?? sets.categoryFilterGroups
        const group = set?.decidedBy ?? set?.groups[0]
        const clause = group?.decidedBy ?? (group?.clauses.length === 1 ? group.clauses[0] : undefined)
        expect(filterDecider(filter, settings)(read)).toEqual({
          ...(set === undefined ? {} : { set: set.set }),
          ...(group === undefined ? {} : { group: group.title }),
          ...(clause === undefined ? {} : { clause: clause.text, value: clause.value }),
          reason: sentence,
        })
      }),
      { numRuns: 500 },
    )
  })
})
