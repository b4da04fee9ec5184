import { visit } from '../../syntax/walk.js'
import type { Span } from '../../text/span.js'
import { stringsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const noBreakSpace: Rule = defineRule({
  id: 'no-break-space',
  code: 'AF9229',
  scope: 'expression',
  run(context, report) {
    const { source, expression } = context.analyzed
    const names: Span[] = []
    visit(expression, (node) => {
      if (node.type === 'AttributeReference') names.push(node.span)
    })
    const strings = stringsOf(context).map(({ span }) => span)
    const within = (spans: readonly Span[], at: number): boolean =>
      spans.some(({ start, end }) => start <= at && at < end)
    const found = [...source.text.matchAll(/[\u00a0\ufeff]+/g)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
    }))
    const inside = found.filter(({ start }) => within(strings, start))
    const between = found.filter(({ start }) => !within(strings, start) && !within(names, start))
    const [first] = between
    if (first !== undefined) {
      const edits = between.map((span) => ({ span, text: ' ' }))
      const fix = { title: 'Write ordinary blanks', edits, safe: true }
      report(first, { where: 'between its tokens' }, { fixes: [fix] })
    }
    for (const span of inside) report(span, { where: 'inside a string' })
  },
})
