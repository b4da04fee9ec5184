import { type Html, html } from '../text/html.js'
import {
  type CoveragePoint,
  type CoveredAttribute,
  type CoveredExpression,
  coveredShare,
  reasonsText,
} from './coverage.js'
import type { SchemaCoverage } from './coverage-map.js'
import { htmlPage } from './html-page.js'

const style = `
h3 .quiet { font-weight: normal }
mark { color: inherit; background: var(--good-back); border-radius: 3px }
mark.missed { background: var(--bad-back); text-decoration: underline wavy var(--bad) 1px; text-underline-offset: 3px }
.bar { height: 8px; border-radius: 4px; background: var(--bad-back); border: 1px solid var(--line); overflow: hidden; margin: 6px 0 }
.bar i { display: block; height: 100%; background: var(--good) }
`

/** A piece of an expression, and whether it was evaluated. */
interface Piece {
  readonly text: string
  readonly reached: boolean
}

/** An expression cut at its branches; each piece belongs to the innermost branch that contains it. */
const piecesOf = ({ text, hits }: CoveredExpression, points: readonly CoveragePoint[]): readonly Piece[] => {
  const reached = new Array<boolean>(text.length).fill(hits > 0)
  // Outer branches come first, so that inner ones override them. Both branches of a match have the same text:
  // it is marked as evaluated or not, and its branches are listed.
  const ways = points.filter(({ decision }) => decision.kind !== 'match')
  for (const { span, hits } of ways.sort((a, b) => lengthOf(b) - lengthOf(a)))
    if (span !== undefined) reached.fill(hits > 0, span.start, span.end)
  const pieces: Piece[] = []
  for (let start = 0; start < text.length; ) {
    let end = start + 1
    while (end < text.length && reached[end] === reached[start]) end++
    pieces.push({ text: text.slice(start, end), reached: reached[start] === true })
    start = end
  }
  return pieces
}

const lengthOf = ({ span }: CoveragePoint): number => (span === undefined ? 0 : span.end - span.start)

const times = (hits: number): string => (hits === 0 ? 'never' : `${hits} ×`)

const pointRows = (points: readonly CoveragePoint[]): Html => html`<table>
<tr><th>Branch</th><th>Text</th><th class="number">Reached</th></tr>
${points.map(
  ({ what, text, hits }) =>
    html`<tr><td>${what}</td><td><code>${text}</code></td><td class="number ${hits === 0 ? 'bad' : 'good'}">${times(hits)}</td></tr>
`,
)}</table>`

/** Unreached points are visible, because readers look for them; the others can be opened. */
const pointList = (points: readonly CoveragePoint[]): Html => {
  const missed = points.filter(({ hits }) => hits === 0)
  const reached = points.filter(({ hits }) => hits > 0)
  return html`${missed.length === 0 ? null : pointRows(missed)}${
    reached.length === 0
      ? null
      : html`<details><summary>${reached.length === 1 ? '1 branch is' : `${reached.length} branches are`} reached</summary>${pointRows(reached)}</details>`
  }`
}

/** An expression or the scope of one object mapping, with its branches. */
interface Part {
  readonly id: string
  readonly title: string
  readonly body: Html
  readonly points: readonly CoveragePoint[]
  /** How often it was evaluated; undefined for the scope, whose clauses differ. */
  readonly hits: number | undefined
  /** The results of the attribute; undefined for the scope. */
  readonly attribute?: CoveredAttribute | undefined
}

const partsOf = (
  { coverage: { expressions, points, attributes } }: SchemaCoverage,
  index: number,
): readonly Part[] => {
  const mappings = new Set([...expressions, ...points].map(({ mapping }) => mapping))
  const titleOf = (mapping: string, where: string): string =>
    mappings.size > 1 ? `${mapping}: ${where}` : where
  const found: Omit<Part, 'id'>[] = []
  for (const mapping of mappings) {
    const clauses = points.filter((one) => one.mapping === mapping && one.decision.kind === 'clause')
    if (clauses.length > 0)
      found.push({
        title: titleOf(mapping, 'scope'),
        body: html``,
        points: clauses,
        hits: undefined,
      })
  }
  expressions.forEach((expression, number) => {
    const { mapping, where, hits } = expression
    const branches = points.filter((one) => one.expression === number)
    const body = html`<pre>${piecesOf(expression, branches).map(({ text, reached }) =>
      reached ? html`<mark>${text}</mark>` : html`<mark class="missed">${text}</mark>`,
    )}</pre>`
    const attribute = attributes.find((one) => one.mapping === mapping && one.where === where)
    found.push({ title: titleOf(mapping, where), body, points: branches, hits, attribute })
  })
  return found.map((one, number) => ({ ...one, id: `part-${index}-${number}` }))
}

const isWhole = ({ points, hits }: Part): boolean => hits !== 0 && points.every((one) => one.hits > 0)

const evaluations = ({ hits, attribute }: Part): string => {
  if (hits === undefined) return ''
  if (hits === 0) return 'never evaluated'
  const { flowed = 0, notFlowed = {} } = attribute ?? {}
  const reasons = reasonsText(notFlowed)
  return `evaluated ${hits} ×, flowed ${flowed} ×${reasons === '' ? '' : `, not: ${reasons}`}`
}

const partCard = (part: Part): Html => html`<section class="card" id="${part.id}">
<h3>${part.title} <span class="quiet">${evaluations(part)}</span></h3>
${part.body}${pointList(part.points)}
</section>
`

const schemaSection = (one: SchemaCoverage, index: number): Html => {
  const { covered, total } = one.coverage
  const share = coveredShare(one.coverage)
  const parts = partsOf(one, index)
  const lacking = parts.filter((part) => !isWhole(part))
  return html`<h2>${one.schema}</h2>
<div class="bar" role="img" aria-label="${share} percent"><i style="width: ${share}%"></i></div>
<p>${covered} of ${total} branches and clauses are reached (${share} %).${
    lacking.length === 0
      ? null
      : html` Something is missing in ${lacking.map(({ id, title }, at) => html`${at === 0 ? '' : ', '}<a href="#${id}">${title}</a>`)}.`
  }</p>
${parts.map(partCard)}`
}

/**
 * The coverage of schemas as a page in one file: each expression with its unreached parts marked, and the
 * scope's clauses. It runs no script, and says everything also in words.
 */
export const coveragePage = (schemas: readonly SchemaCoverage[]): string =>
  htmlPage(
    'Coverage of mappings',
    html`<h1>Coverage of mappings</h1>
<p class="quiet"><mark>Marked like this</mark>: a case evaluates it. <mark class="missed">Marked like this</mark>: no case does.</p>
${schemas.map(schemaSection)}`,
    style,
  )
