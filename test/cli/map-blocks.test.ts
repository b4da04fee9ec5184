import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { attrflow, jsonLines, temporaryDirectory } from './harness.js'

const schema = 'entra-to-scim.schema.json'
const users = readFileSync('docs/examples/users.ndjson', 'utf8').trimEnd().split('\n')

/** Lines of about three blocks: users, twins of users far above, bad lines, pages, blank lines. */
const lines = Array.from({ length: 4_000 }, (_, at) => {
  if (at % 311 === 5) return '{"userPrincipalName": '
  if (at % 401 === 7) return ''
  if (at % 503 === 9) return `{"value":[${users[0]},${users[1]!.replace(/@/g, `.${at}@`)}]}`
  const twin = at % 97 === 0 ? at % 11 : at
  return users[at % users.length]!.replace(/@/g, `.${twin}@`).replace(
    /"objectId":"[^"]*"/,
    `"objectId":"o${at}"`,
  )
})

const world = (bytes: string | Buffer): string => {
  const directory = temporaryDirectory()
  writeFileSync(join(directory, schema), readFileSync(join('docs/examples', schema)))
  writeFileSync(join(directory, 'u.ndjson'), bytes)
  return directory
}

const args = ['map', schema, '--source', 'u.ndjson', '--now', '2025-07-30T12:00:00Z']

/** What a run writes, and says. */
const run = async (directory: string, ...more: readonly string[]) => {
  const { code, out, err } = await attrflow([...args, '--out', 'o', '--escrow', 'e', ...more], { directory })
  const [output, escrow] = ['o', 'e'].map((name) => readFileSync(join(directory, name), 'utf8'))
  return { code, out, err, output, escrow }
}

describe('map of lines of JSON', () => {
  it.each([['--json'], ['--csv']])('gives the same with workers, with %s', async (format) => {
    const directory = world(`${lines.join('\r\n')}\n`)
    const alone = await run(directory, format)
    expect(alone.code).toBe(1)
    expect(alone.escrow).toMatch(/"code":"AF4918"/)
    expect(alone.escrow).toMatch(/"code":"AF4901"/)
    expect(await run(directory, format, '--workers', '3')).toEqual(alone)
  })

  it('gives the same as from standard input', async () => {
    const directory = world(lines.join('\n'))
    const stdin = lines.join('\n')
    const file = await attrflow([...args, '--json'], { directory })
    const piped = await attrflow(args.map((one) => (one === 'u.ndjson' ? '-' : one)).concat('--json'), {
      directory,
      stdin,
    })
    const text = (out: string): string => out.replaceAll('standard input', 'u.ndjson')
    expect(piped.out).toBe(text(file.out))
    expect(piped.code).toBe(file.code)
  })

  it.each([
    ['Windows-1252', false],
    ['UTF-8 with faulty bytes', true],
  ])('reads on where lines are no longer UTF-8: %s', async (_, umlautBefore) => {
    const name = umlautBefore ? 'Jörg' : 'Joerg'
    const head = Array.from({ length: 3_000 }, (_, at) =>
      JSON.stringify({
        userPrincipalName: `u${at}@x.example`,
        mail: 'm',
        displayName: name,
        pad: 'x'.repeat(500),
      }),
    ).join('\n')
    const tail = Buffer.from(
      `\n${JSON.stringify({ userPrincipalName: 'z@x.example', mail: 'm', department: 'Board', displayName: 'Zoë' })}\n`,
      'latin1',
    )
    const directory = world(Buffer.concat([Buffer.from(head, 'utf8'), tail]))
    const blocks = await run(directory, '--json', '--workers', '2')
    const piped = await attrflow(
      args.map((one) => (one === 'u.ndjson' ? '-' : one)).concat('--json', '--escrow', 'e2'),
      {
        directory,
        stdin: (async function* () {
          yield Buffer.concat([Buffer.from(head, 'utf8'), tail]) as unknown as string
        })(),
      },
    )
    const objects = (text: string | undefined): readonly unknown[] => jsonLines(text ?? '').slice(0, -1)
    expect(objects(blocks.output)).toEqual(objects(piped.out))
    expect(blocks.output?.includes(umlautBefore ? 'Zo\ufffd' : 'Zoë')).toBe(true)
    expect(blocks.err).toContain(umlautBefore ? 'AF4917' : 'AF4910')
  })

  it.each([
    [['--workers', '2'], 'add --json or --csv'],
    [['--workers', '2', '--json', '--target', 'u.ndjson'], 'with --target'],
    [['--workers', 'some', '--json'], '--workers takes a whole number of at least 1'],
  ])('refuses %j', async (more, message) => {
    const { code, err } = await attrflow([...args, ...more], { directory: world('{}\n') })
    expect([code, err]).toEqual([2, expect.stringContaining(message)])
  })
})
