import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { attrflow, temporaryDirectory } from './harness.js'

const examples = 'docs/examples'

describe('schema', () => {
  test.each(['entra-to-scim', 'workday-to-ad'])('shows %s', async (name) => {
    const { code, out, err } = await attrflow(['schema', 'show', `${name}.schema.json`], {
      directory: examples,
    })
    await expect(out).toMatchFileSnapshot(`snapshots/schema-${name}.txt`)
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })

  it('gives data with --json', async () => {
    const { out } = await attrflow(['schema', 'show', 'entra-to-scim.schema.json', '--json'], {
      directory: examples,
    })
    const [rule] = (JSON.parse(out) as { rules: { objectMappings: { attributes: unknown[] }[] }[] }).rules
    expect(rule!.objectMappings[0]!.attributes).toContainEqual({
      target: 'userName',
      expression: '[userPrincipalName]',
      flowType: 'Always',
      flowBehavior: 'FlowWhenChanged',
      matchingPriority: 1,
      defaultValue: null,
    })
  })

  it('extracts expressions, as text, data and files', async () => {
    const directory = temporaryDirectory()
    const attribute = (targetAttributeName: string, expression: string): object => ({
      targetAttributeName,
      source: { type: 'Function', name: '', expression },
    })
    const attributeMappings = [
      attribute('emails[type eq "work"].value', 'Trim([mail])'),
      attribute('emails[type eq "work"] value', 'Trim([a])'),
      attribute('../up', '[b]'),
      { targetAttributeName: 'none', source: null },
    ]
    const rule = {
      name: 'Out',
      objectMappings: [{ sourceObjectName: 'User', targetObjectName: 'App', attributeMappings }],
    }
    writeFileSync(join(directory, 's.json'), JSON.stringify({ synchronizationRules: [rule] }))
    const shown = await attrflow(['schema', 'extract', 's.json'], { directory })
    expect(shown.out).toContain('Out / User->App / emails[type eq "work"].value\nTrim([mail])\n')
    const data = await attrflow(['schema', 'extract', 's.json', '--json'], { directory })
    expect(JSON.parse(data.out)).toHaveLength(3)
    const files = await attrflow(['schema', 'extract', 's.json', '--out', 'x'], { directory })
    expect(files).toEqual({ code: 0, err: '', out: '3 expressions in x\n' })
    expect(readdirSync(join(directory, 'x/Out/User-App')).sort()).toEqual([
      'emails-type-eq-work-.value.expr',
      'emails-type-eq-work-value.expr',
      'up.expr',
    ])
    expect(readFileSync(join(directory, 'x/Out/User-App/up.expr'), 'utf8')).toBe('[b]\n')
  })

  it('refuses what it does not know', async () => {
    expect((await attrflow(['schema', 'list', 's.json'])).code).toBe(2)
  })
})

describe('check of a schema', () => {
  it('points into the file', async () => {
    const directory = temporaryDirectory()
    const schema = readFileSync(join(examples, 'entra-to-scim.schema.json'), 'utf8')
    const broken = schema
      .replace('"targetAttributeName": "nickName"', '"targetAttributeName": "emails[type ne \\"x\\"].value"')
      .replace('"operatorName": "IS NOT NULL"', '"operatorName": "IS PRESENT"')
    expect(broken).not.toBe(schema)
    writeFileSync(join(directory, 's.json'), broken)
    const { code, out } = await attrflow(['check', 's.json', '--json'], { directory })
    const [{ diagnostics }] = (
      JSON.parse(out) as {
        results: [{ diagnostics: { code: string; span: { start: number; end: number } }[] }]
      }
    ).results
    expect(code).toBe(1)
    const path = diagnostics.find((d) => d.code === 'AF4201')!
    expect(broken.slice(path.span.start, path.span.end)).toContain('type ne')
    expect(diagnostics.map((d) => d.code)).toContain('AF4500')
  })

  it('finds no error in the examples', async () => {
    for (const name of ['entra-to-scim', 'workday-to-ad']) {
      const { code, out } = await attrflow(['check', `${name}.schema.json`], { directory: examples })
      expect([name, code, out.includes('error')]).toEqual([name, 0, false])
    }
  })
})
