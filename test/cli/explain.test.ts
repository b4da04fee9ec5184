import { describe, expect, it, test } from 'vitest'
import { attrflow, type Run } from './harness.js'

const base = [
  'explain',
  'entra-to-scim.schema.json',
  '--source',
  'users.ndjson',
  '--now',
  '2025-07-30T12:00:00Z',
]
const run = (...args: readonly string[]): Promise<Run> =>
  attrflow([...base, ...args], { directory: 'docs/examples' })
const target = ['--target', 'application-users.ndjson'] as const

describe('explain', () => {
  test.each([
    ['out-of-scope', ['--id', 'ISIL.ornekoglu@contoso.com']],
    ['disable', ['--line', '7', ...target]],
    ['trace', ['--id', '10002', '--trace', ...target]],
    ['error', ['--id', '00000000-0000-4000-9000-000000000011']],
  ])('tells the story: %s', async (name, args) => {
    const { code, out, err } = await run(...args)
    await expect(out).toMatchFileSnapshot(`snapshots/explain-${name}.txt`)
    expect({ code, err }).toEqual({ code: name === 'error' ? 1 : 0, err: '' })
  })

  const steps = async (...args: readonly string[]): Promise<unknown> => {
    const { out } = await run('--json', ...args)
    const { key, value } = JSON.parse(out) as {
      key: { result: string; details: { errorCode: string | null } }
      value: { action: string; provisioningSteps: { name: string; type: string; status: string }[] }
    }
    return [
      key.result,
      key.details.errorCode,
      value.action,
      ...value.provisioningSteps.map(({ name, type, status }) => `${name} ${type} ${status}`),
    ]
  }

  it('gives the steps of on-demand provisioning with --json', async () => {
    const scoped = ['EntryImport Import Success', 'EntrySynchronizationScoping Scoping Success']
    expect(await steps('--line', '1')).toEqual([
      'Success',
      null,
      'Create',
      ...scoped,
      'EntrySynchronizationAdd Matching Success',
      'EntryExportAdd Export Success',
    ])
    expect(await steps('--line', '7', ...target)).toEqual([
      'Success',
      null,
      'Disable',
      ...scoped,
      'EntryImport Matching Success',
      'EntryExportUpdate Export Success',
    ])
    expect(await steps('--line', '3', ...target)).toEqual([
      'Skipped',
      'RedundantExport',
      'Other',
      ...scoped,
      'EntryImport Matching Success',
      'EntrySynchronizationSkip Export Skipped',
    ])
    expect(await steps('--line', '11')).toEqual([
      'Failure',
      'EvaluationFailed',
      'Other',
      ...scoped,
      'EntryExportAdd Export Failure',
    ])
  })

  it('has only texts as values of steps', async () => {
    const { out } = await run('--json', '--line', '2', ...target)
    const { value } = JSON.parse(out) as {
      value: {
        modifiedProperties: { displayName: string; oldValue: string; newValue: string }[]
        provisioningSteps: { details: Record<string, unknown> }[]
      }
    }
    const details = value.provisioningSteps.flatMap((step) => Object.values(step.details))
    expect(details.length).toBeGreaterThan(20)
    expect(details.filter((text) => typeof text !== 'string')).toEqual([])
    expect(value.modifiedProperties).toContainEqual({
      displayName: 'title',
      oldValue: 'Payroll Clerk',
      newValue: 'Payroll Analyst',
    })
  })

  test.each([
    [[], 'explain needs one object'],
    [['--id', 'a', '--line', '1'], 'explain needs one object'],
    [['--id', 'nobody'], 'has no object with the id nobody'],
    [['--line', '99'], 'has no object on line 99'],
  ])('refuses %s', async (args, message) => {
    const { code, err } = await run(...args)
    expect(code).toBe(2)
    expect(err).toContain(message)
  })
})
