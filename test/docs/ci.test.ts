import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import manifest from '../../package.json' with { type: 'json' }
import { attrflow, temporaryDirectory } from '../cli/harness.js'
import { bundledCommandLine } from '../support/cli-process.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string): unknown => parse(readFileSync(join(root, path), 'utf8'))

interface Step {
  readonly name: string
  readonly run: string
  readonly env?: Readonly<Record<string, string>>
}

const action = read('.github/actions/attrflow/action.yml') as {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly runs: { readonly steps: readonly Step[] }
}

const SCHEMA = 'mappings/entra-to-scim.schema.json'

/** The programs that the steps start: attrflow as it is in the sources, and a gh that notes what it is asked. */
const programs: Readonly<Record<string, (folder: string, cli: string) => string>> = {
  attrflow: (_folder, cli) => `exec "${process.execPath}" "${cli}" "$@"`,
  gh: (folder) => `case "$*" in
  *--jq*) cat "${folder}/earlier" 2> /dev/null || true ;;
  *) echo "$*" >> "${folder}/asked"; [ ! -e "${folder}/forbidden" ] ;;
esac`,
}

/** A repository with a mapping, whose scope a later change opens, and a way to run steps of the action in it. */
class Repository {
  readonly folder = temporaryDirectory()
  readonly #values: Readonly<Record<string, string>>

  constructor(cli: string, inputs: Readonly<Record<string, string>> = {}) {
    mkdirSync(join(this.folder, 'mappings'))
    for (const name of ['entra-to-scim.schema.json', 'entra-to-scim.test.yaml', 'users.ndjson'])
      cpSync(join(root, 'docs/examples', name), join(this.folder, 'mappings', name))
    this.#git('init', '-q', '-b', 'main')
    this.#git('add', '.')
    this.#git('commit', '-qm', 'x')
    this.write(SCHEMA, this.read(SCHEMA).replace('Kiosk', 'Board'))
    mkdirSync(join(this.folder, 'bin'))
    for (const [name, text] of Object.entries(programs)) {
      this.write(`bin/${name}`, `#!/bin/sh\n${text(this.folder, cli)}\n`)
      chmodSync(join(this.folder, 'bin', name), 0o755)
    }
    const given: Readonly<Record<string, string>> = {
      paths: 'mappings',
      schema: SCHEMA,
      source: 'mappings/users.ndjson',
      base: 'HEAD',
      ...inputs,
    }
    this.#values = {
      ...Object.fromEntries(
        Object.entries(action.inputs).map(([name, one]) => [`inputs.${name}`, given[name] ?? one.default]),
      ),
      'github.repository': 'contoso/mappings',
      'github.event.pull_request.number': '7',
      'steps.diff.outputs.report': join(this.folder, 'attrflow-diff.md'),
    }
  }

  #git(...args: readonly string[]): void {
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: this.folder,
    })
  }

  read(name: string): string {
    const path = join(this.folder, name)
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text)
  }

  /** Runs a step as GitHub does: its expressions in the environment, and bash that stops at the first failure. */
  run(name: string): { readonly status: number | null; readonly out: string } {
    const step = action.runs.steps.find((one) => one.name === name)!
    const env = Object.entries(step.env ?? {}).map(([key, text]) => [
      key,
      text.replace(/\$\{\{ (.+?) \}\}/g, (_whole, expression: string) => this.#values[expression]!),
    ])
    const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', step.run], {
      cwd: this.folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        ...Object.fromEntries(env),
        PATH: `${join(this.folder, 'bin')}${delimiter}${process.env.PATH}`,
        RUNNER_TEMP: this.folder,
        GITHUB_OUTPUT: join(this.folder, 'output'),
        GITHUB_STEP_SUMMARY: join(this.folder, 'summary'),
      },
    })
    return { status, out: stdout + stderr }
  }
}

describe('the action', () => {
  let cli = ''
  beforeAll(() => {
    cli = bundledCommandLine()
  }, 60_000)

  it('checks, tests, compares and comments, step by step', () => {
    const repository = new Repository(cli)
    expect(repository.run('Check').status).toBe(0)
    // The example's tests were written for the scope before the change.
    const tested = repository.run('Test')
    expect([tested.status, tested.out]).toEqual([1, expect.stringContaining('::error file=mappings/')])
    const compared = repository.run('Compare')
    // An edited clause can take users out of the scope.
    expect([compared.status, compared.out]).toEqual([
      1,
      expect.stringMatching(/^- \{ path: .* what: "clause"/m),
    ])
    expect(repository.read('output')).toBe(`report=${join(repository.folder, 'attrflow-diff.md')}\n`)
    expect(repository.read('summary')).toContain('Board')
    expect(repository.run('Comment').status).toBe(0)
    const body = `--field body=@${join(repository.folder, 'attrflow-diff.md.comment')}`
    expect(repository.read('asked')).toBe(
      `api --method POST repos/contoso/mappings/issues/7/comments ${body}\n`,
    )
    expect(repository.read('attrflow-diff.md.comment')).toBe(
      `<!-- attrflow ${SCHEMA} -->\n${repository.read('attrflow-diff.md')}`,
    )
  }, 60_000)

  it('tests the test files below its paths, which may be schemas and folders without any', () => {
    const repository = new Repository(cli, { paths: `${SCHEMA} other mappings` })
    mkdirSync(join(repository.folder, 'other', 'node_modules'), { recursive: true })
    repository.write('other/node_modules/a.test.yaml', 'broken')
    repository.write('other/a.expr', '[a]')
    repository.write(SCHEMA, repository.read(SCHEMA).replace('Board', 'Kiosk'))
    expect(repository.run('Check').status).toBe(0)
    expect(repository.run('Test')).toEqual({ status: 0, out: '' })
    repository.write('other/b c.test.yaml', 'cases: [{ name: n, expression: "1", expect: 2 }]')
    expect(repository.run('Test').out).toMatch(/^::error file=other\/b c\.test\.yaml/)
  })

  it('changes its earlier comment, and goes on where it may not comment', () => {
    const repository = new Repository(cli)
    repository.write('attrflow-diff.md', 'the comparison\n')
    repository.write('earlier', '41\n42\n')
    expect(repository.run('Comment')).toEqual({ status: 0, out: '' })
    expect(repository.read('asked')).toMatch(
      /^api --method PATCH repos\/contoso\/mappings\/issues\/comments\/41 /,
    )
    repository.write('forbidden', '')
    const refused = repository.run('Comment')
    expect([refused.status, refused.out]).toEqual([0, expect.stringMatching(/^::warning::/)])
  })

  it.each([
    ['notice', /^::error .*\n::warning .*\n::notice /m],
    ['warning', /^::error .*\n::warning .*\n$/],
    ['error', /^::error .*\n$/],
    ['none', /^error AF2001/],
  ])('makes annotations of findings from the level %s on', (annotations, expected) => {
    const repository = new Repository(cli, {
      annotations,
      paths: 'mappings/a.expr mappings/b.expr mappings/c.expr',
    })
    repository.write('mappings/a.expr', 'Trimm([a])')
    repository.write('mappings/b.expr', 'Switch([a], "x", "k", "1", "k", "2")')
    repository.write('mappings/c.expr', 'IIF([a] = "1", NULL, "b")')
    repository.write('attrflow.config.json', '{"rules": {"null-constant": "info"}}')
    const { status, out } = repository.run('Check')
    expect([status, out]).toEqual([1, expect.stringMatching(expected)])
  })

  it('refuses a level that there is not, and does not compare a schema that is new', () => {
    expect(new Repository(cli, { annotations: 'all' }).run('Check').status).toBe(2)
    const repository = new Repository(cli, { schema: 'mappings/new.schema.json' })
    repository.write('mappings/new.schema.json', '{}')
    expect(repository.run('Compare').status).toBe(0)
    expect(repository.read('output')).toBe('')
    expect(new Repository(cli, { base: 'nowhere' }).run('Compare').status).toBe(2)
  })

  it('hands inputs over as environment variables only, so that none is read as a command', () => {
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{')
  })
})

interface Hook {
  readonly id: string
  readonly entry: string
  readonly language: string
  readonly files: string
  readonly pass_filenames?: boolean
}

describe('the hooks for pre-commit', () => {
  const hooks = read('.pre-commit-hooks.yaml') as readonly Hook[]
  const directory = temporaryDirectory()
  const at = (name: string): string => join(directory, name)

  /** Runs a hook as pre-commit does: over the files that fit, or at all if one does. */
  const run = async (id: string) => {
    const hook = hooks.find((one) => one.id === id)!
    // The release of this commit, from the registry.
    expect(hook.language).toBe('system')
    const [npx, yes, program, ...args] = hook.entry.split(' ')
    expect([npx, yes, program]).toEqual(['npx', '--yes', `attrflow@${manifest.version}`])
    const files = readdirSync(directory).filter((name) => new RegExp(hook.files).test(name))
    expect(files).not.toEqual([])
    return attrflow([...args, ...(hook.pass_filenames === false ? [] : files)], { directory })
  }

  it('check, lay out and test what is committed', async () => {
    writeFileSync(at('notes.txt'), 'no expression')
    writeFileSync(at('mail.expr'), 'ToLower( [mail] )')
    writeFileSync(
      at('mail.test.yaml'),
      'cases: [{ name: lower, expression: "ToLower([mail])", input: { mail: A }, expect: a }]',
    )
    expect((await run('attrflow-check')).code).toBe(0)
    expect((await run('attrflow-fmt')).code).toBe(0)
    expect(readFileSync(at('mail.expr'), 'utf8')).toBe('ToLower([mail])\n')
    expect((await run('attrflow-test')).code).toBe(0)
    expect(hooks.map(({ id }) => id).sort()).toEqual(['attrflow-check', 'attrflow-fmt', 'attrflow-test'])
  })

  it('stop a commit with a fault', async () => {
    writeFileSync(at('mail.expr'), 'ToLowr([mail])')
    expect((await run('attrflow-check')).code).toBe(1)
    writeFileSync(at('mail.test.yaml'), 'cases: [{ name: lower, expression: "[a]", expect: a }]')
    expect((await run('attrflow-test')).code).toBe(1)
  })
})
