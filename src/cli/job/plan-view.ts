import type { Drift } from '../../provision/drift.js'
import type { LeftOut } from '../../provision/job.js'
import { leftOutText } from '../../provision/left-out.js'
import type { Plan, PlannedChange } from '../../provision/plan.js'
import { shown } from '../../text/shown.js'
import { plural, type Style } from '../style.js'

const signs: Readonly<Record<PlannedChange['action'], string>> = {
  create: '+',
  update: '~',
  disable: '-',
  delete: '-',
  members: '~',
}

const inWords = (value: unknown): string =>
  shown(value === undefined ? '?' : (JSON.stringify(value) ?? 'null'))

/** How many changes of each kind are listed; the rest is counted. */
const LISTED = 50

const changeLines = (
  { action, kind, sourceId, reason, values, added, removed }: PlannedChange,
  style: Style,
): string => {
  const color = action === 'create' ? 'green' : action === 'disable' || action === 'delete' ? 'red' : 'yellow'
  const head = `${style.paint(color, `${signs[action]} ${action}`)} ${shown(kind)} ${shown(sourceId)}${reason === '' ? '' : style.paint('dim', `  ${shown(reason)}`)}`
  const lines = values.map(({ attribute, before, after }) =>
    action === 'create'
      ? `    ${shown(attribute)} = ${inWords(after)}`
      : `    ${shown(attribute)}: ${inWords(before)} → ${inWords(after)}`,
  )
  const members = [
    ...(added ?? []).map((id) => `    + member ${shown(id)}`),
    ...(removed ?? []).map((id) => `    - member ${shown(id)}`),
  ]
  return [head, ...lines, ...members].join('\n')
}

/** Removals first, because they do most harm. */
const order: readonly PlannedChange['action'][] = ['delete', 'disable', 'create', 'update', 'members']

/** The attributes of a mapping that the target refuses or does not store. */
export const leftOutLine = (leftOut: LeftOut): string =>
  `${shown(leftOut.mapping)}: ${shown(leftOutText(leftOut))}`

/** A plan as text: the verdict, then the changes, removals first. */
export const planView = (plan: Plan, style: Style): string => {
  const counts = order.flatMap((action) => {
    const count = plan.changes.filter((change) => change.action === action).length
    return count === 0 ? [] : [`${count} ${action}`]
  })
  const verdict =
    plan.changes.length === 0 && plan.quarantine === null
      ? 'There is nothing to do.'
      : `${plan.kind} cycle: ${counts.join(', ') || 'no change'}; ${plan.removals} of ${plan.deleteThreshold} removals allowed before the threshold`
  const blocks = order.flatMap((action) => {
    const all = plan.changes.filter((change) => change.action === action)
    const rest = all.length - LISTED
    return [
      ...all.slice(0, LISTED).map((change) => changeLines(change, style)),
      ...(rest > 0 ? [style.paint('dim', `… and ${rest} more of ${action}; --json lists all`)] : []),
    ]
  })
  const failed = plan.problems.filter(({ status }) => status === 'failure')
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
    ...(failed.length === 0
      ? []
      : [
          `${plural(failed.length, 'object')} would fail:`,
          ...failed.slice(0, LISTED).map(({ sourceId, code }) => `  ${shown(sourceId)}  ${code ?? ''}`),
        ]),
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
