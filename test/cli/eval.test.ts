import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { attrflow, temporaryDirectory } from './harness.js'

const directory = temporaryDirectory()

const printed = async (...args: string[]): Promise<string> => {
  const { code, out, err } = await attrflow(['eval', ...args], { directory })
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

describe('eval prints the outcome in words', () => {
  it.each([
    ['"a \\"b\\""', 'string: "a \\"b\\""'],
    ['""', 'string: ""'],
    ['IsNull([x])', 'Boolean: True'],
    ['InStr("abc", "c")', 'integer: 3'],
    ['BitAnd([big], [big])', 'integer: 1152921504606846975'],
    ['Now()', 'DateTime: 3/16/2020 7:00:00 AM'],
    ['[roles]', 'list of 2\n  "admin"\n  "{\\"value\\":\\"reader\\"}"'],
    ['[manager]', 'object: {"id":"12345678901234567890"}'],
    ['[x]', 'null: the expression has no value'],
    ['IgnoreAttributeFlow', 'ignore attribute: the attribute does not flow'],
    ['IgnoreObjectFlow', 'ignore object: the whole object is skipped'],
    ['Redact([pin])', 'string: [Redact]'],
  ])('%s', async (expression, words) => {
    const input =
      '{"pin": "4711", "big": 1152921504606846975, "roles": ["admin", {"value": "reader"}], "manager": {"id": 12345678901234567890}}'
    expect(await printed(expression, '--input', input, '--now', '2020-03-16T07:00:00Z')).toBe(`${words}\n`)
  })
})

describe('eval takes', () => {
  it('the source object from JSON, a file, standard input and attributes, which win', async () => {
    writeFileSync(
      join(directory, 'user.json'),
      '\ufeff{"mail": "Ada@Example.org", "id": 12345678901234567890}',
    )
    expect(await printed('ToLower([mail])', '--input', 'user.json')).toBe('string: "ada@example.org"\n')
    expect(await printed('[id]', '--input', 'user.json')).toBe('integer: 12345678901234567890\n')
    expect(await printed('[mail]', '--input', 'user.json', '--attribute', 'mail=a=b')).toBe('string: "a=b"\n')
    expect(await printed('Count([m])', '--attribute', 'm=1', '--attribute', 'm=2')).toBe('integer: 2\n')
    expect(await printed('[__proto__]', '--attribute', '__proto__=x')).toBe('string: "x"\n')
    const piped = await attrflow(['eval', '[a]', '--input', '-'], { stdin: ['{"a"', ': "b"}'] })
    expect(piped).toEqual({ code: 0, out: 'string: "b"\n', err: '' })
  })

  it('the expression from a file or standard input', async () => {
    writeFileSync(join(directory, 'name.expr'), 'Join(" ",\n  "a",\n  "b")\n')
    expect(await printed('--file', 'name.expr')).toBe('string: "a b"\n')
    expect((await attrflow(['eval', '-'], { stdin: '"x"\n' })).out).toBe('string: "x"\n')
  })
})

describe('eval shows faults', () => {
  it('of the expression, with a caret', async () => {
    expect(await attrflow(['eval', 'Left([mail], 3'])).toMatchInlineSnapshot(`
      {
        "code": 1,
        "err": "error AF1007: A closing parenthesis is missing for Left.
       --> expression:1:15
      1 | Left([mail], 3
        |               ^
        = help: Every opening parenthesis needs a closing one.
        = fix: Insert )
      ",
        "out": "",
      }
    `)
  })

  it('of the evaluation, with a caret', async () => {
    expect(
      await attrflow(['eval', 'Item(Split([a], ","), 3)', '--attribute', 'a=1,2']),
    ).toMatchInlineSnapshot(`
      {
        "code": 1,
        "err": "error AF5002: Item got a value outside its range: there is no element 3; the value has 2.
       --> expression:1:1
      1 | Item(Split([a], ","), 3)
        | ^^^^^^^^^^^^^^^^^^^^^^^^
        = in Item
        = help: Guard the call, or correct the source data.
      ",
        "out": "",
      }
    `)
  })
})

describe('eval tells of an attribute in another case', () => {
  const args = [
    'eval',
    'Join(" ", [GivenName], [GivenName], [sn], [constructor])',
    '--input',
    '{"givenName": "Ada", "sn": "Berg"}',
  ]

  it('with a suggestion, beside the outcome', async () => {
    expect(await attrflow(args)).toMatchInlineSnapshot(`
      {
        "code": 0,
        "err": "info AF4908: The object has no attribute [GivenName], but it has [givenName].
       --> expression:1:11
      1 | Join(" ", [GivenName], [GivenName], [sn], [constructor])
        |           ^^^^^^^^^^^
        = help: Did you mean [givenName]? Names are case-sensitive, and an absent attribute is null.
        = suggestion: Write [givenName]
      ",
        "out": "string: "Berg"
      ",
      }
    `)
  })

  it('among the diagnostics of --json', async () => {
    const { code, out } = await attrflow([...args, '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({
      outcome: 'value',
      value: 'Berg',
      text: 'Berg',
      diagnostics: [
        {
          code: 'AF4908',
          severity: 'info',
          message: 'The object has no attribute [GivenName], but it has [givenName].',
          span: { start: 10, end: 21 },
        },
      ],
    })
  })

  it('and not of one that is absent, or there in both cases', async () => {
    expect(await printed('[mail]', '--attribute', 'Email=x')).toBe('null: the expression has no value\n')
    expect(await printed('[mail]', '--attribute', 'Mail=x', '--attribute', 'mail=y')).toBe('string: "y"\n')
    expect(await printed('[mail]', '--input', '{"mail": null, "Mail": "x"}')).toContain('null')
  })
})

describe('eval --trace', () => {
  it('shows the value of every part that was evaluated', async () => {
    const expression =
      'Switch([country], "other",\n  "SE", Join("-", "north", ToLower([city])), "ES", "south")'
    const args = ['--attribute', 'country=SE', '--attribute', 'city=LUND', '--trace']
    expect(await printed(expression, ...args)).toMatchInlineSnapshot(`
      "Switch([country], "other", "SE", Join("-", "north", ToLower…  "north-lund"
      ├─ [country]                                                  "SE"
      └─ Join("-", "north", ToLower([city]))                        "north-lund"
         └─ ToLower([city])                                         "lund"
            └─ [city]                                               "LUND"

      string: "north-lund"
      "
    `)
  })

  it('cuts what is long, and hides what is redacted', async () => {
    const expression = 'Append(Redact([pin]), Append([text], "!"))'
    const args = ['--attribute', 'pin=4711', '--attribute', `text=${'long '.repeat(40)}`, '--trace']
    const out = await printed(expression, ...args)
    expect(out).toMatchInlineSnapshot(`
      "Append(Redact([pin]), Append([text], "!"))  [Redact]
      ├─ Redact([pin])                            [Redact]
      │  └─ [pin]                                 [Redact]
      └─ Append([text], "!")                      "long long long long long long long long long long long…
         └─ [text]                                "long long long long long long long long long long long…

      string: [Redact]
      "
    `)
    expect(out).not.toContain('4711')
    const json = await printed(expression, ...args, '--json')
    expect(JSON.stringify(JSON.parse(json).trace)).not.toContain('4711')
  })

  it('marks where a fault or marker passed through', async () => {
    const failed = await attrflow(['eval', 'ToLower(Item(Split("a", ","), 9))', '--trace'])
    expect(failed.code).toBe(1)
    expect(failed.out).toMatchInlineSnapshot(`
      "ToLower(Item(Split("a", ","), 9))  error AF5002
      └─ Item(Split("a", ","), 9)        error AF5002
         └─ Split("a", ",")              ["a"]

      "
    `)
    expect(await printed('Join("", IIF(True, IgnoreObjectFlow, "b"))', '--trace')).toMatchInlineSnapshot(`
      "Join("", IIF(True, IgnoreObjectFlow, "b"))  IgnoreObjectFlow
      └─ IIF(True, IgnoreObjectFlow, "b")         IgnoreObjectFlow
         └─ IgnoreObjectFlow                      IgnoreObjectFlow

      ignore object: the whole object is skipped
      "
    `)
  })
})

describe('eval --json', () => {
  it('gives what --batch gives, and the trace when asked', async () => {
    expect(JSON.parse(await printed('Join(" ", [a], "b")', '--attribute', 'a=1', '--json'))).toEqual({
      outcome: 'value',
      value: '1 b',
      text: '1 b',
      diagnostics: [],
    })
    expect(JSON.parse(await printed('IsNull([a])', '--json', '--trace')).trace).toEqual({
      span: { start: 0, end: 11 },
      expression: 'IsNull([a])',
      outcome: 'value',
      value: true,
      text: 'True',
      children: [{ span: { start: 7, end: 10 }, expression: '[a]', outcome: 'null', children: [] }],
    })
    const { code, out, err } = await attrflow(['eval', 'Left("a"', '--json', '--trace'])
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(JSON.parse(out)).toMatchObject({ outcome: 'error', diagnostics: [{ severity: 'error' }, {}] })
  })
})
