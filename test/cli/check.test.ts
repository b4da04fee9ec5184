import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { attrflow, temporaryDirectory } from './harness.js'

const directory = temporaryDirectory()
writeFileSync(join(directory, 'name.expr'), 'Join(" ",\n  [givenName]\n  [surname])\n')
writeFileSync(join(directory, 'mail'), 'ToLower([mail])\n')

describe('check', () => {
  it('shows everything with frames and a summary', async () => {
    const run = await attrflow(['check', 'Joon(" ", [a])', 'name.expr', 'mail'], { directory })
    expect(run).toMatchInlineSnapshot(`
      {
        "code": 1,
        "err": "",
        "out": "error AF2001: There is no function named Joon.
       --> expression:1:1
      1 | Joon(" ", [a])
        | ^^^^
        = help: Did you mean Join(separator, source, …)?
        = suggestion: Write Join

      error AF1006: A comma is missing before [surname].
       --> name.expr:3:3
      3 |   [surname])
        |   ^^^^^^^^^
        = help: Commas separate the arguments of a function.
        = fix: Insert a comma

      2 errors
      ",
      }
    `)
  })

  it('finds nothing wrong with good expressions', async () => {
    expect(await attrflow(['check', '[mail]', 'Trim([mail])', '--dialect', 'cloud-sync'])).toEqual({
      code: 0,
      out: 'no problems\n',
      err: '',
    })
    expect((await attrflow(['check', '-'], { stdin: 'Left(' })).code).toBe(1)
  })

  it('counts warnings only when asked', async () => {
    const warning = ['check', 'Trim([mail])']
    expect(await attrflow(warning)).toMatchObject({ code: 0, out: expect.stringMatching(/\n1 warning\n$/) })
    expect((await attrflow([...warning, '--max-warnings', '0'])).code).toBe(1)
    expect((await attrflow([...warning, '--max-warnings=1'])).code).toBe(0)
  })

  it('gives data with --json', async () => {
    const { code, out } = await attrflow(['check', 'name.expr', '[mail]', '--json'], { directory })
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      results: [
        {
          file: 'name.expr',
          diagnostics: [
            { code: 'AF1006', severity: 'error', span: { start: 26, end: 35 }, line: 3, column: 3 },
          ],
        },
        { expression: '[mail]', diagnostics: [] },
      ],
      errors: 1,
      warnings: 0,
      infos: 0,
    })
  })
})
