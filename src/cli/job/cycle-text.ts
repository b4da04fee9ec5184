import type { ObjectOutcome } from '../../provision/context.js'
import type { CycleReport } from '../../provision/job.js'
import { type CycleCounters, type StateStore, scanAll } from '../../state/index.js'
import { plural } from '../../text/plural.js'
import { shown } from '../../text/shown.js'
import { whyText } from './log-output.js'
import { leftOutLine } from './plan-view.js'

/** The outcomes of objects, after their number. */
const outcomes: Readonly<Record<ObjectOutcome, string>> = {
  create: 'created',
  update: 'updated',
  disable: 'disabled',
  delete: 'deleted',
  staged: 'held back from removal',
  skip: 'skipped',
  failure: 'failed',
  unchanged: 'unchanged',
  waiting: 'waiting for the next try',
}

/** How many failures are listed. */
const LISTED = 5

const listed = (parts: readonly (readonly [count: number, words: string])[]): string =>
  parts
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(', ')

/** The counters of a cycle in words: `12 objects: 7 created, 5 unchanged; references and members: 4 written`. */
const countersText = (counters: CycleCounters): string => {
  const { objects, references, referenceFailure, recovered } = counters
  const names = Object.keys(outcomes) as ObjectOutcome[]
  const settled = listed(names.map((name) => [counters[name], outcomes[name]]))
  const linked = listed([
    [references, 'written'],
    [referenceFailure, 'failed'],
  ])
  return [
    `${plural(objects, 'object')}${settled === '' ? '' : `: ${settled}`}`,
    ...(linked === '' ? [] : [`references and members: ${linked}`]),
    ...(recovered === 0 ? [] : [`requests of an earlier run that had taken effect: ${recovered}`]),
  ].join('; ')
}

/** The first failures and warnings of a cycle, with their reasons. */
const problemsOf = async (store: StateStore, cycle: number): Promise<readonly string[]> => {
  const lines: string[] = []
  for await (const rows of scanAll(store, 'log', { prefix: [cycle] }))
    for (const row of rows) {
      if (row.sourceId === '' || (row.status !== 'failure' && row.status !== 'warning')) continue
      if (lines.length === LISTED) return [...lines, '  …']
      lines.push(`  ${row.status}  ${shown(row.sourceId)}${whyText(row)}`)
    }
  return lines
}

/**
 * The report of a cycle for people.
 * @param job the arguments of commands about the job; undefined if it stores no state
 */
export const cycleText = async (
  store: StateStore,
  { cycle, kind, counters, leftOut, quarantine, failure, stopped }: CycleReport,
  job: string | undefined,
): Promise<string> => {
  const { failure: failed, referenceFailure } = counters
  const problems = failed + referenceFailure === 0 ? [] : await problemsOf(store, cycle)
  return [
    `cycle ${cycle} (${kind}): ${countersText(counters)}${stopped ? '; stopped early' : ''}`,
    ...leftOut.map(leftOutLine),
    ...problems,
    ...(problems.length > 0 && job !== undefined
      ? [
          `all with their reasons: attrflow job log ${shown(job)} --status ${failed > 0 ? 'failure' : 'warning'}`,
        ]
      : []),
    ...(quarantine === null ? [] : [`quarantine: ${quarantine.reason}: ${shown(quarantine.message)}`]),
    ...(failure === null
      ? []
      : [`ended early: ${failure.code}: ${shown(failure.message)}; the next cycle continues`]),
    '',
  ].join('\n')
}
