import type { Drift } from '../../provision/drift.js'
import type { LeftOut } from '../../provision/job.js'
import { leftOutText } from '../../provision/left-out.js'
import type { Plan, PlannedChange } from '../../provision/plan.js'
import { plural } from '../../text/plural.js'
import { shown } from '../../text/shown.js'
import type { Style } from '../style.js'
import { isRemoval, type ReadChange, readPlan } from './plan-reading.js'

const signs: Readonly<Record<PlannedChange['action'], string>> = {
  create: '+',
  update: '~',
  disable: '-',
  delete: '-',
  members: '~',
}

const inWords = (value: unknown): string => shown(value === undefined ? 'unknown' : JSON.stringify(value))

/** How many changes of each kind are listed; the rest is counted. */
const LISTED = 50

const changeLines = (
  { action, kind, sourceId, name, reason, values, added, removed }: ReadChange,
  style: Style,
): string => {
  const color = action === 'create' ? 'green' : isRemoval(action) ? 'red' : 'yellow'
  const sign = style.paint(color, `${signs[action]} ${action}`)
  const called = name === undefined ? '' : ` ${shown(name)}`
  const head = `${sign} ${shown(kind)}${called} ${shown(sourceId)}${reason === '' ? '' : style.paint('dim', `  ${shown(reason)}`)}`
  const lines = values.map(({ attribute, before, after }) =>
    before === undefined
      ? `    ${shown(attribute)} = ${shown(after)}`
      : `    ${shown(attribute)}: ${shown(before)} → ${shown(after)}`,
  )
  const members = [
    ...added.map((id) => `    + member ${shown(id)}`),
    ...removed.map((id) => `    - member ${shown(id)}`),
  ]
  return [head, ...lines, ...members].join('\n')
}

/** The attributes of a mapping that the target refuses or does not store. */
export const leftOutLine = (leftOut: LeftOut): string =>
  `${shown(leftOut.mapping)}: ${shown(leftOutText(leftOut))}`

const problemLines = (all: Plan['problems'], what: string, style: Style): readonly string[] => {
  const rest = all.length - LISTED
  return all.length === 0
    ? []
    : [
        `${plural(all.length, 'object')} ${what}:`,
        ...all
          .slice(0, LISTED)
          .map(({ sourceId, code, reason }) => `  ${shown(sourceId)}  ${code ?? ''}: ${shown(reason)}`),
        ...(rest > 0 ? [style.paint('dim', `… and ${rest} more; --json lists all`)] : []),
      ]
}

/** A plan as text: the verdict, then the changes, removals first. */
export const planView = (plan: Plan, style: Style): string => {
  const { idle, actions, failed, warned } = readPlan(plan)
  const counts = actions.map(({ action, changes }) => `${changes.length} ${action}`).join(', ')
  const verdict =
    idle ??
    `${plan.kind} cycle: ${counts || 'no change'}; ${plan.removals} of ${plan.deleteThreshold} removals allowed before the threshold`
  const blocks = actions.flatMap(({ action, changes }) => {
    const rest = changes.length - LISTED
    return [
      ...changes.slice(0, LISTED).map((change) => changeLines(change, style)),
      ...(rest > 0 ? [style.paint('dim', `… and ${rest} more of ${action}; --json lists all`)] : []),
    ]
  })
  return [
    verdict,
    ...(plan.quarantine === null
      ? []
      : [style.paint('red', `quarantine: ${plan.quarantine.reason}: ${shown(plan.quarantine.message)}`)]),
    ...(plan.failure === null
      ? []
      : [style.paint('red', `incomplete: ${plan.failure.code}: ${shown(plan.failure.message)}`)]),
    ...plan.leftOut.map(leftOutLine),
    ...blocks,
    ...problemLines(failed, 'would fail', style),
    ...problemLines(warned, 'with a warning', style),
    'Nothing was written.',
    '',
  ].join('\n')
}

/** One object with drift, as text. */
export const driftLine = ({ sourceId, targetId, state, values, repaired, reason }: Drift): string =>
  [
    `${state}  ${shown(sourceId)} (${shown(targetId)})${repaired ? '  repaired' : ''}${reason === undefined ? '' : `  ${shown(reason)}`}`,
    ...values.map(
      ({ attribute, sent, found }) =>
        `    ${shown(attribute)}: sent ${inWords(sent)}, found ${inWords(found)}`,
    ),
    '',
  ].join('\n')
