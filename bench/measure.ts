import { type Case, needsPeer, selectCases } from './cases.js'
import { bundledSize, gzippedSize } from './figures/size.js'
import { startUpTimes } from './figures/start-up.js'
import type { Figure } from './figures/table.js'
import { measureFiles } from './files/measure.js'
import { bundle } from './harness/bundle.js'
import { checkPair, type Protocol, type Runner, timePair } from './harness/pair.js'
import type { Estimate } from './harness/statistics.js'
import type { Options } from './options.js'
import { buildDistribution, installPeers, runForJson } from './processes.js'
import { progress } from './terminal.js'

const WORKER = 'harness/worker.ts'

/** Takes a figure as soon as it is known, so that an interrupted run keeps what it has. */
export type Collect = (figure: Figure) => void

/** Checks a pair and times it. */
const measurePair = async (
  title: string,
  contender: Runner,
  baseline: Runner,
  protocol: Protocol,
): Promise<Pick<Figure, 'value' | 'nanoseconds'> & { readonly estimate: Estimate }> => {
  progress.show(`${title}: checking that the results are equal`)
  await checkPair(contender, baseline)
  const times = await timePair(contender, baseline, protocol, (round) =>
    progress.show(`${title}: round ${round} of ${protocol.rounds}`),
  )
  return {
    value: times.ratio.median,
    estimate: times.ratio,
    nanoseconds: { contender: times.contender.median, baseline: times.baseline.median },
  }
}

const protocolOf = ({ patience = 1 }: Case, { protocol }: Options): Protocol => ({
  ...protocol,
  warmUp: protocol.warmUp * patience,
})

const units: Readonly<Record<string, string>> = {
  'chevrotain/parse': '× Chevrotain parse',
  'hand/diacritics': '× NFD',
  'careful/full': '× careful',
  'hand with SCIM body/created': '× hand and JSON.stringify',
}

const unitOf = ({ baseline }: Case): string => units[baseline] ?? '× hand'

/** Times the selected pairs of this revision. */
export const measureCases = async (root: string, options: Options, collect: Collect): Promise<void> => {
  const selected = selectCases(options.only)
  if (selected.some(needsPeer)) await installPeers(root)
  if (selected.length === 0) return
  const file = await bundle(WORKER, 'this', { root, revision: root })
  for (const current of selected) {
    const { engine, workload, contender, baseline, goal } = current
    const measured = await measurePair(
      `${engine}, ${workload}`,
      { bundle: file, subject: contender },
      { bundle: file, subject: baseline },
      protocolOf(current, options),
    )
    collect({
      engine,
      what: workload,
      unit: unitOf(current),
      ...measured,
      ...(goal === undefined ? {} : { goal }),
    })
  }
}

/** Times this revision against another one, on the workloads that need no other engine. */
export const measureAgainst = async (
  root: string,
  folder: string,
  options: Options,
  collect: Collect,
): Promise<void> => {
  const ours = selectCases(options.only).filter((one) => !needsPeer(one) && one.engine !== 'hand')
  const here = await bundle(WORKER, 'this', { root, revision: root })
  const there = await bundle(WORKER, 'other', { root, revision: folder })
  for (const current of ours) {
    const { engine, workload, contender } = current
    const measured = await measurePair(
      `${engine}, ${workload}`,
      { bundle: here, subject: contender },
      { bundle: there, subject: contender },
      protocolOf(current, options),
    )
    collect({ engine, what: workload, unit: `× ${options.against}`, ...measured })
  }
}

const KILO = 1000

/** Runs over whole files take seconds, and differ little. */
const FILE_ROUNDS = 5

/** Start-up times, sizes and memory, which are not ratios. */
export const measureFigures = async (root: string, options: Options, collect: Collect): Promise<void> => {
  const wanted = (name: string): boolean => options.only?.includes(name) ?? true
  if (wanted('start-up') || wanted('size') || wanted('files')) {
    progress.show('building')
    const dist = await buildDistribution(root)
    if (wanted('files'))
      await measureFiles(root, Math.min(options.protocol.rounds, FILE_ROUNDS), progress.show, collect)
    if (wanted('start-up')) await measureStartUp(dist, options.protocol.rounds, collect)
    if (wanted('size')) await measureSizes(dist, collect)
  }
  if (wanted('memory')) await measureMemory(root, collect)
}

const measureStartUp = async (dist: string, rounds: number, collect: Collect): Promise<void> => {
  const goals: Readonly<Record<string, number>> = {
    'import attrflow': 60,
    'import attrflow, first parse': 90,
  }
  const times = await startUpTimes(dist, rounds, (round) =>
    progress.show(`start-up: round ${round} of ${rounds}`),
  )
  for (const [what, estimate] of Object.entries(times)) {
    collect({
      engine: 'attrflow',
      what,
      unit: 'ms',
      value: estimate.median,
      estimate,
      ...(goals[what] === undefined ? {} : { goal: goals[what] }),
    })
  }
}

const measureSizes = async (dist: string, collect: Collect): Promise<void> => {
  for (const { what, entry, size, goal } of [
    { what: 'size of attrflow, in one file', entry: 'index.js', size: bundledSize, goal: 130 },
    { what: 'size of attrflow, as installed', entry: 'index.js', size: gzippedSize },
    { what: 'size of attrflow/runtime', entry: 'runtime.js', size: gzippedSize, goal: 20 },
  ]) {
    const value = (await size(dist, entry)) / KILO
    collect({ engine: 'attrflow', what, unit: 'kB gzipped', value, ...(goal === undefined ? {} : { goal }) })
  }
}

const measureMemory = async (root: string, collect: Collect): Promise<void> => {
  progress.show('memory')
  const file = await bundle('figures/memory.ts', 'this', { root, revision: root })
  for (const engine of ['hand', 'codegen', 'closures']) {
    const subject = `${engine}/full`
    const figures = await runForJson<Record<string, { kept: number; left: number }>>(file, [subject])
    const { kept, left } = figures[subject]!
    // Bytes per object are megabytes per million objects.
    const unit = 'MB per million'
    collect({ engine, what: 'rows of the full mapping, kept', unit, value: kept })
    collect({ engine, what: 'heap left when they are not', unit, value: left })
  }
}
