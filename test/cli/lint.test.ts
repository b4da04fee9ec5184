import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { lineDiff } from '../../src/cli/checking/line-diff.js'
import { exampleSchema } from '../lint/example-schema.js'
import { attrflow, temporaryDirectory } from './harness.js'

const directory = temporaryDirectory()
const write = (name: string, text: string): void => writeFileSync(join(directory, name), text)
const read = (name: string): string => readFileSync(join(directory, name), 'utf8')

const run = (...args: readonly string[]) => attrflow(args, { directory })

const schema = exampleSchema({
  expression:
    'Switch(IIF(IsPresent([country]), [country], "SE"), "Other", "SE", "Sweden", "NO", "Norway", "SE", "Svealand")',
  target: 'countryName',
  matchingPriority: 1,
  attributes: { country: { required: true } },
})

beforeEach(() => {
  write('table.expr', 'Switch([country], "Other",\n  "SE", "Sweden",\n  "SE", "Svealand")\n')
  write('schema.json', schema)
  write('attrflow.config.json', '{}')
})

describe('check', () => {
  it('shows what rules find, with what checking finds, in the order of the text', async () => {
    expect(await run('check', 'Trim(Join([a], " ", [b]))', 'table.expr')).toMatchInlineSnapshot(`
      {
        "code": 0,
        "err": "",
        "out": "warning AF2007: Trim is not documented for the provisioning dialect.
       --> expression:1:1
      1 | Trim(Join([a], " ", [b]))
        | ^^^^
        = help: It is known from the other dialect or from Microsoft templates; try it on one object before relying on it.

      warning AF9200: The separator of Join is [a], which is not a literal text.
       --> expression:1:11
      1 | Trim(Join([a], " ", [b]))
        |           ^^^
        = help: The first argument of Join is the separator; write "" to put the values together without one.
        = suggestion: Insert "" as the separator

      warning AF9205: The key "SE" occurs twice; only the first one counts.
       --> table.expr:3:3
      3 |   "SE", "Svealand")
        |   ^^^^
        = help: Remove the second one, or correct the key.
        = fix: Remove the key and its value

      3 warnings
      ",
      }
    `)
  })

  it('points at the place in a schema, and counts notes unless they are asked for', async () => {
    const { out, code } = await run('check', 'schema.json')
    expect(code).toBe(0)
    expect(out).toMatchSnapshot()
    const notes = await run('check', 'schema.json', '--notes')
    expect(notes.out.split('info AF').length).toBe(out.split('info AF').length + 1)
  })

  it('gives rule ids and paths with --json', async () => {
    const { out } = await run('check', 'schema.json', 'Join([a], "x", [b])', '--json')
    const { results } = JSON.parse(out)
    expect(results[0].diagnostics.find((d: { rule?: string }) => d.rule === 'duplicate-key')).toMatchObject({
      code: 'AF9205',
      path: '$.synchronizationRules[0].objectMappings[0].attributeMappings[0].source.expression',
      line: 17,
    })
    expect(results[1]).toMatchObject({
      expression: 'Join([a], "x", [b])',
      diagnostics: [{ rule: 'join-separator', severity: 'warning' }],
    })
  })

  it('writes SARIF', async () => {
    const { out } = await run('check', 'table.expr', 'Trim([a])', '--format', 'sarif')
    expect(JSON.parse(out)).toMatchSnapshot()
  })

  it('writes annotations for GitHub', async () => {
    const { out } = await run('check', 'table.expr', 'Trim("a,b%")', '--format', 'github')
    expect(out).toMatchInlineSnapshot(`
      "::warning file=table.expr,line=3,col=3,endColumn=7,title=AF9205 duplicate-key::The key "SE" occurs twice; only the first one counts. Remove the second one, or correct the key.
      ::warning title=AF2007::Trim is not documented for the provisioning dialect. It is known from the other dialect or from Microsoft templates; try it on one object before relying on it.
      "
    `)
  })
})

describe('levels', () => {
  it('turn a rule off or up, by option or configuration', async () => {
    expect((await run('check', 'table.expr', '--rule', 'duplicate-key=off')).out).toBe('no problems\n')
    const strict = await run('check', 'table.expr', '--rule', 'duplicate-key=error')
    expect(strict).toMatchObject({ code: 1, out: expect.stringMatching(/^error AF9205.*\n1 error\n$/s) })
    write('attrflow.config.json', '{"rules": {"AF9205": "error"}}')
    expect((await run('check', 'table.expr')).code).toBe(1)
    expect((await run('check', 'table.expr', '--rule', 'AF9205=info')).code).toBe(0)
  })

  it('cannot make an error less', async () => {
    for (const rule of ['unknown-group=off', 'AF2001=warning'])
      expect(await run('check', '[a]', '--rule', rule)).toMatchObject({
        code: 2,
        err: expect.stringContaining('is an error, whose level cannot change'),
      })
  })

  it.each([
    ['duplicate-kay=off', 'there is no rule duplicate-kay; did you mean duplicate-key?'],
    ['duplicate-key=loud', 'duplicate-key takes off, info, warning, error, not "loud"'],
    ['duplicate-key', '--rule takes ID=LEVEL, not duplicate-key'],
  ])('refuse %s', async (rule, message) => {
    expect(await run('check', '[a]', '--rule', rule)).toMatchObject({
      code: 2,
      err: expect.stringContaining(message),
    })
  })
})

describe('the configuration', () => {
  it('gives settings and dialect, and options win', async () => {
    write('attrflow.config.json', '{"dialect": "cloud-sync", "settings": {"caseInsensitiveFunctions": true}}')
    expect((await run('check', 'trim([a])')).out).toBe('no problems\n')
    expect((await run('check', 'trim([a])', '--dialect', 'provisioning')).out).toContain('AF2007')
  })

  it('is refused with every reason, and by a name that is not there', async () => {
    write('attrflow.config.json', '{"rulez": {}, "dialect": 1}')
    const { code, err } = await run('check', '[a]')
    expect(code).toBe(2)
    expect(err.split('\n').length).toBe(3)
    expect((await run('check', '[a]', '--config', 'none.json')).err).toContain('there is no such file')
  })
})

describe('the baseline', () => {
  it('passes over what was there, and shows what is new', async () => {
    const first = await run('check', 'table.expr', '--baseline', 'lint.json', '--update-baseline')
    expect(first).toMatchObject({ code: 0, out: 'no problems\n' })
    expect(JSON.parse(read('lint.json'))).toMatchObject({
      version: 2,
      findings: [{ source: 'table.expr', place: '', code: 'AF9205', count: 1 }],
    })
    write('table.expr', 'Switch([country],\n "Other", "NO", "Norway", "SE", "a", "SE", "b", "NO ", "c")\n')
    const { out } = await run('check', 'table.expr', '--baseline', 'lint.json')
    expect(out).toMatch(/^warning AF9207.*\n1 warning\n$/s)
  })

  it('never passes over an error', async () => {
    const { code } = await run('check', 'Joon()', '--baseline', 'lint.json', '--update-baseline')
    expect(code).toBe(1)
    expect(JSON.parse(read('lint.json')).findings).toEqual([])
  })

  it('is named, and well formed', async () => {
    expect((await run('check', '[a]', '--update-baseline')).err).toContain('needs --baseline FILE')
    expect((await run('check', '[a]', '--baseline', 'attrflow.config.json')).err).toContain(
      'is not a baseline',
    )
  })
})

describe('fixes', () => {
  it('that --fix-dry-run shows make exit code 1, and what stays is shown behind them', async () => {
    write('both.expr', 'Switch([a], "x", "b", Trim([c]), "b", "d")\n')
    const dry = await run('check', 'both.expr', '--fix-dry-run')
    expect(dry.code).toBe(1)
    expect(dry.out).toMatch(/^--- both\.expr\n[\s\S]*\n(?:error|warning) AF\d+: [\s\S]*\d (?:error|warning)/)
    const json = await run('check', 'both.expr', '--fix-dry-run', '--json')
    expect(json.err).toContain('+++ both.expr')
    const fixed = await run('check', 'both.expr', '--fix')
    expect(JSON.parse(json.out).results[0].diagnostics.map(({ code }: { code: string }) => code)).toEqual(
      JSON.parse((await run('check', 'both.expr', '--json')).out).results[0].diagnostics.map(
        ({ code }: { code: string }) => code,
      ),
    )
    expect(dry.out.endsWith(fixed.out)).toBe(true)
    expect((await run('check', '[a]', '--fix-dry-run')).code).toBe(0)
  })

  it('are shown by --fix-dry-run, which changes nothing', async () => {
    expect((await run('check', 'table.expr', '--fix-dry-run')).out).toMatchInlineSnapshot(`
      "--- table.expr
      +++ table.expr
      @@ -2,2 +2,1 @@
      -  "SE", "Sweden",
      -  "SE", "Svealand")
      +  "SE", "Sweden")
      no problems
      "
    `)
    expect(read('table.expr')).toContain('Svealand')
    expect((await run('check', 'schema.json', '--fix-dry-run')).out).toMatchInlineSnapshot(`
      "--- schema.json
      +++ schema.json
      @@ -17,1 +17,96 @@
      -              "expression": "Switch(IIF(IsPresent([country]), [country], \\"SE\\"), \\"Other\\", \\"SE\\", \\"Sweden\\", \\"NO\\", \\"Norway\\", \\"SE\\", \\"Svealand\\")"
      +              "expression": "Switch(IIF(IsPresent([country]), [country], \\"SE\\"), \\"Other\\", \\"SE\\", \\"Sweden\\", \\"NO\\", \\"Norway\\")",
      +              "name": "Switch",
      +              "parameters": [
      +                {
      +                  "key": "source",
      +                  "value": {
      +                    "expression": "IIF(IsPresent([country]), [country], \\"SE\\")",
      +                    "name": "IIF",
      +                    "parameters": [
      +                      {
      +                        "key": "one",
      +                        "value": {
      +                          "expression": "IsPresent([country])",
      +                          "name": "IsPresent",
      +                          "parameters": [
      +                            {
      +                              "key": "source",
      +                              "value": {
      +                                "expression": "[country]",
      +                                "name": "country",
      +                                "parameters": [],
      +                                "type": "Attribute"
      +                              }
      +                            }
      +                          ],
      +                          "type": "Function"
      +                        }
      +                      },
      +                      {
      +                        "key": "four",
      +                        "value": {
      +                          "expression": "[country]",
      +                          "name": "country",
      +                          "parameters": [],
      +                          "type": "Attribute"
      +                        }
      +                      },
      +                      {
      +                        "key": "five",
      +                        "value": {
      +                          "expression": "\\"SE\\"",
      +                          "name": "SE",
      +                          "parameters": [],
      +                          "type": "Constant"
      +                        }
      +                      }
      +                    ],
      +                    "type": "Function"
      +                  }
      +                },
      +                {
      +                  "key": "defaultValue",
      +                  "value": {
      +                    "expression": "\\"Other\\"",
      +                    "name": "Other",
      +                    "parameters": [],
      +                    "type": "Constant"
      +                  }
      +                },
      +                {
      +                  "key": "switchValue",
      +                  "value": {
      +                    "expression": "\\"SE\\"",
      +                    "name": "SE",
      +                    "parameters": [],
      +                    "type": "Constant"
      +                  }
      +                },
      +                {
      +                  "key": "switchValue",
      +                  "value": {
      +                    "expression": "\\"Sweden\\"",
      +                    "name": "Sweden",
      +                    "parameters": [],
      +                    "type": "Constant"
      +                  }
      +                },
      +                {
      +                  "key": "switchValue",
      +                  "value": {
      +                    "expression": "\\"NO\\"",
      +                    "name": "NO",
      +                    "parameters": [],
      +                    "type": "Constant"
      +                  }
      +                },
      +                {
      +                  "key": "switchValue",
      +                  "value": {
      +                    "expression": "\\"Norway\\"",
      +                    "name": "Norway",
      +                    "parameters": [],
      +                    "type": "Constant"
      +                  }
      +                }
      +              ]
      warning AF9312: Objects are matched by countryName, whose value is one of a few fixed texts: many objects can share it.
        --> schema.json:17:30 in countryName, User → User
      17 |               "expression": "Switch(IIF(IsPresent([country]), [country], \\"SE\\"), \\"Other\\", \\"S…
         |                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
         = help: Match by an attribute that identifies one object, such as employeeId or userPrincipalName.

      warning AF4105: Object User of directory Workday has 0 anchor attributes; it should have one.
         --> schema.json:123:46 in User, Workday
      123 | …: [{"name":"Workday","objects":[{"name":"User","attributes":[{"name":"country","type":"String","…
          |                                  ^
          = help: Set \`anchor\` on the attribute that identifies the object for good, and only there.

      warning AF4105: Object User of directory Example App has 0 anchor attributes; it should have one.
         --> schema.json:123:223 in User, Example App
      123 | …"name":"Example App","objects":[{"name":"User","attributes":[{"name":"countryName","type":"Strin…
          |                                  ^
          = help: Set \`anchor\` on the attribute that identifies the object for good, and only there.

      3 warnings, 1 note (--notes shows the notes)
      "
    `)
    expect(read('schema.json')).toBe(schema)
  })

  it('are applied to expressions in files', async () => {
    const { out, err } = await run('check', 'table.expr', '--fix')
    expect({ out, err }).toEqual({ out: 'no problems\n', err: 'table.expr: 1 repair\n' })
    expect(read('table.expr')).toBe('Switch([country], "Other",\n  "SE", "Sweden")\n')
  })

  it('are applied inside a schema, whose tree then says the same as its text', async () => {
    const before = await run('check', 'schema.json', '--json')
    expect(before.out).toContain('AF9205')
    const { out } = await run('check', 'schema.json', '--fix', '--json')
    expect(out).not.toContain('AF9205')
    expect(out).not.toContain('AF4115')
    const [mapping] = JSON.parse(read('schema.json')).synchronizationRules[0].objectMappings[0]
      .attributeMappings
    expect(mapping.source.expression).toBe(
      'Switch(IIF(IsPresent([country]), [country], "SE"), "Other", "SE", "Sweden", "NO", "Norway")',
    )
    expect(mapping.source.parameters.length).toBe(6)
  })

  it('need files, and one of the two options', async () => {
    expect((await run('check', 'Switch([a], "b", "c", "d", "c", "e")', '--fix')).code).toBe(2)
    expect((await run('check', '[a]', '--fix', '--fix-dry-run')).err).toContain('contradict')
  })
})

describe('rules', () => {
  it('lists all, shows one in full, and gives data', async () => {
    const all = await run('rules')
    expect(all.out).toMatch(/^Expressions\n {2}null-constant +warning\. /)
    expect(all.out).toContain('Scoping filters')
    expect((await run('rules', 'maximum-length')).out).toMatchSnapshot()
    expect((await run('rules', 'AF9200')).out).toMatch(/^join-separator \(AF9200, warning, expression\)/)
    expect(JSON.parse((await run('rules', 'filter-type', '--json')).out).value).toMatchObject([
      { id: 'filter-type', code: 'AF9107', scope: 'filter', severity: 'info' },
    ])
    expect((await run('rules', 'join-seperator')).err).toContain('did you mean join-separator?')
  })
})

describe('the difference of two texts', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 8 })

  /** What becomes of the old text when the difference is applied to it. */
  const patched = (before: string, diff: string): string => {
    const result: string[] = []
    const old = before.split('\n')
    let at = 0
    for (const line of diff.split('\n').slice(2, -1)) {
      const hunk = /^@@ -(\d+),(\d+) \+\d+,\d+ @@$/.exec(line)
      if (hunk !== null) {
        while (at < Number(hunk[1]) - 1) result.push(old[at++]!)
      } else if (line.startsWith('-')) expect(old[at++]).toBe(line.slice(1))
      else result.push(line.slice(1))
    }
    return [...result, ...old.slice(at)].join('\n')
  }

  it('leads from one to the other', () => {
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        const [before, after] = [a.join('\n'), b.join('\n')]
        const diff = lineDiff('x', before, after)
        expect(before === after ? diff : patched(before, diff)).toBe(before === after ? '' : after)
      }),
    )
  })
})
