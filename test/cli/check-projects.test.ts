import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { exampleSchema } from '../lint/example-schema.js'
import { attrflow, type Run, temporaryDirectory } from './harness.js'

const directory = temporaryDirectory()
const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(directory, name)), { recursive: true })
  writeFileSync(join(directory, name), text)
}
const read = (name: string): string => readFileSync(join(directory, name), 'utf8')
const run = (...args: readonly string[]): Promise<Run> => attrflow(args, { directory })

const duplicate = 'Switch([country], "Other",\n  "SE", "Sweden",\n  "SE", "Svealand")\n'

describe('the configuration', () => {
  beforeEach(() => {
    write('project/.git/HEAD', '')
    write('project/attrflow.config.json', '{"rules": {"duplicate-key": "error"}}')
    write('project/deep/er/table.expr', duplicate)
    write('project/own/attrflow.config.json', '{"rules": {"duplicate-key": "off"}}')
    write('project/own/table.expr', duplicate)
    write('other/.git', 'gitdir: elsewhere')
    write('other/table.expr', duplicate)
  })

  it('is the nearest one from the folder of each file upwards', async () => {
    const { out } = await run('check', 'project', 'other', '--json')
    const severities = (
      JSON.parse(out).results as readonly { readonly diagnostics: readonly { severity: string }[] }[]
    ).map(({ diagnostics }) => diagnostics.map(({ severity }) => severity))
    expect(severities).toEqual([['error'], [], ['warning']])
  })

  it('above the repository of a file is none of its own', async () => {
    write('attrflow.config.json', '{"rules": {"duplicate-key": "info"}}')
    expect((await run('check', 'other/table.expr')).out).toMatch(/^warning/)
    expect((await run('check', duplicate)).out).toMatch(/^info/)
    write('attrflow.config.json', '{}')
  })

  it('of a run inside a folder is found above it', async () => {
    const inside = { directory: join(directory, 'project/deep') }
    expect((await attrflow(['check', 'er/table.expr'], inside)).code).toBe(1)
    expect((await attrflow(['check', duplicate], inside)).code).toBe(1)
    expect(
      (await attrflow(['check', 'er/table.expr', '--config', '../own/attrflow.config.json'], inside)).code,
    ).toBe(0)
  })

  it('names its baseline from its own folder', async () => {
    write('project/own/attrflow.config.json', '{"baseline": "known.json"}')
    await run('check', 'project/own/table.expr', '--update-baseline')
    expect(JSON.parse(read('project/own/known.json')).findings).toMatchObject([{ source: 'table.expr' }])
    const { out } = await attrflow(['check', 'table.expr'], { directory: join(directory, 'project/own') })
    expect(out).toBe('no problems\n')
    expect((await run('check', 'project/own/table.expr')).out).toBe('no problems\n')
    expect((await run('check', 'project', '--update-baseline')).err).toContain('needs --baseline FILE')
  })
})

describe('the baseline of a schema', () => {
  const schema = exampleSchema({
    expression: 'Switch([country], "Other", "SE", "Sweden", "NO", "Norway", "SE", "Svealand")',
    target: 'countryName',
    matchingPriority: 1,
    attributes: { country: { required: true } },
  })
  type Rules = [{ objectMappings: [{ attributeMappings: { targetAttributeName: string }[]; name: string }] }]
  const changed = (change: (rules: Rules) => void): string => {
    const value = JSON.parse(schema) as { synchronizationRules: Rules }
    change(value.synchronizationRules)
    return JSON.stringify(value)
  }
  const warnings = async (): Promise<readonly string[]> => {
    const { out } = await run('check', 's/app.json', '--baseline', 'known.json', '--json')
    return JSON.parse(out).results[0].diagnostics.map(({ code }: { code: string }) => code)
  }

  beforeEach(async () => {
    write('s/app.json', schema)
    await run('check', 's/app.json', '--baseline', 'known.json', '--update-baseline')
  })

  it('knows findings by the names of rule, mapping and target', () => {
    const { findings } = JSON.parse(read('known.json'))
    expect(findings).toContainEqual({
      source: 's/app.json',
      place: 'RULE / users / countryName',
      code: 'AF9205',
      message: expect.stringContaining('SE'),
      count: 1,
    })
  })

  it('brings nothing back after edits elsewhere', async () => {
    write(
      's/app.json',
      changed(([rule]) => {
        const [mapping] = rule.objectMappings
        const [one] = mapping.attributeMappings
        rule.objectMappings.unshift({ ...mapping, name: 'off', enabled: false } as never)
        mapping.attributeMappings.unshift({ ...one!, targetAttributeName: 'other' })
      }),
    )
    // What is new is shown, and only that: the same table in another attribute.
    const codes = await warnings()
    expect(codes.filter((code) => code === 'AF9205')).toEqual(['AF9205'])
  })

  it('shows the finding that is new when a place has one more of a code', async () => {
    write(
      's/app.json',
      schema.replace('\\"SE\\", \\"Svealand\\"', '\\"NO\\", \\"Noreg\\", \\"SE\\", \\"Svealand\\"'),
    )
    const { out } = await run('check', 's/app.json', '--baseline', 'known.json', '--json')
    expect(JSON.parse(out).results[0].diagnostics).toEqual([
      expect.objectContaining({ code: 'AF9205', message: expect.stringContaining('"NO"') }),
    ])
  })

  it('knows a finding whose message changed with its mapping', async () => {
    write('s/app.json', schema.replaceAll('\\"SE\\"', '\\"DK\\"'))
    expect(await warnings()).not.toContain('AF9205')
  })

  it('is the same from another folder', async () => {
    const inside = { directory: join(directory, 's') }
    const { out } = await attrflow(['check', 'app.json', '--baseline', '../known.json'], inside)
    expect(out).toBe('no problems\n')
  })

  it('of an earlier form is refused', async () => {
    write('known.json', '{"version": 1, "findings": []}')
    expect(await run('check', 's/app.json', '--baseline', 'known.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('write it again with --update-baseline'),
    })
  })
})
