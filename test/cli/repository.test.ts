import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { attrflow, temporaryDirectory } from './harness.js'

const root = temporaryDirectory()
const directory = join(root, 'apps', 'crm #1')
mkdirSync(join(root, '.git'))
mkdirSync(directory, { recursive: true })
const write = (name: string, text: string): void => writeFileSync(join(directory, name), text)
const run = (...args: readonly string[]) => attrflow(args, { directory })

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: Readonly<Record<string, unknown>> }
    readonly results: readonly {
      readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: object } }[]
      readonly partialFingerprints: Readonly<Record<string, string>>
    }[]
  }[]
}

describe('in a folder of a git repository', () => {
  write('x.expr', 'Trimm([mail])')

  it('SARIF names files from the root of the repository', async () => {
    const { out } = await run('check', 'x.expr', '--format', 'sarif')
    const [{ tool, results } = { tool: { driver: {} }, results: [] }] = (JSON.parse(out) as Sarif).runs
    expect(results.map(({ locations }) => locations[0]!.physicalLocation.artifactLocation)).toEqual([
      { uri: 'apps/crm%20%231/x.expr', uriBaseId: '%SRCROOT%' },
    ])
    expect(tool.driver).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+/),
      rules: [
        {
          id: 'AF2001',
          fullDescription: { text: expect.any(String) },
          help: { text: expect.any(String), markdown: expect.stringContaining('#af2001') },
          helpUri: expect.stringMatching(/docs\/diagnostics\.md#af2001$/),
          properties: { precision: 'very-high', 'problem.severity': 'error' },
        },
      ],
    })
  })

  it('fingerprints stay when lines move, and tell findings apart that are alike', async () => {
    const fingerprints = async (text: string): Promise<readonly unknown[]> => {
      write('x.expr', text)
      const { out } = await run('check', 'x.expr', '--format', 'sarif')
      return (JSON.parse(out) as Sarif).runs[0]!.results.map((one) => one.partialFingerprints['attrflow/v2'])
    }
    const before = await fingerprints('Join("", Trimm([a]), Trimm([a]))')
    expect(new Set(before).size).toBe(2)
    expect(await fingerprints('Join("",\n  [x],\n  Trimm([a]),\n  Trimm([a]))')).toEqual(before)
  })

  it('annotations name files from the root of the repository', async () => {
    write('x.expr', 'Trimm([mail])')
    write('x.test.yaml', 'cases: [{ name: wrong, expression: "[a]", input: { a: x }, expect: y }]')
    expect((await run('check', 'x.expr', '--format', 'github')).out).toContain('file=apps/crm #1/x.expr,')
    expect((await run('test', '--format', 'github')).out).toContain('file=apps/crm #1/x.test.yaml,')
  })
})
