import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { attrflow, temporaryDirectory } from './harness.js'

const directory = temporaryDirectory()
writeFileSync(join(directory, 'name.expr'), 'Left([givenName], 3)\n')
writeFileSync(join(directory, 'schema.json'), '{}')

describe('describe', () => {
  it('says what an expression does', async () => {
    const out = 'the first three characters of givenName\n'
    expect(await attrflow(['describe', 'name.expr'], { directory })).toEqual({ code: 0, out, err: '' })
    expect((await attrflow(['describe', '-'], { stdin: 'Left([givenName], 3)\n' })).out).toBe(out)
  })

  it('shows the compiled form, and what each pass makes of it', async () => {
    const text = 'Append("a", Append("b", ToLower(ToLower([x]))))'
    expect((await attrflow(['describe', text, '--ir'])).out).toMatchInlineSnapshot(`
      "result = template {"ab" ToLower<casingBody>([x])}
      "
    `)
    expect((await attrflow(['describe', text, '--ir', '--passes'])).out).toMatchInlineSnapshot(`
      "lowered
        result = Append("a", Append("b", ToLower(ToLower([x], ), )))
      fold-constants
        (no change)
      simplify
        result = Append("a", Append("b", ToLower([x], )))
      share
        (no change)
      specialise
        result = Append("a", Append("b", ToLower<casingBody>([x])))
      templates
        result = template {"ab" ToLower<casingBody>([x])}
      "
    `)
    const { out } = await attrflow(['describe', text, '--ir', '--passes', '--json'])
    const data = JSON.parse(out)
    expect(data.description).toBe('"a" followed by ("b" followed by (x in lower case in lower case))')
    expect(data.passes.at(-1).after).toBe(data.ir)
  })

  it('shows errors, and refuses what is no expression', async () => {
    expect(await attrflow(['describe', 'Left('])).toMatchObject({ code: 1, out: '' })
    const wrong: [string[], string][] = [
      [[], 'describe needs one expression'],
      [['[a]', '[b]'], 'describe needs one expression'],
      [['[a]', '--passes'], '--passes needs --ir'],
      [['schema.json'], 'describe does not read schema.json: it is not an expression'],
    ]
    for (const [args, message] of wrong)
      expect(await attrflow(['describe', ...args], { directory })).toMatchObject({
        code: 2,
        err: `attrflow: ${message}\n`,
      })
  })
})
