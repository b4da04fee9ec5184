import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { bundledCommandLine } from '../support/cli-process.js'
import { temporaryDirectory } from './harness.js'

const KILLS = 200
const COUNT = 2000

/** A small repeatable generator. */
const numbers = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

it(`a run that is killed ${KILLS} times writes each line once`, async () => {
  const main = bundledCommandLine()
  const directory = temporaryDirectory()
  const schema = join(process.cwd(), 'docs/examples/entra-to-scim.schema.json')
  const users = readFileSync('docs/examples/users.ndjson', 'utf8').trimEnd().split('\n')
  // Bad lines and doubled matching values are among them.
  const lines = Array.from({ length: COUNT }, (_, at) =>
    at % 97 === 0 ? '{"userPrincipalName": ' : users[at % users.length]!.replace(/@/g, `.${at >> 1}@`),
  )
  // Compressed lines are read entry by entry, so that checkpoints lie close to each other.
  writeFileSync(join(directory, 'u.ndjson.gz'), gzipSync(`${lines.join('\n')}\n`))
  const args = (out: string): string[] => [
    ...[main, 'map', schema, '--source', 'u.ndjson.gz', '--json', '--now', '2025-07-30T12:00:00Z'],
    ...['--out', out, '--escrow', `${out}.escrow`, '--checkpoint-every', '50', '--resume'],
  ]
  const whole = spawnSync(process.execPath, args('whole'), { cwd: directory })
  expect(whole.status).toBe(1)
  const random = numbers(7)
  const begun = join(directory, 'out.unfinished', 'checkpoint.json')
  let [kills, completed, resumes] = [0, 0, 0]
  const compare = (): void => {
    for (const name of ['', '.escrow']) {
      const path = join(directory, `out${name}`)
      expect(readFileSync(path, 'utf8')).toBe(readFileSync(join(directory, `whole${name}`), 'utf8'))
      rmSync(path)
    }
    completed++
  }
  while (kills < KILLS) {
    const child = spawn(process.execPath, args('out'), { cwd: directory, stdio: 'ignore' })
    const ended = new Promise<void>((done) => child.on('exit', () => done()))
    // Not before the run writes, so that most kills meet it at work.
    const before = existsSync(begun) ? statSync(begun).mtimeMs : 0
    if (before > 0) resumes++
    while (child.exitCode === null && !(existsSync(begun) && statSync(begun).mtimeMs > before))
      await new Promise((done) => setTimeout(done, 1))
    await new Promise((done) => setTimeout(done, random() * 150))
    if (child.exitCode === null) {
      child.kill('SIGKILL')
      kills++
    }
    await ended
    if (!existsSync(begun) && existsSync(join(directory, 'out'))) compare()
  }
  if (existsSync(begun)) {
    expect(spawnSync(process.execPath, args('out'), { cwd: directory }).status).toBe(1)
    compare()
  }
  expect(resumes).toBeGreaterThan(KILLS / 2)
  // How many runs end before they are killed depends on the machine; the last one always does.
  expect(completed).toBeGreaterThan(0)
  console.log(`${kills} kills, ${resumes} resumed runs, ${completed} runs completed`)
}, 600_000)
