import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jobFileSchema } from '../../src/cli/job/job-file-schema.js'
import { schemaOf } from '../plan/codegen/mapping-of.js'
import { ScimServer } from '../provision/scim-server.js'
import { attrflow, temporaryDirectory } from './harness.js'

const schema = resolve('docs/examples/entra-to-scim.schema.json')
const server = new ScimServer()
let url = ''

beforeAll(async () => {
  url = await server.start()
})
afterAll(() => server.stop())

describe('job init', () => {
  it('writes a job that can be planned once its places are filled in', async () => {
    const directory = temporaryDirectory()
    const { code, out } = await attrflow(['job', 'init', schema, '--out', 'job.yaml'], { directory })
    expect([code, out]).toEqual([
      0,
      'wrote job.yaml: name the files of the objects and the target in it, set SCIM_TOKEN, then: attrflow job plan job.yaml\n',
    ])
    const path = join(directory, 'job.yaml')
    const text = readFileSync(path, 'utf8')
    expect(text).toContain('  User: users.ndjson\n')
    writeFileSync(
      path,
      text
        .replace('users.ndjson', resolve('docs/examples/users.ndjson'))
        .replace('https://app.example/scim/v2', url),
    )
    const planned = await attrflow(['job', 'plan', 'job.yaml', '--html', 'plan.html'], {
      directory,
      env: { SCIM_TOKEN: 'SECRET' },
    })
    expect(planned.out).toContain('Nothing was written.')
    const page = readFileSync(join(directory, 'plan.html'), 'utf8')
    expect(page).toContain('<h2 id="create">Created: ')
    expect(page).toContain('ada.tester@contoso.com')
    expect(page).not.toContain('SECRET')
    expect(server.received.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  it('prints without --out, and writes over nothing', async () => {
    const directory = temporaryDirectory()
    expect((await attrflow(['job', 'init', schema], { directory })).out).toMatch(/^# A provisioning job\./)
    writeFileSync(join(directory, 'job.yaml'), 'mine')
    const { code, err } = await attrflow(['job', 'init', schema, '--out', 'job.yaml'], { directory })
    expect([code, err]).toEqual([2, 'attrflow: job.yaml already exists; name another file\n'])
    expect(readFileSync(join(directory, 'job.yaml'), 'utf8')).toBe('mine')
    expect((await attrflow(['job', 'init', schema, '--out', 'job.json'], { directory })).err).toContain(
      'use job.yaml',
    )
  })
})

describe('the page of a plan', () => {
  it('shows what objects hold as text', async () => {
    const directory = temporaryDirectory()
    const mapping = (targetAttributeName: string, name: string, matchingPriority = 0): object => ({
      targetAttributeName,
      matchingPriority,
      source: { type: 'Attribute', name },
    })
    const objectMappings = [
      {
        sourceObjectName: 'User',
        targetObjectName: 'User',
        attributeMappings: [mapping('userName', 'id', 1), mapping('displayName', 'name')],
      },
    ]
    writeFileSync(join(directory, 's.json'), JSON.stringify({ synchronizationRules: [{ objectMappings }] }))
    const hostile = '</td><script>alert(1)</script>\u202e'
    writeFileSync(join(directory, 'u.json'), JSON.stringify([{ id: `a${hostile}`, name: hostile }]))
    writeFileSync(
      join(directory, 'job.json'),
      JSON.stringify({ schema: 's.json', source: { User: 'u.json' }, target: { scim: url } }),
    )
    const { code } = await attrflow(['job', 'plan', 'job.json', '--html', 'plan.html'], { directory })
    expect(code).toBe(0)
    expect(existsSync(join(directory, 'plan.html'))).toBe(true)
    const page = readFileSync(join(directory, 'plan.html'), 'utf8')
    expect(page).not.toContain('<script')
    expect(page).toContain('&lt;script&gt;')
    expect(page).not.toContain('\u202e')
  })
})

describe('the JSON Schema of job files', () => {
  const published = JSON.parse(readFileSync('docs/attrflow.job.schema.json', 'utf8')) as {
    properties: Record<string, { anyOf?: { properties?: Record<string, unknown> }[] }>
  }

  it('is what npm run generate writes, and names what a job file takes', async () => {
    expect(published).toEqual(jobFileSchema())
    const directory = temporaryDirectory()
    const knownIn = async (text: string): Promise<readonly string[]> => {
      writeFileSync(join(directory, 'odd.yaml'), text)
      const { err } = await attrflow(['job', 'run', 'odd.yaml'], { directory })
      return /the known names are (.*)\n/.exec(err)![1]!.split(', ').sort()
    }
    const { $schema: _, ...properties } = published.properties
    expect(await knownIn('odd: 1')).toEqual(Object.keys(properties).sort())
    expect(
      await knownIn('{ schema: s, source: { User: u }, target: { scim: "https://x", odd: 1 } }'),
    ).toEqual(Object.keys(properties.target!.anyOf![0]!.properties!).sort())
  })
})

describe('the settings of a job file', () => {
  it('apply, and those of --settings win', async () => {
    const directory = temporaryDirectory()
    const write = (name: string, value: unknown): void =>
      writeFileSync(join(directory, name), JSON.stringify(value))
    const plan = (...args: readonly string[]) => attrflow(['job', 'plan', 'job.json', ...args], { directory })
    write('schema.json', schemaOf([{ target: 'userName', expression: 'tolower([upn])' }], { object: 'User' }))
    write('users.json', [])
    const job = { schema: 'schema.json', source: { User: 'users.json' }, target: { scim: url } }
    write('job.json', job)
    expect((await plan()).err).toContain('tolower')
    write('job.json', { ...job, settings: { caseInsensitiveFunctions: true } })
    expect(await plan()).toMatchObject({ code: 0, err: '' })
    write('settings.json', { caseInsensitiveFunctions: false })
    expect((await plan('--settings', 'settings.json')).err).toContain('tolower')
    write('job.json', { ...job, settings: { colour: 'red' } })
    expect(await plan()).toMatchObject({ code: 2, err: expect.stringContaining('colour') })
  })
})
