import { describe, expect, it } from 'vitest'
import { attrflow, jsonLines } from './harness.js'

const batch = async (
  requests: readonly unknown[],
  ...args: string[]
): Promise<{ code: number; answers: readonly Record<string, unknown>[]; out: string }> => {
  const stdin = requests.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n')
  const { code, out, err } = await attrflow(['eval', '--batch', ...args], { stdin })
  expect(err).toBe('')
  return { code, answers: jsonLines(out), out }
}

const answerTo = async (request: unknown): Promise<unknown> => (await batch([request])).answers[0]

const now = '2020-03-16T07:00:00Z'

describe('outcomes', () => {
  it.each([
    [{ expression: '"a"' }, { outcome: 'value', value: 'a', text: 'a' }],
    [{ expression: 'IsNull([a])' }, { outcome: 'value', value: true, text: 'True' }],
    [
      { expression: 'Count([a])', input: { a: [1, 2] } },
      { outcome: 'value', value: 2, text: '2' },
    ],
    [
      { expression: 'Now()', now },
      { outcome: 'value', value: '3/16/2020 7:00:00 AM', text: '3/16/2020 7:00:00 AM' },
    ],
    [
      { expression: '[a]', input: { a: [true, 1, 'x'] } },
      { outcome: 'value', value: [true, 1, 'x'], text: ['True', '1', 'x'] },
    ],
    [
      { expression: '[a]', input: { a: [] } },
      { outcome: 'value', value: [], text: [] },
    ],
    [
      { expression: '[a]', input: { a: { value: 'x' } } },
      { outcome: 'value', value: { value: 'x' }, text: '{"value":"x"}' },
    ],
    [
      { expression: '[a]', input: { a: 1.5 } },
      { outcome: 'value', value: 1.5, text: '1.5' },
    ],
    [
      { expression: 'Redact([a])', input: { a: 'x' } },
      { outcome: 'value', value: 'x', text: 'x', redacted: true },
    ],
    [{ expression: '[a]' }, { outcome: 'null' }],
    [{ expression: '[toString]' }, { outcome: 'null' }],
    [{ expression: 'IgnoreAttributeFlow' }, { outcome: 'ignoreAttribute' }],
    [{ expression: 'IgnoreFlowIfNullOrEmpty([a])' }, { outcome: 'ignoreAttribute' }],
    [{ expression: 'IgnoreObjectFlow' }, { outcome: 'ignoreObject' }],
  ])('%j', async (request, answer) => {
    expect(await answerTo(request)).toEqual({ ...answer, diagnostics: [] })
  })

  it('of a wrong expression is error, with exactly code, severity, message and span', async () => {
    expect(await answerTo({ id: 7, expression: 'Joon("a")' })).toEqual({
      id: 7,
      outcome: 'error',
      diagnostics: [
        {
          code: 'AF2001',
          severity: 'error',
          message: 'There is no function named Joon.',
          span: { start: 0, end: 4 },
        },
      ],
    })
  })

  it('of a failed evaluation is error', async () => {
    expect(await answerTo({ expression: 'Item([a], 3)', input: { a: ['x'] } })).toMatchObject({
      outcome: 'error',
      diagnostics: [{ code: 'AF5002', span: { start: 0, end: 12 } }],
    })
  })

  it('of an expression with a warning carries it', async () => {
    const answer = await answerTo({ expression: 'Left("abc", 1.0)' })
    expect(answer).toMatchObject({ outcome: 'value', value: 'a', diagnostics: [{ severity: 'warning' }] })
  })
})

describe('members', () => {
  it('keep long integers, in the input, the answer and the id', async () => {
    const line = '{"id":123456789012345678901,"expression":"[a]","input":{"a":9007199254740993}}'
    const { out } = await batch([line])
    expect(out).toBe(
      '{"id":123456789012345678901,"outcome":"value","value":"9007199254740993","text":"9007199254740993","diagnostics":[]}\n',
    )
    const list = '{"id":"l","expression":"[a]","input":{"a":[9007199254740993,1]}}'
    expect(await answerTo(list)).toMatchObject({
      value: ['9007199254740993', 1],
      text: ['9007199254740993', '1'],
    })
  })

  it.each([0, '', null, false, 'x', [1], { a: 1 }])('give an id back as it is: %j', async (id) => {
    const { answers } = await batch([
      { id, expression: '"a"' },
      { id, expression: 1 },
    ])
    expect(answers.map((answer) => answer.id)).toEqual([id, id])
  })

  it('say what is taken', async () => {
    const expression = 'SelectUniqueValue("a", "b")'
    const { answers } = await batch([
      { expression },
      { expression, taken: ['a'] },
      { expression, taken: ['a', 'b'] },
    ])
    expect(answers).toMatchObject([
      { value: 'a' },
      { value: 'b' },
      { outcome: 'error', diagnostics: [{ code: 'AF5006' }] },
    ])
  })

  it('set settings for the line over those of the command', async () => {
    const expression = 'IIF([a] = "x", %Site%, %Other%)'
    const { answers } = await batch([
      { expression, settings: { placeholders: { Site: 's', Other: 'o' } } },
      { expression, settings: { placeholders: { Other: 'p' } } },
      { expression },
    ])
    expect(answers).toMatchObject([
      { value: 'o' },
      { value: 'p' },
      { outcome: 'error', diagnostics: [{ code: 'AF5004' }] },
    ])
  })

  it('choose the dialect, which only warns', async () => {
    const expression = 'Trim([a])'
    const { answers } = await batch([
      { expression, input: { a: ' x ' } },
      { expression, input: { a: ' x ' }, dialect: 'cloud-sync' },
    ])
    expect(answers).toMatchObject([
      { value: 'x', diagnostics: [{ severity: 'warning' }] },
      { value: 'x', diagnostics: [] },
    ])
  })

  it('are own names, whatever they are called', async () => {
    const line = '{"expression":"[__proto__] & [constructor]","input":{"__proto__":"p","constructor":"c"}}'
    expect(await answerTo(line)).toMatchObject({ value: 'pc' })
    expect(await answerTo('{"__proto__":{"expression":"\\"a\\""}}')).toMatchObject({
      diagnostics: [{ code: 'AF4903' }],
    })
  })
})

describe('lines that are no requests', () => {
  it.each([
    ['nope', undefined, ['AF4901']],
    ['{"expression":"[a]"', undefined, ['AF4901']],
    ['[]', undefined, ['AF4901']],
    ['null', undefined, ['AF4901']],
    ['"[a]"', undefined, ['AF4901']],
    ['{}', undefined, ['AF4903']],
    ['{"id":"i","expression":5}', 'i', ['AF4902']],
    ['{"id":"i","expression":"[a]","input":[]}', 'i', ['AF4902']],
    ['{"id":"i","expression":"[a]","input":null}', 'i', ['AF4902']],
    [
      '{"id":"i","expression":"[a]","dialect":"x","now":"soon","taken":[1]}',
      'i',
      ['AF4902', 'AF4902', 'AF4902'],
    ],
    ['{"id":"i","expression":"[a]","settings":[]}', 'i', ['AF4902']],
    ['{"id":"i","expression":"[a]","settings":{"x":1,"splitTrims":2}}', 'i', ['AF4904', 'AF4904']],
    [
      `{"id":"i","expression":"[a]","input":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
      'i',
      ['AF4905'],
    ],
  ])('%.80s', async (line, id, codes) => {
    const { code, answers } = await batch([
      '{"expression":"\\"before\\""}',
      line,
      '{"expression":"\\"after\\""}',
    ])
    expect(code).toBe(1)
    expect(answers).toHaveLength(3)
    expect(answers[0]).toMatchObject({ value: 'before' })
    expect(answers[1]).toMatchObject({
      outcome: 'error',
      diagnostics: codes.map((one) => ({ code: one, severity: 'error' })),
    })
    expect(answers[1]!.id).toBe(id)
    expect(answers[2]).toMatchObject({ value: 'after' })
  })

  it('name the member that is wrong', async () => {
    expect(await answerTo({ expression: '[a]', input: 'x' })).toMatchObject({
      diagnostics: [{ message: 'The member input should be an object, not "x".' }],
    })
  })

  it('include one with a misspelt member as a warning only', async () => {
    const { code, answers } = await batch([
      { expression: '[a]', inputs: { a: 1 } },
      { expression: '"a"', note: 'an own remark' },
    ])
    expect(code).toBe(0)
    expect(answers).toMatchObject([
      { outcome: 'null', diagnostics: [{ code: 'AF4906' }] },
      { diagnostics: [] },
    ])
  })
})

describe('the stream', () => {
  it('skips blank lines, a byte order mark and carriage returns, and needs no last line ending', async () => {
    const stdin = ['\ufeff{"id":1,"expre', 'ssion":"\\"a\\""}\r\n\r\n  \n{"id":2,', '"expression":"\\"b\\""}']
    const { code, out } = await attrflow(['eval', '--batch', '-'], { stdin })
    expect(code).toBe(0)
    expect(out.split('\n').map((line) => (line === '' ? '' : JSON.parse(line).id))).toEqual([1, 2, ''])
  })

  it('keeps U+2028 inside a line', async () => {
    expect(await answerTo('{"expression":"[a]","input":{"a":"x\u2028y"}}')).toMatchObject({
      value: 'x\u2028y',
    })
  })

  it('ends quietly when the reader of the answers has gone', async () => {
    const stdin = Array.from({ length: 10 }, () => '{"expression":"\\"a\\""}\nnope\n')
    const run = await attrflow(['eval', '--batch'], { stdin, readerStopsAt: 1 })
    expect(run).toMatchObject({ code: 0, err: '' })
    expect(run.out.split('\n')).toHaveLength(3)
  })

  it('gives exit code 0 when every line is a request, whatever the outcomes are', async () => {
    expect((await batch([{ expression: 'Joon()' }])).code).toBe(0)
    expect((await batch([])).code).toBe(0)
  })

  it('stays in order and within bounds over many lines and more expressions than are kept', async () => {
    const count = 5000
    const requests = Array.from({ length: count }, (_, i) => ({
      id: i,
      expression: `Append([a], "${i % 1500}")`,
      input: { a: 'n' },
    }))
    const { answers } = await batch(requests)
    expect(answers.map(({ id, value }) => [id, value])).toEqual(
      requests.map(({ id }) => [id, `n${id % 1500}`]),
    )
  })
})
