import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { CannotResume, RunReport, UnfinishedRun } from '../../src/cycle/index.js'
import { KeyTable, keyRecord } from '../../src/mapping/key-table.js'
import { shortDigest } from '../../src/text/short-digest.js'
import { temporaryDirectory } from '../cli/harness.js'

const files = (directory: string, more: Partial<Parameters<typeof UnfinishedRun.open>[0]> = {}) => ({
  paths: { output: join(directory, 'out.ndjson'), escrow: join(directory, 'escrow.ndjson') },
  fingerprint: { 'the schema': 'abc' },
  now: '2025-07-30T12:00:00.000Z',
  resume: true,
  ...more,
})

const source = {
  place: undefined,
  skip: 2,
  shaper: { shape: undefined, records: 2, renamed: [], seen: [], names: [], typed: [], rolesMissing: false },
}

const reportOf = (count: number): RunReport => {
  const report = new RunReport(['userName'])
  report.add(1, 'create', 'NewInScope', [], count)
  return report
}

/** Rewrites members of the checkpoint of a folder. */
const changeCheckpoint = (folder: string, members: object): void => {
  const path = join(folder, 'checkpoint.json')
  const saved = JSON.parse(readFileSync(path, 'utf8')) as { checkpoint: object }
  const checkpoint = { ...saved.checkpoint, ...members }
  writeFileSync(path, JSON.stringify({ digest: shortDigest(JSON.stringify(checkpoint)), checkpoint }))
}

/** Runs until a checkpoint, writes more, and ends as a killed process does. */
const killed = async (directory: string): Promise<void> => {
  const run = await UnfinishedRun.open(files(directory))
  const keys = new KeyTable()
  keys.insert(keyRecord('userName\na', 1, undefined))
  await run.write({ output: 'one\n' })
  await run.write({ escrow: 'bad\n' })
  await run.checkpoint({ entries: 2, source, report: reportOf(2).data(), keys })
  await run.close()
  const folder = join(directory, 'out.ndjson.unfinished')
  appendFileSync(join(folder, 'output'), 'tw')
  appendFileSync(join(folder, 'escrow'), 'lost')
  appendFileSync(join(folder, 'keys'), 'rubbish')
}

describe('a run that was interrupted', () => {
  it('goes on behind its last checkpoint, with the clock, report and keys it had', async () => {
    const directory = temporaryDirectory()
    await killed(directory)
    const run = await UnfinishedRun.open(files(directory, { now: '2030-01-01T00:00:00.000Z' }))
    expect(run.now).toBe('2025-07-30T12:00:00.000Z')
    expect(run.resumed).toMatchObject({ entries: 2, keys: 1, report: { outcomes: [{ count: 2 }] } })
    expect(new KeyTable(await run.keys()).insert(keyRecord('userName\na', 9, undefined))).toBe(1)
    await run.write({ output: 'two\n' })
    await run.finish()
    expect(readFileSync(join(directory, 'out.ndjson'), 'utf8')).toBe('one\ntwo\n')
    expect(readFileSync(join(directory, 'escrow.ndjson'), 'utf8')).toBe('bad\n')
    expect(existsSync(join(directory, 'out.ndjson.unfinished'))).toBe(false)
  })

  it('brings the files of a complete run to their places when it was killed on the way', async () => {
    const directory = temporaryDirectory()
    const run = await UnfinishedRun.open(files(directory))
    await run.write({ output: 'one\n' })
    await run.checkpoint({ entries: 1, source, report: reportOf(1).data(), keys: new KeyTable() })
    await run.close()
    const folder = join(directory, 'out.ndjson.unfinished')
    changeCheckpoint(folder, { complete: true })
    rmSync(join(folder, 'escrow'))
    const next = await UnfinishedRun.open(files(directory))
    expect(next.resumed).toBeUndefined()
    expect(readFileSync(join(directory, 'out.ndjson'), 'utf8')).toBe('one\n')
    await next.discard()
  })

  it('begins anew without being asked to go on, and says what it gives up', async () => {
    const directory = temporaryDirectory()
    await killed(directory)
    const run = await UnfinishedRun.open(files(directory, { resume: false }))
    expect([run.resumed, run.abandoned]).toEqual([undefined, 2])
    await run.write({ output: 'three\n' })
    await run.finish()
    expect(readFileSync(join(directory, 'out.ndjson'), 'utf8')).toBe('three\n')
    expect(readFileSync(join(directory, 'escrow.ndjson'), 'utf8')).toBe('')
  })

  it('does not go on when the schema changed, and names it', async () => {
    const directory = temporaryDirectory()
    await killed(directory)
    const changed = files(directory, { fingerprint: { 'the schema': 'abd' } })
    await expect(UnfinishedRun.open(changed)).rejects.toThrow(/^the schema has changed/)
    await expect(UnfinishedRun.open(changed)).rejects.toBeInstanceOf(CannotResume)
  })

  it.each(['', '{', 'null', '{"digest":"x","checkpoint":null}', '{"digest":"0","checkpoint":{"entries":1}}'])(
    'does not go on from a damaged checkpoint: %s',
    async (text) => {
      const directory = temporaryDirectory()
      await killed(directory)
      writeFileSync(join(directory, 'out.ndjson.unfinished', 'checkpoint.json'), text)
      await expect(UnfinishedRun.open(files(directory))).rejects.toThrow('its checkpoint is damaged')
      const run = await UnfinishedRun.open(files(directory, { resume: false }))
      expect(run.resumed).toBeUndefined()
      await run.discard()
    },
  )

  it('leaves alone what another process is writing', async () => {
    const directory = temporaryDirectory()
    await killed(directory)
    changeCheckpoint(join(directory, 'out.ndjson.unfinished'), { pid: process.ppid })
    for (const resume of [true, false])
      await expect(UnfinishedRun.open(files(directory, { resume }))).rejects.toThrow(
        `process ${process.ppid} is writing it`,
      )
  })

  it('keeps what was there until it is complete, and its permissions', async () => {
    const directory = temporaryDirectory()
    const output = join(directory, 'out.ndjson')
    writeFileSync(output, 'old', { mode: 0o600 })
    const run = await UnfinishedRun.open(files(directory))
    await run.write({ output: 'new\n' })
    expect(readFileSync(output, 'utf8')).toBe('old')
    await run.discard()
    expect(readFileSync(output, 'utf8')).toBe('old')
    expect(existsSync(`${output}.unfinished`)).toBe(false)
  })

  it('compresses what ends in .gz, member by member', async () => {
    const directory = temporaryDirectory()
    const output = join(directory, 'out.ndjson.gz')
    const first = await UnfinishedRun.open(files(directory, { paths: { output } }))
    await first.write({ output: 'one\n' })
    await first.checkpoint({ entries: 1, source, report: reportOf(1).data(), keys: new KeyTable() })
    await first.write({ output: 'lost\n' })
    await first.close()
    const second = await UnfinishedRun.open(files(directory, { paths: { output } }))
    await second.write({ output: 'two\n' })
    await second.finish()
    expect(gunzipSync(readFileSync(output)).toString()).toBe('one\ntwo\n')
  })
})
