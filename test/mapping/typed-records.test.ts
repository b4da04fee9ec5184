import { readFileSync } from 'node:fs'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { evaluateUnique } from '../../src/batch.js'
import { codegen } from '../../src/codegen.js'
import { compileExpression } from '../../src/index.js'
import {
  type CompiledObjectMapping,
  compileMapping,
  mapObject,
  mapObjectsUnique,
  scimRequestOf,
} from '../../src/mapping/index.js'

const file = new URL('../../docs/examples/entra-to-scim.schema.json', import.meta.url)
const schema = readFileSync(file, 'utf8')

interface User {
  readonly mail: string
  readonly city?: string
}
const ada: User = { mail: 'ada@contoso.com' }

describe('a type of record', () => {
  it('is the only one that an expression takes', () => {
    const mail = compileExpression<User>('[mail]')
    expectTypeOf(mail.evaluate).parameter(0).toEqualTypeOf<User>()
    const outcome = mail.evaluate(ada)
    expect(outcome).toEqual({ kind: 'value', value: 'ada@contoso.com' })
    // @ts-expect-error: a User has a mail
    mail.evaluate({ city: 'Berlin' })
  })

  it('is the only one that a mapping takes, which serves wherever a mapping is asked for', async () => {
    const mapping = compileMapping<User>(schema)
    expectTypeOf(mapping.sourceAttributes).toEqualTypeOf<readonly ('mail' | 'city')[]>()
    const untyped: CompiledObjectMapping = mapping
    expectTypeOf(compileMapping(schema).sourceAttributes).toEqualTypeOf<readonly string[]>()
    expect(mapping.sourceAttributes).toContain('mail')
    expect(scimRequestOf(untyped, mapObject(mapping, ada))).toBeUndefined()
    expect(mapObject(untyped, {}).outcome).toBe('skip')
    // @ts-expect-error: a User has a mail
    mapObject(mapping, { city: 'Berlin' })
    const mapped = await mapObjectsUnique(mapping, [ada], async (candidates) => {
      expectTypeOf(candidates[0]!.record).toEqualTypeOf<User>()
      return []
    })
    expect(mapped).toHaveLength(1)
    const alias = compileExpression<User>('SelectUniqueValue([mail])')
    expect(await evaluateUnique(alias, [ada], async () => [])).toHaveLength(1)
  })
})

describe('the option attributes', () => {
  it('makes reading any other attribute an error', () => {
    const find = (text: string): string[] =>
      compileExpression<User>(text, { attributes: ['mail', 'city'] }).diagnostics.map(
        ({ message }) => message,
      )
    expect(find('[mail]')).toEqual([])
    expect(find('[mial]')).toEqual(['The type of record has no attribute named [mial].'])
    // @ts-expect-error: a User has no surname
    compileExpression<User>('[mail]', { attributes: ['surname'] })
  })

  it('holds for all that a mapping reads, its filters too', () => {
    const { sourceAttributes } = compileMapping(schema)
    const missing = (attributes: readonly string[]): string[] =>
      compileMapping(schema, { attributes })
        .diagnostics.filter(({ code }) => code === 'AF2004')
        .map(({ message }) => message)
    expect(missing(sourceAttributes)).toEqual([])
    for (const name of sourceAttributes.filter((one) => one !== 'IsSoftDeleted'))
      expect(missing(sourceAttributes.filter((other) => other !== name)).join()).toContain(`[${name}]`)
  })

  it.each([
    ['closures', {}],
    ['generated code', { backend: codegen }],
  ])('makes an object fail whose filter reads another one: %s', (_name, backend) => {
    const user = { userPrincipalName: 'ada@contoso.com', mail: 'ada@contoso.com', department: 'Sales' }
    const { sourceAttributes } = compileMapping(schema)
    const others = sourceAttributes.filter((name) => name !== 'department')
    const mapped = mapObject(compileMapping(schema, { ...backend, attributes: others }), user)
    expect(mapped.outcome).toBe('error')
    expect(mapped.diagnostics.map(({ code }) => code)).toContain('AF2004')
    expect(mapped.scope.explain().verdict).toBe('error')
  })

  it('is a TypeError when it is no list of names', () => {
    expect(() => compileMapping(schema, { attributes: 'mail' } as never)).toThrow('list of attribute names')
    expect(() => compileMapping(schema, { attributes: [1] } as never)).toThrow(TypeError)
    for (const attributes of ['mail', [1], null, {}])
      expect(() => compileExpression('[mail]', { attributes } as never)).toThrow('list of attribute names')
  })
})
