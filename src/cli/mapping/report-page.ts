import type { AttributeCount, RunReport } from '../../cycle/index.js'
import { type NoFlowReason, noFlowReasons } from '../../mapping/index.js'
import { type Html, html } from '../../text/html.js'
import { plural } from '../../text/plural.js'
import { type Bar, barChart } from '../../verify/bar-chart.js'
import { htmlPage } from '../../verify/html-page.js'
import { outcomeRows, placeOfFailure, reasonText } from './summary-view.js'

/** What the page says about the run besides its counts. */
export interface RunFacts {
  /** The names of the files. */
  readonly schema: string
  readonly objects: string
  /** The clock of the run, ISO 8601. */
  readonly now: string
  /** Whether the run was stopped before its end. */
  readonly stopped: boolean
  /** What there is to say about the file of objects. */
  readonly notes: readonly string[]
}

/** How many kinds of failure and how many attributes the page lists. */
const LISTED = 200

const harmful: ReadonlySet<string> = new Set(['error', 'disable', 'delete'])

const byCount = (a: Bar, b: Bar): number => b.count - a.count

const outcomeBars = (report: RunReport): readonly Bar[] =>
  outcomeRows(report).map(({ outcome, reason, count }) => ({
    title: outcome,
    note: reasonText(reason),
    count,
    isBad: harmful.has(outcome),
  }))

const failureBars = (report: RunReport): readonly Bar[] =>
  report.failures().map((failure) => ({
    title: failure.path === undefined ? failure.code : `${failure.code} ${failure.path}`,
    note: `${placeOfFailure(failure, report)}: ${failure.message}`,
    count: failure.count,
    isBad: true,
  }))

const reasonsOf = ({ notFlowed }: AttributeCount): readonly (readonly [NoFlowReason, number])[] =>
  (Object.entries(notFlowed) as [NoFlowReason, number][]).filter(([, count]) => count > 0)

const noFlowBars = (attributes: readonly AttributeCount[]): readonly Bar[] => {
  const counts = new Map<NoFlowReason, number>()
  for (const [reason, count] of attributes.flatMap(reasonsOf))
    counts.set(reason, (counts.get(reason) ?? 0) + count)
  return [...counts].map(([reason, count]) => ({ title: noFlowReasons[reason], count })).sort(byCount)
}

/** The attributes that do not flow for every object, those that flow for the smallest share first. */
const rareBars = (attributes: readonly AttributeCount[]): readonly Bar[] =>
  attributes
    .map((attribute) => {
      const reasons = reasonsOf(attribute).toSorted(([, a], [, b]) => b - a)
      return {
        title: attribute.target,
        note: reasons.map(([reason, count]) => `${count} × ${noFlowReasons[reason]}`).join('; '),
        count: attribute.flowed,
        of: reasons.reduce((sum, [, count]) => sum + count, attribute.flowed),
      }
    })
    .filter(({ count, of }) => count < of)
    .sort((a, b) => a.count / a.of - b.count / b.of)

const section = (title: string, bars: readonly Bar[]): Html | null =>
  bars.length === 0
    ? null
    : html`<h2>${title}</h2>
<section class="card">${barChart(bars.slice(0, LISTED))}
${bars.length > LISTED ? html`<p class="quiet">… and ${bars.length - LISTED} more</p>` : null}</section>
`

/** The outcomes of a run of `map` as a page in one file, which loads nothing and runs no script. */
export const reportPage = (report: RunReport, { schema, objects, now, stopped, notes }: RunFacts): string => {
  const { attributes } = report.data()
  const parts = [
    plural(report.total, 'object'),
    ...(stopped ? ['stopped early'] : []),
    ...(report.unchanged === 0 ? [] : [`${report.unchanged} unchanged and not written`]),
    ...(report.gone === 0 ? [] : [`${report.gone} of the previous run gone from the source`]),
    ...(report.leftOut === 0 ? [] : [`${plural(report.leftOut, 'line')} skipped without parsing`]),
  ]
  return htmlPage(
    `${objects} mapped by ${schema}`,
    html`<h1>${objects} mapped by ${schema}</h1>
<p class="quiet">as at ${now}</p>
<p>${parts.join(', ')}</p>
${notes.map((note) => html`<p class="quiet">${note}</p>`)}
${section('Outcomes', outcomeBars(report))}
${section('Failures', failureBars(report))}
${section('Why attributes do not flow', noFlowBars(attributes))}
${section('Attributes that flow least', rareBars(attributes))}`,
  )
}
