import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { attrflow } from '../../cli/run-here.js'
import { exampleExpressions, exampleSchemas, exampleText } from '../examples.js'
import { mutateBytes, mutateJson, mutateText } from '../mutate.js'
import type { Target } from '../target.js'

const requests: readonly unknown[] = exampleExpressions.map((expression, id) => ({
  id,
  expression,
  input: { mail: 'a@example.org', userPrincipalName: 'ada@example.org', list: ['a', 1, true, null] },
  dialect: 'provisioning',
  now: '2025-07-30T12:00:00Z',
  taken: ['ada'],
  settings: { hostTimeZone: 'Europe/Berlin' },
}))

export const batch: Target = {
  name: 'eval --batch',
  cases: 700,
  prepare: () => ({
    async run(random) {
      const lines = Array.from({ length: 8 }, () => {
        const json = JSON.stringify(mutateJson(random, random.pick(requests), exampleExpressions))
        return (random.once(4) ? mutateText(random, json).slice(0, 60_000) : json).replace(/[\r\n]/g, ' ')
      }).filter((line) => line.trim() !== '')
      const { code, out } = await attrflow(['eval', '--batch'], { stdin: lines.join('\n') })
      assert(code === 0 || code === 1, `exit code ${code}`)
      const answers = out.split('\n').slice(0, -1)
      assert.equal(answers.length, lines.length, 'every line has an answer')
      for (const answer of answers)
        assert(Array.isArray((JSON.parse(answer) as { diagnostics: unknown }).diagnostics))
    },
  }),
}

/** Command lines over the files that each case writes. */
const commands: readonly (readonly string[])[] = [
  ['check', 's.json'],
  ['check', 's.json', '--json'],
  ['check', 'e.expr', '--fix-dry-run'],
  ['fmt', 'e.expr', '--width', '40'],
  ['describe', 'e.expr', '--ir', '--passes'],
  ['eval', '--file', 'e.expr', '--input', 'u.json', '--trace'],
  ['eval', '--file', 'e.expr', '--source', 'u.ndjson', '--readings'],
  ['map', 's.json', '--source', 'u.ndjson', '--object-mapping', 'User'],
  ['map', 's.json', '--source', 'u.csv', '--json', '--workers', '2'],
  ['map', 's.json', '--source', 'u.ndjson', '--target', 't.ndjson', '--brief', '--now', '2025-01-01'],
  ['explain', 's.json', '--source', 'u.ndjson', '--line', '1', '--readings'],
  ['test', 't.test.yaml', '--readings'],
  ['explain', 's.json', '--source', 'u.ndjson', '--id', 'x', '--json', '--settings', 'c.json'],
  ['schema', 'show', 's.json'],
  ['schema', 'extract', 's.json', '--out', 'extracted'],
  ['diff', 's.json', 'app.json', '--source', 'u.ndjson'],
  ['generate', 's.json', '--count', '3'],
  ['build', 's.json', '--out', '-'],
  ['test', 't.test.yaml'],
  ['rules', 'AF1007'],
  ['functions', 'Join'],
  ['operators'],
]
/** What must reach no terminal: control characters apart from line feeds, marks of direction, separators. */
const unsafe = /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|[^\P{Cc}\n]/u

export const commandLine: Target = {
  name: 'command line',
  cases: 300,
  prepare() {
    const directory = mkdtempSync(join(tmpdir(), 'attrflow-fuzz-'))
    const at = (name: string): string => join(directory, name)
    const users = exampleText('users.ndjson')
    writeFileSync(at('app.json'), exampleSchemas[0]!)
    writeFileSync(at('t.ndjson'), exampleText('application-users.ndjson'))
    const words = [
      ...new Set(commands.flat()),
      '--',
      '-',
      '--no',
      '--limit',
      '-1',
      '1e9',
      '--json=',
      '--format',
      'csv',
    ]
    return {
      async run(random) {
        const schema = random.pick(exampleSchemas)
        const maybe = (text: string): string =>
          random.once(2) ? text : mutateText(random, text).slice(0, 100_000)
        writeFileSync(
          at('s.json'),
          random.once(2) ? maybe(schema) : JSON.stringify(mutateJson(random, JSON.parse(schema))),
        )
        writeFileSync(at('e.expr'), maybe(random.pick(exampleExpressions)))
        writeFileSync(at('u.json'), maybe(users.split('\n')[0]!))
        writeFileSync(at('u.ndjson'), random.once(2) ? maybe(users) : mutateBytes(random, Buffer.from(users)))
        writeFileSync(at('u.csv'), maybe(exampleText('workers.csv')))
        writeFileSync(at('c.json'), maybe('{"hostTimeZone":"UTC","branches":"lazy"}'))
        writeFileSync(
          at('t.test.yaml'),
          maybe('schema: app.json\ntests:\n  - expression: "[a]"\n    expect: null\n'),
        )
        const args = [...random.pick(commands)]
        if (random.once(4)) {
          const i = random.below(args.length)
          if (random.once(3)) args.splice(i, 1)
          else if (random.once(2)) args.splice(i, 0, random.pick(words))
          else args[i] = mutateText(random, args[i]!, words).slice(0, 500)
          // Its search for test files would leave the folder, or never end.
          if (args.includes('--watch') || args.includes('preview')) return
        }
        const { code, out, err } = await attrflow(args, { directory })
        const said = `${args.join(' ')}\n${err.slice(0, 2000)}`
        assert([0, 1, 2].includes(code), `exit code ${code}: ${said}`)
        assert.doesNotMatch(err, unsafe, said)
        if (args[0] !== 'fmt' && args[0] !== 'build') assert.doesNotMatch(out, unsafe, said)
      },
      close: () => rmSync(directory, { recursive: true }),
    }
  },
}
