import type { EntryReason, FailureCount, OutcomeCount, RunReport } from '../../cycle/index.js'
import { type MappedObject, objectReasons } from '../../mapping/index.js'
import { wrapIndented } from '../../text/columns.js'
import { plural } from '../../text/plural.js'
import { shown } from '../../text/shown.js'
import type { Style } from '../style.js'
import { outcomeText } from './object-view.js'

const outcomes: readonly MappedObject['outcome'][] = [
  'create',
  'update',
  'disable',
  'delete',
  'skip',
  'error',
]

/** How many kinds of failure and how many attribute names are shown. */
const MOST = 5

/** Why an entry ended as it did, in words. */
export const reasonText = (reason: EntryReason): string =>
  reason === 'unreadable' ? 'the line could not be read' : objectReasons[reason]

/** How many objects had which outcome, in the order in which people look at them. */
export const outcomeRows = (report: RunReport): readonly OutcomeCount[] =>
  report
    .data()
    .outcomes.toSorted(
      (a, b) => outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome) || b.count - a.count,
    )

/** The outcomes of the objects of a run: the table at its end. */
export const summaryView = (report: RunReport, style: Style, width: number, stopped: boolean): string => {
  const digits = String(report.total).length
  const lines = outcomeRows(report).map(
    ({ outcome, reason, count }) =>
      `  ${outcomeText(outcome, style, 8)}${String(count).padStart(digits)}  ${reasonText(reason)}`,
  )
  const never = report.neverFlowing()
  const more = never.length > MOST ? `, and ${never.length - MOST} more` : ''
  return `${[
    `${style.paint('bold', plural(report.total, 'object'))}${stopped ? ', stopped early' : ''}`,
    ...lines,
    ...(report.unchanged === 0 ? [] : [`  of these, ${report.unchanged} unchanged and not written`]),
    ...(report.gone === 0
      ? []
      : [`  ${plural(report.gone, 'object')} of the previous run gone from the source`]),
    ...(report.leftOut === 0
      ? []
      : [`  ${plural(report.leftOut, 'line')} skipped without parsing: they cannot be in scope`]),
    ...failureLines(report, style, width),
    ...(never.length === 0 || report.total < FEW
      ? []
      : [`  never flowing: ${never.slice(0, MOST).map(shown).join(', ')}${more}`]),
  ].join('\n')}\n`
}

/** With fewer objects it means little that an attribute never flows. */
const FEW = 20

/** Where a failure occurred; the id of the object if many are on one line. */
export const placeOfFailure = ({ line, id }: FailureCount, report: RunReport): string =>
  id !== undefined && report.isLineShared ? `object ${shown(id)}` : `line ${line}`

const failureLines = (report: RunReport, style: Style, width: number): readonly string[] => {
  const failures = report.failures()
  const [most] = failures
  if (most === undefined) return []
  const digits = String(most.count).length
  const lines = failures.slice(0, MOST).flatMap((failure) => {
    const { code, path, count, message } = failure
    const indent = ' '.repeat(digits + 7)
    return [
      `    ${String(count).padStart(digits)} × ${code}${path === undefined ? '' : ` ${shown(path)}`}, first in ${placeOfFailure(failure, report)}`,
      style.paint('dim', wrapIndented(shown(message), width, indent)),
    ]
  })
  const rest = Math.max(0, failures.length - MOST)
  return ['  failures', ...lines, ...(rest === 0 ? [] : [`    and ${plural(rest, 'other kind')}`])]
}
