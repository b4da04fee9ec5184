import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { attrflow } from '../cli/harness.js'

const root = fileURLToPath(new URL('../../', import.meta.url))

interface Step {
  readonly name: string
  readonly run: string
  readonly if?: string
  readonly env: Readonly<Record<string, string>>
}
interface Action {
  readonly inputs: Readonly<Record<string, { default: string }>>
  readonly runs: { readonly steps: readonly Step[] }
}

const action = parse(readFileSync(join(root, '.github/actions/attrflow/action.yml'), 'utf8')) as Action

/** A repository with a mapping, whose scope a later change opens. */
const repository = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'attrflow-action-'))
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder })
  }
  mkdirSync(join(folder, 'mappings'))
  for (const name of ['entra-to-scim.schema.json', 'entra-to-scim.test.yaml', 'users.ndjson'])
    cpSync(join(root, 'docs/examples', name), join(folder, 'mappings', name))
  git('init', '-q', '-b', 'main')
  git('add', '.')
  git('commit', '-qm', 'x')
  const schema = join(folder, 'mappings/entra-to-scim.schema.json')
  writeFileSync(schema, readFileSync(schema, 'utf8').replace('Kiosk', 'Board'))
  return folder
}

describe('the action', () => {
  it('checks, tests and compares, step by step', () => {
    const folder = repository()
    const bin = join(folder, 'bin')
    mkdirSync(bin)
    // The command as the action's first step would install it.
    writeFileSync(
      join(bin, 'attrflow'),
      `#!/bin/sh\nexec "${process.execPath}" "${join(root, '.config/run.mjs')}" "${join(root, 'src/cli/main.ts')}" "$@"\n`,
    )
    chmodSync(join(bin, 'attrflow'), 0o755)
    const inputs: Readonly<Record<string, string>> = {
      ...Object.fromEntries(Object.entries(action.inputs).map(([name, one]) => [name, one.default])),
      paths: 'mappings',
      schema: 'mappings/entra-to-scim.schema.json',
      source: 'mappings/users.ndjson',
      base: 'HEAD',
    }
    const run = (name: string): { status: number | null; out: string } => {
      const step = action.runs.steps.find((one) => one.name === name)!
      const env = Object.fromEntries(
        Object.entries(step.env).map(([key, value]) => [
          key,
          value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_whole, input: string) => inputs[input]!),
        ]),
      )
      const result = spawnSync('bash', ['-e', '-c', step.run], {
        cwd: folder,
        encoding: 'utf8',
        env: {
          ...process.env,
          ...env,
          PATH: `${bin}${delimiter}${process.env.PATH}`,
          RUNNER_TEMP: folder,
          GITHUB_OUTPUT: join(folder, 'output'),
          GITHUB_STEP_SUMMARY: join(folder, 'summary'),
        },
      })
      return { status: result.status, out: result.stdout + result.stderr }
    }
    expect(run('Check').status).toBe(0)
    // The example's tests were written for the scope before the change.
    expect(run('Test').status).toBe(1)
    const compared = run('Compare')
    expect(readFileSync(join(folder, 'output'), 'utf8')).toContain('report=')
    expect(readFileSync(join(folder, 'summary'), 'utf8')).toContain('Board')
    expect([0, 1]).toContain(compared.status)
  }, 60_000)

  it('hands inputs over as environment variables only, so that none is read as a command', () => {
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{')
  })
})

describe('the hooks for pre-commit', () => {
  it('run commands that exist', async () => {
    const hooks = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8')) as {
      id: string
      entry: string
    }[]
    for (const { entry } of hooks) {
      const [, command] = entry.split(' ')
      expect((await attrflow([command!, '--help'])).code).toBe(0)
    }
    expect(hooks.map(({ id }) => id)).toContain('attrflow-check')
  })
})
