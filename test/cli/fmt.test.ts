import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { attrflow, temporaryDirectory } from './harness.js'

const directory = temporaryDirectory()
const path = (name: string): string => join(directory, name)

describe('fmt', () => {
  it('lays out for people, within a width', async () => {
    const expression = 'Switch([country],"other","SE",Join("-","north",[city]),"ES","south")'
    expect((await attrflow(['fmt', expression])).out).toBe(
      'Switch([country], "other", "SE", Join("-", "north", [city]), "ES", "south")\n',
    )
    expect((await attrflow(['fmt', expression, '--width', '40'])).out).toMatchInlineSnapshot(`
      "Switch(
        [country],
        "other",
        "SE", Join("-", "north", [city]),
        "ES", "south"
      )
      "
    `)
  })

  it('writes as the service stores it', async () => {
    const run = await attrflow(['fmt', 'IIF([a]  = "1",Mid([b],"1",2 ),  )', '--canonical'])
    expect(run).toEqual({ code: 0, out: 'IIF([a]="1", Mid([b], 1, 2), )\n', err: '' })
  })

  it('refuses what does not parse', async () => {
    const run = await attrflow(['fmt', 'Join(" " [a])', '[b]'])
    expect(run).toMatchObject({ code: 1, out: '[b]\n' })
    expect(run.err).toContain('error AF1006')
  })

  it('takes folders and patterns', async () => {
    mkdirSync(path('mappings/users'), { recursive: true })
    writeFileSync(path('mappings/users/mail.expr'), 'ToLower( [mail] )')
    writeFileSync(path('mappings/name.expr'), '[name]\n')
    writeFileSync(path('mappings/notes.txt'), 'no expression')
    for (const argument of ['mappings', 'mappings/**/*.expr'])
      expect(await attrflow(['fmt', '--check', argument], { directory })).toMatchObject({
        code: 1,
        out: `${join('mappings', 'users', 'mail.expr')}\n`,
      })
    expect((await attrflow(['fmt', '--write', 'mappings'], { directory })).code).toBe(0)
    expect((await attrflow(['fmt', '--check', 'mappings'], { directory })).code).toBe(0)
    mkdirSync(path('empty'))
    expect(await attrflow(['fmt', 'empty'], { directory })).toMatchObject({
      code: 2,
      err: expect.stringContaining('empty has no expressions (files that end in .expr)'),
    })
  })

  it('checks and writes files', async () => {
    writeFileSync(path('a.expr'), 'ToLower( [mail] )')
    writeFileSync(path('b.expr'), 'ToLower([mail])\n')
    writeFileSync(path('bad.expr'), 'ToLower([mail]')
    const files = ['a.expr', 'b.expr']
    expect(await attrflow(['fmt', '--check', ...files], { directory })).toEqual({
      code: 1,
      out: 'a.expr\n',
      err: '1 expression would change\n',
    })
    const written = await attrflow(['fmt', '--write', ...files, 'bad.expr'], { directory })
    expect(written).toMatchObject({ code: 1, out: 'a.expr\n' })
    expect(written.err).toContain('bad.expr:1:')
    expect(readFileSync(path('a.expr'), 'utf8')).toBe('ToLower([mail])\n')
    expect(readFileSync(path('bad.expr'), 'utf8')).toBe('ToLower([mail]')
    expect(await attrflow(['fmt', '--check', ...files], { directory })).toEqual({ code: 0, out: '', err: '' })
  })
})
