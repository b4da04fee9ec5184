import { digits, type Figure } from './table.js'

const WIDTH = 720
const LABEL = 190
const BAR = 20
const GAP = 8
const TOP = 56

const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

/**
 * Draws the time of every engine on a workload as a bar, on a logarithmic scale on which the hand-written
 * baseline is 1. The whisker is the 95 % interval. Legible on a light and on a dark page.
 */
export const chartOf = (figures: readonly Figure[], title: string): string => {
  const bars = [...figures].sort((a, b) => a.value - b.value)
  const most = Math.max(2, ...bars.map(({ value, estimate }) => estimate?.high ?? value))
  const least = Math.min(0.5, ...bars.map(({ value, estimate }) => estimate?.low ?? value))
  const x = (value: number): number =>
    LABEL + ((Math.log(value) - Math.log(least)) / (Math.log(most) - Math.log(least))) * (WIDTH - LABEL - 70)
  const height = TOP + bars.length * (BAR + GAP) + 14
  const number = (value: number): string => value.toFixed(1)
  const drawn = bars.map((figure, index) => {
    const { engine, value, estimate } = figure
    const y = TOP + index * (BAR + GAP)
    const middle = y + BAR / 2
    const end = x(estimate?.high ?? value)
    const whisker =
      estimate === undefined
        ? ''
        : `<path class="whisker" d="M${number(x(estimate.low))} ${middle}H${number(end)}"/>`
    const ours = engine === 'codegen' || engine === 'closures'
    return [
      `<text x="${LABEL - 8}" y="${middle + 4}" text-anchor="end">${escapeXml(engine)}</text>`,
      `<rect class="${ours ? 'ours' : 'other'}" x="${LABEL}" y="${y}" width="${number(Math.max(1, x(value) - LABEL))}" height="${BAR}" rx="2"/>`,
      whisker,
      `<text x="${number(end + 8)}" y="${middle + 4}">${digits(value)}</text>`,
    ].join('')
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeXml(title)}">
<style>
text { font: 13px system-ui, sans-serif; fill: #24292f }
.page { fill: #ffffff }
.title { font-weight: 600 }
.ours { fill: #0969da }
.other { fill: #8c959f }
.whisker, .one { stroke: #24292f; stroke-width: 1.5; fill: none }
.one { stroke-dasharray: 3 3 }
@media (prefers-color-scheme: dark) {
.page { fill: #0d1117 }
text { fill: #e6edf3 }
.whisker, .one { stroke: #e6edf3 }
}
</style>
<path class="page" d="M0 0H${WIDTH}V${height}H0Z"/>
<text class="title" x="8" y="20">${escapeXml(title)}</text>
<text x="8" y="38">× the time of the hand-written baseline, which is the dashed line; logarithmic</text>
${drawn.join('\n')}
<path class="one" d="M${number(x(1))} ${TOP - 8}V${height - 10}"/>
</svg>
`
}
