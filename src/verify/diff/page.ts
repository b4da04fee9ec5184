import { type Html, html } from '../../text/html.js'
import { plural } from '../../text/plural.js'
import { barChart } from '../bar-chart.js'
import { htmlPage } from '../html-page.js'
import type { EffectCauses } from './causes.js'
import { type EffectTag, effectTags, type MappingEffect } from './effect.js'
import { causesText, pairCount, readingLines, type SchemaDiff, searchLines } from './markdown.js'
import type { SchemaChange } from './schema-change.js'
import { predicate, shareText } from './wording.js'

const style = `
.breaking { color: var(--bad) } del { color: var(--bad); text-decoration-thickness: 1px } ins { color: var(--good); text-decoration: none }
`

const harmful: ReadonlySet<string> = new Set([
  'deleted',
  'disabled',
  'leavesScope',
  'failed',
  'matchingKeyChanged',
])

/** How many objects of a tag the page names. */
const LISTED = 500

const text = (value: unknown): string =>
  value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value)

const effectSection = (effect: MappingEffect, causes: EffectCauses | undefined): Html => {
  const tags = (Object.keys(effectTags) as EffectTag[]).flatMap((tag) => {
    const found = effect.tags[tag]
    return found === undefined ? [] : [{ tag, ...found }]
  })
  return html`<h2>Effect on ${plural(effect.objects, 'object')}</h2>
${tags.length === 0 ? null : barChart(tags.map(({ tag, count }) => ({ title: predicate(count, effectTags[tag]), count, isBad: harmful.has(tag) })))}
${tags.map(
  ({ tag, count, objects }) => html`<details><summary>Objects that ${effectTags[tag]}: ${count}</summary>
<p class="quiet">${causesText(causes, tag)}</p>
<ul>${objects.slice(0, LISTED).map((one) => html`<li><code>${one}</code></li>`)}</ul>
${count > LISTED ? html`<p class="quiet">… and ${count - LISTED} more</p>` : null}
</details>
`,
)}
${
  effect.attributes.length === 0
    ? null
    : html`<h2>Attributes</h2>
<section class="card"><table><tr><th>attribute</th><th class="number">changed</th><th class="number">share</th><th class="number">to null</th><th class="number">from null</th><th>most frequent</th></tr>
${effect.attributes.map(
  (one) =>
    html`<tr><td>${one.attribute}</td><td class="number">${one.changed}</td><td class="number">${shareText(one.changed, effect)}</td><td class="number">${one.toNull}</td><td class="number">${one.fromNull}</td><td>${one.pairs.map(
      (pair) =>
        html`<div><del>${text(pair.before)}</del> → <ins>${text(pair.after)}</ins> <span class="quiet">${pairCount(pair, one)}, such as ${pair.samples.join(', ')}</span></div>`,
    )}</td></tr>
`,
)}</table></section>`
}`
}

const changeCard = ({ path, what, before, after, criticality, reason }: SchemaChange): Html =>
  html`<section class="card"><h3><span class="${criticality}">${criticality}</span> ${path}: ${what}</h3>
<pre><del>${text(before)}</del>
<ins>${text(after)}</ins></pre>
<p class="quiet">${reason}</p></section>
`

const order = { breaking: 0, risky: 1, safe: 2 } as const

/** A comparison as a page in one file, which loads nothing and runs no script. */
export const diffPage = ({ verdict, changes, effect, causes, readings, search }: SchemaDiff): string =>
  htmlPage(
    'What changes between OLD and NEW',
    html`<h1>What changes between OLD and NEW</h1>
<p>${verdict}</p>
${effect === undefined ? null : effectSection(effect, causes)}
${
  readings === undefined
    ? null
    : html`<h2>Contested points</h2>
<ul>${readingLines(readings).map((one) => html`<li>${one}</li>`)}</ul>`
}
${
  search === undefined
    ? null
    : html`<h2>${search.counterexample === undefined ? 'Search' : 'Counterexample'}</h2>
<section class="card"><pre>${searchLines(search).join('\n')}</pre></section>`
}
${
  changes.length === 0
    ? null
    : html`<h2>Changes of the schema: ${changes.length}</h2>
${changes.toSorted((a, b) => order[a.criticality] - order[b.criticality]).map(changeCard)}`
}`,
    style,
  )
