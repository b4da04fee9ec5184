import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import {
  filterOperatorsResponse,
  functionsResponse,
  type ParseExpressionRequest,
  parseExpressionResponse,
} from '../../src/graph/index.js'
import { where } from '../support/where.js'

const ask = (expression: string, properties?: Record<string, unknown>, more: object = {}) =>
  parseExpressionResponse({
    expression,
    ...(properties === undefined
      ? {}
      : {
          testInputObject: {
            definition: null,
            properties: Object.entries(properties).map(([key, value]) => ({ key, value })),
          },
        }),
    ...more,
  })

describe('parseExpressionResponse', () => {
  it('answers with the tree and the value', () => {
    expect(ask('ToUpper( [nick] )', { nick: 'ada' })).toEqual({
      error: null,
      evaluationSucceeded: true,
      evaluationResult: ['ADA'],
      parsingSucceeded: true,
      parsedExpression: {
        expression: 'ToUpper([nick])',
        name: 'ToUpper',
        parameters: [
          {
            key: 'source',
            value: { expression: '[nick]', name: 'nick', parameters: [], type: 'Attribute' },
          },
        ],
        type: 'Function',
      },
    })
  })

  test.each<[string, Record<string, unknown>, string[]]>([
    ['[tags]', { tags: ['a', 'b'] }, ['a', 'b']],
    ['[tags]', { tags: null }, []],
    ['[tags]', {}, []],
    ['IsPresent([__proto__])', { ['__proto__']: 'x' }, ['True']],
    ['IsPresent([constructor])', {}, ['False']],
    ['BitAnd([flags], 2)', { flags: '514' }, ['2']],
    ['IgnoreFlowIfNullOrEmpty([tags])', { tags: '' }, []],
  ])('%s of %j', (expression, properties, result) => {
    const answer = ask(expression, properties)
    expect(answer.error).toBeNull()
    expect(answer.evaluationResult).toEqual(result)
    expect(answer.evaluationSucceeded).toBe(true)
  })

  it('reads annotated collections', () => {
    const answer = parseExpressionResponse({
      expression: 'Count([tags])',
      testInputObject: {
        properties: [{ key: 'tags', 'value@odata.type': '#Collection(String)', value: 'a' }],
      },
    })
    expect(answer.evaluationResult).toEqual(['1'])
  })

  it('only parses without a test object', () => {
    const answer = ask('Trim([a])')
    expect(answer).toMatchObject({ error: null, parsingSucceeded: true, evaluationSucceeded: false })
    expect(answer.parsedExpression?.name).toBe('Trim')
  })

  test.each([
    ['Trim([a]', ['AF1007']],
    ['Lookup([a])', ['AF2001']],
    ['Trim([a], [b])', ['AF3001']],
    ['Not([a]="b")', ['AF4114']],
  ])('does not parse %s', (expression, codes) => {
    const answer = ask(expression, { a: 'x' })
    expect(answer).toMatchObject({
      parsingSucceeded: false,
      parsedExpression: null,
      evaluationSucceeded: false,
      evaluationResult: [],
    })
    expect(answer.error!.details.map(({ code }) => code)).toEqual(codes)
    expect(answer.error!.code).toBe(codes[0])
    expect(answer.error!.innerError).toBeNull()
  })

  test.each<[string, string, string, Partial<ParseExpressionRequest>]>([
    ['Item([a], 3)', 'AF5002', 'Item([a], 3)', {}],
    ['[b]', 'AF2004', '[b]', { testInputObject: { definition: { name: 'User', attributes: [] } } }],
    ['Split("a b", " ")', 'AF5030', '', { targetAttributeDefinition: { name: 'nick' } }],
  ])('parses %s, but does not evaluate it', (expression, code, target, more) => {
    const answer = ask(expression, { a: ['x'] }, more)
    expect(answer).toMatchObject({ parsingSucceeded: true, evaluationSucceeded: false, evaluationResult: [] })
    expect(answer.parsedExpression?.expression).toBe(expression)
    expect(answer.error).toMatchObject({ code, target })
  })

  it('knows the attributes of the definition', () => {
    const definition = JSON.parse('{"name": "User", "attributes": [{"name": "a", "type": "string"}]}')
    const answer = parseExpressionResponse({
      expression: '[a]',
      testInputObject: { definition, properties: [{ key: 'a', value: 'x' }] },
      targetAttributeDefinition: { name: 'many', multivalued: true },
    })
    expect(answer.evaluationResult).toEqual(['x'])
  })

  it('takes the clock and the settings', () => {
    const { evaluationResult } = parseExpressionResponse(
      {
        expression: 'Join(" ", FormatDateTime(Now(), , , "yyyy"), %Domain%)',
        testInputObject: { properties: [] },
      },
      { context: { now: '2031-05-06T00:00:00Z' }, settings: { placeholders: { Domain: 'd' } } },
    )
    expect(evaluationResult).toEqual(['2031 d'])
  })
})

describe('the lists', () => {
  it('hold the functions and the operators', () => {
    expect(functionsResponse().value.map(({ name }) => name)).toContain('Trim')
    expect(filterOperatorsResponse().value.map(({ name }) => name)).toContain('EQUALS')
  })
})

const samples = new URL('../../../shared/samples/', import.meta.url)
where(existsSync(samples), describe)('Graph’s own answers', () => {
  const sample = (name: string) => JSON.parse(readFileSync(new URL(name, samples), 'utf8'))

  it('to parseExpression', () => {
    const { request, response } = sample('parseexpression-v1.json')
    expect(parseExpressionResponse(request)).toEqual(response)
  })

  it('to functions', () => {
    const own = new Map(functionsResponse().value.map((one) => [one.name, one]))
    const { value } = sample('functions.response.json')
    expect(value.length).toBeGreaterThan(10)
    // FormatDateTime has got a parameter since; only its older ones can be compared.
    for (const { name, parameters } of value) {
      const known = own.get(name)?.parameters ?? []
      const same = name === 'FormatDateTime' ? known.filter((p) => p.name !== 'dateTimeStyle') : known
      expect([name, same.map((p) => p.name)]).toEqual([name, parameters.map((p: { name: string }) => p.name)])
    }
  })
})
