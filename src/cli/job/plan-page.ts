import { leftOutText } from '../../provision/left-out.js'
import type { Plan, PlannedChange } from '../../provision/plan.js'
import { type Html, html } from '../../text/html.js'
import { plural } from '../../text/plural.js'
import { barChart } from '../../verify/bar-chart.js'
import { htmlPage } from '../../verify/html-page.js'
import { isRemoval, type ReadChange, type ReadPlan, readPlan } from './plan-reading.js'

const titles: Readonly<Record<PlannedChange['action'], string>> = {
  delete: 'Deleted',
  disable: 'Disabled',
  create: 'Created',
  update: 'Updated',
  members: 'Members changed',
}

/** How many changes of each kind the page lists; the plan itself contains all. */
const LISTED = 2_000

const style = `
details { margin: 4px 0 } .before { color: var(--quiet); text-decoration: line-through }
`

const changeCard = ({ action, kind, sourceId, name, reason, values, added, removed }: ReadChange): Html =>
  html`<details${values.length + added.length + removed.length === 0 ? html` open` : null}>
<summary>${kind} ${name === undefined ? null : html`<b>${name}</b> `}<code>${sourceId}</code> ${reason}</summary>
${
  values.length === 0
    ? null
    : html`<table><tr><th>attribute</th><th>${action === 'create' ? 'value' : 'before → after'}</th></tr>
${values.map(
  ({ attribute, before, after }) =>
    html`<tr><td>${attribute}</td><td>${
      before === undefined ? null : html`<span class="before">${before}</span> → `
    }${after}</td></tr>
`,
)}</table>`
}
${added.map((id) => html`<div class="good">+ member <code>${id}</code></div>`)}
${removed.map((id) => html`<div class="bad">− member <code>${id}</code></div>`)}
</details>
`

const section = ({ action, changes }: ReadPlan['actions'][number]): Html =>
  html`<h2 id="${action}">${titles[action]}: ${changes.length}</h2>
<section class="card">
${changes.slice(0, LISTED).map(changeCard)}
${changes.length > LISTED ? html`<p class="quiet">… and ${changes.length - LISTED} more</p>` : null}
</section>
`

const problems = (title: string, all: Plan['problems']): Html | null =>
  all.length === 0
    ? null
    : html`<h2>${title}: ${all.length}</h2>
<section class="card"><table><tr><th>object</th><th>code</th><th>reason</th></tr>
${all.slice(0, LISTED).map(
  ({ sourceId, code, reason }) =>
    html`<tr><td><code>${sourceId}</code></td><td>${code}</td><td>${reason}</td></tr>
`,
)}</table></section>`

/** A plan as a page in one file, which loads nothing and runs no script. */
export const planPage = (plan: Plan): string => {
  const { idle, actions, failed, warned } = readPlan(plan)
  const counts = actions.map(({ action, changes }) => ({
    title: titles[action],
    count: changes.length,
    isBad: isRemoval(action),
  }))
  const verdict =
    idle ??
    `${plural(plan.changes.length, 'change')} in the next ${plan.kind} cycle; ${plan.removals} of ${plan.deleteThreshold} removals before the threshold.`
  return htmlPage(
    'Plan of a provisioning cycle',
    html`<h1>Plan of a provisioning cycle</h1>
<p class="quiet">made at ${plan.createdAt}; nothing was written</p>
<p>${verdict}</p>
${plan.quarantine === null ? null : html`<p class="bad">Quarantine: ${plan.quarantine.reason}: ${plan.quarantine.message}</p>`}
${plan.failure === null ? null : html`<p class="bad">Incomplete: ${plan.failure.code}: ${plan.failure.message}</p>`}
${plan.leftOut.map((one) => html`<p class="quiet">${one.mapping}: ${leftOutText(one)}</p>`)}
${counts.length === 0 ? null : barChart(counts)}
${actions.map(section)}
${problems('Would fail', failed)}
${problems('Warnings', warned)}`,
    style,
  )
}
