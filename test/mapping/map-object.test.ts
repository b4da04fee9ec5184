import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  type MappedObject,
  type MapRequest,
  mapObject,
  mappedObjectJson,
  scimRequestOf,
  selectObjectMapping,
  type TargetObject,
  withoutRedacted,
} from '../../src/mapping/index.js'
import { readSchema } from '../../src/schema/read.js'
import { flattenResource } from '../../src/scim/index.js'
import { REDACTED } from '../../src/values/redacted.js'
import type { Value } from '../../src/values/value.js'
import { compiledFrom, mapping, scimSchema } from './schemas.js'

const clauses = (attribute: string, operator: string, value?: string): object => ({
  sourceOperandName: attribute,
  operatorName: operator,
  targetOperand: value === undefined ? null : { values: [value] },
})
const group = (name: string, ...list: readonly object[]): object => ({ name, clauses: list })

const basic = [
  mapping('userName', '[userPrincipalName]', { matchingPriority: 1 }),
  mapping('externalId', '[employeeId]', { matchingPriority: 2 }),
  mapping('active', 'Not([IsSoftDeleted])'),
  mapping('title', '[jobTitle]', { defaultValue: 'Staff' }),
  mapping('nickName', '[nick]', { flowType: 'ObjectAddOnly' }),
]
const plainSource = ['userPrincipalName', 'employeeId', 'nick'].map((name) => ({ name }))
const sales = { groups: [group('Sales', clauses('department', 'EQUALS', 'Sales'))] }
const users = compiledFrom(scimSchema(basic, { mapping: { scope: sales } }))

const ada = { userPrincipalName: 'ada@contoso.com', employeeId: '7', department: 'Sales', nick: 'a' }
const target = (values: Readonly<Record<string, Value>>): TargetObject => new Map(Object.entries(values))
const summary = ({ outcome, reason, attributes }: MappedObject): unknown => ({
  outcome,
  reason,
  values: Object.fromEntries(
    attributes.flatMap(({ attribute, decision }) =>
      decision.flows ? [[attribute.mapping.targetAttributeName, decision.value]] : [],
    ),
  ),
})
const run = (record: object, request: MapRequest = {}): unknown =>
  summary(mapObject(users, record as Record<string, unknown>, request))

describe('mapObject', () => {
  it('takes what other objects of the target have as taken by SelectUniqueValue, but not its own value', () => {
    const unique = compiledFrom(
      scimSchema([
        mapping('userName', 'SelectUniqueValue([userPrincipalName], [nick])', { matchingPriority: 1 }),
        mapping('nickName', 'SelectUniqueValue([nick], [second])'),
      ]),
    )
    const [own, other] = [target({ userName: 'ada@contoso.com', nickName: 'b' }), target({ nickName: 'a' })]
    const nickOf = (request: MapRequest) =>
      mapObject(unique, { ...ada, second: 'b' }, request).attributes[1]!.decision
    const find =
      (...all: readonly TargetObject[]): NonNullable<MapRequest['findTargets']> =>
      (attribute, value) =>
        all.filter((one) => one.get(attribute) === value)
    expect(nickOf({ findTargets: find(other) })).toMatchObject({ flows: true, value: 'b' })
    expect(nickOf({ findTargets: find(own, other) })).toMatchObject({ flows: false, reason: 'unchanged' })
    expect(nickOf({ findTargets: find(own, other), isTaken: () => false })).toMatchObject({ value: 'a' })
    expect(nickOf({ findTargets: find(other, target({ nickName: 'b' })) })).toMatchObject({
      reason: 'failed',
    })
    expect(() => nickOf({ operation: 'create', findTargets: (async () => []) as never })).toThrow(
      'a list at once',
    )
  })

  it('creates with defaults and what applies on create only', () => {
    const values = {
      userName: 'ada@contoso.com',
      externalId: '7',
      active: true,
      title: 'Staff',
      nickName: 'a',
    }
    expect(run(ada)).toEqual({ outcome: 'create', reason: 'NewInScope', values })
    expect(run(ada, { findTargets: () => [] })).toEqual({ outcome: 'create', reason: 'NewInScope', values })
  })

  it.each([
    ['two attributes of one name', ['title', 'title']],
    ['names like numbers, which objects list first', ['title', '7']],
  ])('keeps the values apart of %s', (_what, [first, second]) => {
    const twice = compiledFrom(
      scimSchema([mapping(first!, '[a]', { matchingPriority: 1 }), mapping(second!, 'ToUpper([b], )')]),
    )
    const { attributes } = mapObject(twice, { a: 'x', b: 'y' })
    expect(attributes.map(({ decision }) => decision)).toMatchObject([{ value: 'x' }, { value: 'Y' }])
  })

  it('updates what differs, and skips what does not', () => {
    const linked = target({ userName: 'ada@contoso.com', externalId: '7', active: false })
    const values = { active: true }
    expect(run(ada, { linked })).toEqual({ outcome: 'update', reason: 'Matched', values })
    const same = target({ userName: 'ada@contoso.com', externalId: '7', active: true })
    expect(run(ada, { linked: same })).toMatchObject({ outcome: 'skip', reason: 'RedundantExport' })
  })

  it('assumes an update without the matching attribute when told to', () => {
    expect(run(ada, { operation: 'update' })).toEqual({
      outcome: 'update',
      reason: 'Matched',
      values: { externalId: '7', active: true },
    })
  })

  it('tries the matching attributes in order, and takes the first that finds', () => {
    const searched: string[] = []
    const findTargets: MapRequest['findTargets'] = (attribute) => {
      searched.push(attribute)
      return attribute === 'externalId' ? [target({ externalId: '7', active: true })] : []
    }
    const mapped = mapObject(users, ada, { findTargets })
    expect(searched).toEqual(['userName', 'externalId'])
    expect(mapped.matchedBy?.targetAttribute).toBe('externalId')
    expect(summary(mapped)).toMatchObject({ outcome: 'update', values: { userName: 'ada@contoso.com' } })
    expect(mapped.matchKeys.map(({ query }) => query)).toEqual([
      'GET /Users?filter=userName eq "ada@contoso.com"',
      'GET /Users?filter=externalId eq "7"',
    ])
  })

  it('fails when several objects match', () => {
    const mapped = mapObject(users, ada, { findTargets: () => [target({}), target({})] })
    expect(mapped).toMatchObject({ outcome: 'error', reason: 'DuplicateTargetEntries' })
    expect(mapped.diagnostics.map(({ code }) => code)).toEqual(['AF5032'])
  })

  it('skips an object without any matching value before its scope is looked at', () => {
    const mapped = mapObject(users, { department: 'Elsewhere' })
    expect(mapped).toMatchObject({ outcome: 'skip', reason: 'ImportSkipped', scope: { inScope: undefined } })
    expect(mapObject(users, { employeeId: '7', department: 'Sales' }).outcome).toBe('create')
  })

  it('disables what has left the scope, with IsSoftDeleted computed', () => {
    const linked = target({ userName: 'ada@contoso.com', externalId: '7', active: true })
    const left = { ...ada, department: 'Support' }
    expect(run(left, { linked })).toEqual({
      outcome: 'disable',
      reason: 'OutOfScope',
      values: { active: false },
    })
    expect(run(left, { linked, skipOutOfScopeDeletions: true })).toMatchObject({ outcome: 'skip' })
    expect(run(left)).toMatchObject({ outcome: 'skip', reason: 'NotEffectivelyEntitled' })
    const off = target({ userName: 'ada@contoso.com', externalId: '7', active: false })
    expect(run(left, { linked: off })).toMatchObject({ outcome: 'skip', reason: 'RedundantExport' })
  })

  it('keeps constants when it computes anew what depends on IsSoftDeleted', () => {
    const compiled = compiledFrom(
      scimSchema([
        ...basic,
        mapping('organization', '"Contoso"'),
        mapping('displayName', 'IIF([IsSoftDeleted], "gone", "here")'),
        mapping('title', 'IIF([IsSoftDeleted], ToUpper([nick]), "")'),
        mapping('nickName', 'Join("", ToUpper([nick]), "!")'),
      ]),
    )
    const mapped = mapObject(compiled, ada, { operation: 'update', source: 'disabled' })
    expect(summary(mapped)).toMatchObject({
      outcome: 'disable',
      values: { organization: 'Contoso', displayName: 'gone', title: 'A', nickName: 'A!' },
    })
  })

  it('disables and does not create what is disabled in the source', () => {
    const disabled = { ...ada, accountEnabled: false }
    expect(run(disabled)).toMatchObject({ outcome: 'skip', reason: 'InactiveNeverProvisioned' })
    expect(run(disabled, { operation: 'update' })).toMatchObject({
      outcome: 'disable',
      values: { active: false },
    })
    expect(run(ada, { operation: 'update', source: 'hardDeleted' })).toMatchObject({ outcome: 'delete' })
  })

  it('leaves alone what an input filter leaves out', () => {
    const scope = { inputFilterGroups: [group('Read', clauses('kind', 'EQUALS', 'person'))] }
    const compiled = compiledFrom(scimSchema(basic, { mapping: { scope } }))
    const mapped = mapObject(compiled, { ...ada, kind: 'robot' }, { operation: 'update' })
    expect(mapped).toMatchObject({ outcome: 'skip', reason: 'InputFiltered' })
  })

  it('fails, and deprovisions nothing, when a filter fails', () => {
    const scope = { groups: [group('Level', clauses('level', 'Greater_Than', '3'))] }
    const compiled = compiledFrom(scimSchema(basic, { mapping: { scope } }))
    const mapped = mapObject(compiled, { ...ada, level: 'high' }, { operation: 'update' })
    expect(mapped).toMatchObject({
      outcome: 'error',
      reason: 'EvaluationFailed',
      scope: { inScope: undefined },
    })
    expect(mapped.scope.explain().verdict).toBe('error')
  })

  it('evaluates all mappings to show every fault at once, also when matching fails', () => {
    const failing = [
      mapping('userName', 'Item(Split([a], ","), 5)', { matchingPriority: 1 }),
      mapping('title', 'Error("no title")'),
      mapping('nickName', '[nick]'),
    ]
    const mapped = mapObject(compiledFrom(scimSchema(failing)), { a: 'x,y', nick: 'n' })
    expect(mapped).toMatchObject({ outcome: 'error', reason: 'EvaluationFailed' })
    expect(mapped.diagnostics.map(({ path }) => path)).toEqual(['userName', 'title'])
    expect(summary(mapped)).toMatchObject({ values: { nickName: 'n' } })
  })

  it('skips an object that an expression ignores', () => {
    const compiled = compiledFrom(
      scimSchema([...basic, mapping('displayName', 'IIF([ignore]="yes", IgnoreObjectFlow, "x")')]),
    )
    expect(mapObject(compiled, { ...ada, ignore: 'yes' })).toMatchObject({
      outcome: 'skip',
      reason: 'IgnoredByExpression',
    })
  })

  it('fails a create that misses a required attribute, and takes its default where there is one', () => {
    const compiled = (definition: object): ReturnType<typeof compiledFrom> =>
      compiledFrom(
        scimSchema([...basic, mapping('displayName', '[none]')], {
          target: [{ name: 'userName' }, { name: 'displayName', required: true, ...definition }],
        }),
      )
    const mapped = mapObject(compiled({}), ada)
    expect(mapped).toMatchObject({ outcome: 'error', reason: 'MissingValues' })
    expect(mapped.diagnostics).toMatchObject([
      { code: 'AF5031', message: expect.stringContaining('displayName') },
    ])
    expect(summary(mapObject(compiled({ defaultValue: 'New' }), ada))).toMatchObject({
      outcome: 'create',
      values: { displayName: 'New' },
    })
    expect(mapObject(compiled({}), ada, { operation: 'update' }).outcome).toBe('update')
  })

  it('clears with both switches of null flow only', () => {
    const source = [{ name: 'jobTitle', flowNullValues: true }, ...plainSource]
    const schema = scimSchema(basic, { source })
    const linked = target({ userName: 'ada@contoso.com', externalId: '7', active: true, title: 'Boss' })
    expect(mapObject(compiledFrom(schema), ada, { linked }).reason).toBe('RedundantExport')
    const on = compiledFrom(schema, { settings: { flowNullValues: ['title'] } })
    const mapped = mapObject(on, ada, { linked })
    expect(summary(mapped)).toEqual({ outcome: 'update', reason: 'Matched', values: { title: null } })
    expect(scimRequestOf(on, mapped)?.body).toMatchObject({ Operations: [{ op: 'Remove', path: 'title' }] })
  })

  it('reads the user principal name of a guest without its mark', () => {
    const mapped = mapObject(users, {
      ...ada,
      userPrincipalName: 'pat_example.com#EXT#@contoso.onmicrosoft.com',
    })
    expect(summary(mapped)).toMatchObject({ values: { userName: 'pat@example.com' } })
  })

  it('reports expressions with errors for every object', () => {
    const compiled = compiledFrom(scimSchema([...basic, mapping('displayName', 'Joon([a])')]))
    const mapped = mapObject(compiled, ada)
    expect(mapped.outcome).toBe('error')
    expect(mapped.diagnostics.map(({ code }) => code)).toEqual(['AF2001'])
  })
})

test('redacted values are hidden from eyes, and sent', () => {
  const compiled = compiledFrom(scimSchema([...basic, mapping('password', 'Redact([secret])')]))
  const mapped = mapObject(compiled, { ...ada, secret: 'x7' })
  const json = mappedObjectJson(compiled, mapped)
  expect(json).toMatchObject({
    attributes: { password: 'x7' },
    redacted: ['password'],
    scim: { password: 'x7' },
  })
  const shown = withoutRedacted(compiled, mapped)
  expect(JSON.stringify(mappedObjectJson(compiled, shown))).not.toContain('x7')
  expect(summary(shown)).toMatchObject({ values: { password: REDACTED } })
})

test('messages do not quote redacted values', () => {
  const attribute = [{ name: 'active', type: 'Boolean' }]
  const compiled = compiledFrom(
    scimSchema(
      [
        basic[0]!,
        mapping('active', 'Redact([secret])'),
        mapping('nickName', 'CStr(CDate(Redact([secret])))'),
      ],
      { target: attribute },
    ),
  )
  const failed = mapObject(compiled, { ...ada, secret: 'x7' })
  expect(failed.diagnostics.map(({ code, message }) => [code, message.includes('x7')])).toEqual([
    ['AF5001', false],
  ])
  const unfit = compiledFrom(
    scimSchema([basic[0]!, mapping('active', 'Redact([secret])')], { target: attribute }),
  )
  const sent = scimRequestOf(unfit, mapObject(unfit, { ...ada, secret: 'x7' }))!
  expect(sent.diagnostics.map(({ code, message }) => [code, message.includes('x7')])).toEqual([
    ['AF4202', false],
  ])
})

test('an update without a known target replaces, and removes what is cleared', () => {
  const compiled = compiledFrom(
    scimSchema(basic, { source: [{ name: 'jobTitle', flowNullValues: true }, ...plainSource] }),
    { settings: { flowNullValues: ['title'] } },
  )
  const mapped = mapObject(compiled, ada, { operation: 'update' })
  expect(scimRequestOf(compiled, mapped)?.body).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [
      { op: 'Replace', path: 'externalId', value: '7' },
      { op: 'Replace', path: 'active', value: 'True' },
      { op: 'Remove', path: 'title' },
    ],
  })
  expect(scimRequestOf(compiled, mapped, { compliant: true })?.body).toMatchObject({
    Operations: [
      { op: 'remove', path: 'title' },
      { op: 'replace', value: { externalId: '7', active: true } },
    ],
  })
})

test('roles that are only added keep those of the target', () => {
  const compiled = compiledFrom(
    scimSchema([...basic, mapping('roles', 'AppRoleAssignmentsComplex([appRoleAssignments])')]),
  )
  const linked = flattenResource(
    { userName: 'ada@contoso.com', externalId: '7', active: true, roles: [{ value: 'reader' }] },
    ['userName', 'externalId', 'active', 'roles'],
  )
  const mapped = mapObject(compiled, { ...ada, appRoleAssignments: [{ value: 'editor' }] }, { linked })
  const { Operations } = scimRequestOf(compiled, mapped)!.body as {
    Operations: { op: string; path: string }[]
  }
  expect(Operations.map(({ op, path }) => [op, path])).toEqual([['Add', 'roles']])
})

describe('properties', () => {
  const flowTypes = [
    'Always',
    'ObjectAddOnly',
    'MultiValueAddOnly',
    'ValueAddOnly',
    'AttributeAddOnly',
  ] as const
  const texts = fc.constantFrom(null, '', 'a', 'b', 'C')

  it('sets no attribute that the decision table forbids', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...flowTypes), texts, texts), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (attributes, inScope, enabled, exists) => {
          const targets = attributes.map((_, index) => ({ name: `t${index}`, multivalued: false }))
          const compiled = compiledFrom(
            scimSchema(
              [
                mapping('userName', '[userPrincipalName]', { matchingPriority: 1 }),
                mapping('active', 'Not([IsSoftDeleted])'),
                ...attributes.map(([flowType], index) => mapping(`t${index}`, `[s${index}]`, { flowType })),
              ],
              {
                mapping: { scope: sales },
                target: [{ name: 'userName' }, { name: 'active', type: 'Boolean' }, ...targets],
              },
            ),
          )
          const record = Object.fromEntries(attributes.map(([, value], index) => [`s${index}`, value]))
          const current = Object.fromEntries(attributes.map(([, , value], index) => [`t${index}`, value]))
          const found = target({ userName: 'ada@contoso.com', active: true, ...current })
          const mapped = mapObject(
            compiled,
            { ...ada, ...record, department: inScope ? 'Sales' : 'Support', accountEnabled: enabled },
            { findTargets: () => (exists ? [found] : []) },
          )
          const flowing = new Map(
            mapped.attributes.flatMap(({ attribute, decision }) =>
              decision.flows ? [[attribute.mapping.targetAttributeName, decision.value] as const] : [],
            ),
          )
          if (!inScope || !enabled) expect(mapped.outcome).toBe(exists ? 'disable' : 'skip')
          if (!exists) return
          expect(flowing.has('userName')).toBe(false)
          attributes.forEach(([flowType, , value], index) => {
            const name = `t${index}`
            if (flowType === 'ObjectAddOnly') expect(flowing.has(name)).toBe(false)
            if (flowType !== 'Always' && value !== null && value !== '') expect(flowing.has(name)).toBe(false)
            if (flowing.has(name)) expect(flowing.get(name)).not.toBe(value)
          })
        },
      ),
      { numRuns: 60 },
    )
  })

  it('updates a created resource to what the changed object would have been created as', () => {
    const compiled = compiledFrom(
      scimSchema(
        [
          mapping('userName', '[userPrincipalName]', { matchingPriority: 1 }),
          mapping('name.givenName', '[first]'),
          mapping('emails[type eq "work"].value', '[mail]'),
          mapping('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', '[manager]'),
        ],
        {
          source: ['userPrincipalName', 'first', 'mail', 'manager'].map((name) => ({
            name,
            flowNullValues: true,
          })),
          target: [
            { name: 'userName' },
            { name: 'name.givenName' },
            { name: 'emails[type eq "work"].value' },
            { name: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', type: 'Reference' },
          ],
        },
      ),
      {
        settings: {
          flowNullValues: [
            'name.givenName',
            'emails[type eq "work"].value',
            'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager',
          ],
        },
      },
    )
    const targets = compiled.attributes.map(({ mapping: one }) => one.targetAttributeName)
    const states = fc.record({ first: texts, mail: texts, manager: texts })
    fc.assert(
      fc.property(states, states, (before, after) => {
        const upn = { userPrincipalName: 'ada@contoso.com' }
        const created = scimRequestOf(compiled, mapObject(compiled, { ...upn, ...before }))!
        const current = flattenResource(created.body as never, targets)
        const mapped = mapObject(compiled, { ...upn, ...after }, { findTargets: () => [current] })
        const merged = new Map(current)
        for (const { attribute, decision } of mapped.attributes)
          if (decision.flows) merged.set(attribute.mapping.targetAttributeName, decision.value)
        const wanted = scimRequestOf(compiled, mapObject(compiled, { ...upn, ...after }))!
        const present = new Map([...merged].filter(([, value]) => value !== null))
        expect(present).toEqual(flattenResource(wanted.body as never, targets))
        expect(mapped.outcome === 'skip').toBe(scimRequestOf(compiled, mapped)?.body === undefined)
      }),
    )
  })
})

describe('selectObjectMapping', () => {
  const two = (enabled: readonly boolean[]): ReturnType<typeof readSchema>['schema'] =>
    readSchema({
      synchronizationRules: enabled.map((on, index) => ({
        name: `Rule ${index}`,
        objectMappings: [
          { name: `Map ${index}`, enabled: on, sourceObjectName: 'User', targetObjectName: `T${index}` },
        ],
      })),
    }).schema

  it('takes the only enabled one, or asks', () => {
    expect(selectObjectMapping(two([false, true])!).choice?.objectMapping.name).toBe('Map 1')
    expect(selectObjectMapping(two([true, true])!)).toMatchObject({ choice: undefined, candidates: [{}, {}] })
  })

  test.each([
    [{ objectMapping: 'Map 0' }, 'Map 0'],
    [{ objectMapping: 'User → T1' }, 'Map 1'],
    [{ objectMapping: 'User->T1' }, 'Map 1'],
    [{ objectMapping: 'T0' }, 'Map 0'],
    [{ rule: 'Rule 1' }, 'Map 1'],
    [{ objectMapping: 'User' }, undefined],
    [{ objectMapping: 'Nobody' }, undefined],
  ])('%o', (query, name) => {
    expect(selectObjectMapping(two([true, true])!, query).choice?.objectMapping.name).toBe(name)
  })

  it('runs a disabled one when it is named', () => {
    expect(selectObjectMapping(two([true, false])!, { objectMapping: 'Map 1' }).choice).toBeDefined()
  })
})
