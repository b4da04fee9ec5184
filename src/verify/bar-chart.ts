import { type Html, html } from '../text/html.js'
import { nameWords } from '../text/name-words.js'

/** A bar of a chart. */
export interface Bar {
  readonly title: string
  readonly count: number
  /** The whole that the bar is drawn as a share of. Default: the largest count of the chart. */
  readonly of?: number
  /** Whether it counts harm or failures. */
  readonly isBad?: boolean
  /** More about it, below its title. */
  readonly note?: string
}

const nameOf = (title: string): readonly Html[] =>
  nameWords(title).map((word, index) => (index === 0 ? html`${word}` : html`<wbr>${word}`))

/** Counts as bars, drawn in SVG. A table holds them, so that texts wrap and a screen reader reads rows. */
export const barChart = (bars: readonly Bar[]): Html => {
  const most = bars.reduce((largest, { count }) => Math.max(largest, count), 1)
  return html`<table class="bars">
${bars.map(
  ({ title, count, of, isBad, note }) => html`<tr><th scope="row">${nameOf(title)}${
    note === undefined ? null : html`<div class="quiet">${note}</div>`
  }</th><td class="number">${count}${of === undefined ? null : ` of ${of}`}</td><td><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect class="${isBad ? 'bad' : ''}" width="${((100 * count) / Math.max(1, of ?? most)).toFixed(1)}" height="1"></rect></svg></td></tr>
`,
)}</table>`
}
