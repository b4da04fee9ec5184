import { outcomeMembers } from '../batch.js'
import { isRedacted, type Outcome, type Span, type Trace, type TraceNode } from '../index.js'
import { REDACTED } from '../values/redacted.js'
import { displayValue } from './mapping/values.js'
import { cut, type Style } from './style.js'

const outcomeText = (outcome: Outcome | undefined, final: Outcome): string => {
  switch (outcome?.kind) {
    case 'value':
      return displayValue(outcome.value)
    case 'null':
      return 'null'
    case 'ignoreAttribute':
      return 'IgnoreAttributeFlow'
    case 'ignoreObject':
      return 'IgnoreObjectFlow'
    default:
      // An error or marker passed through this node and ended the evaluation; the whole outcome shows which.
      return final.kind === 'error'
        ? `error ${final.diagnostics[0]?.code ?? ''}`.trimEnd()
        : outcomeText(final, final)
  }
}

interface Row {
  readonly branch: string
  readonly text: string
  readonly value: string
}

/** A trace as a tree, with the values in a column beside it. */
export const renderTrace = (
  trace: Trace,
  source: string,
  redacted: readonly Span[],
  width: number,
  style: Style,
): string => {
  const rows: Row[] = []
  const add = (node: TraceNode, branch: string, below: string): void => {
    const text = source.slice(node.span.start, node.span.end).replace(/\s+/g, ' ')
    const value = isRedacted(node.span, redacted) ? REDACTED : outcomeText(node.outcome, trace.outcome)
    rows.push({ branch, text, value })
    for (const [index, child] of node.children.entries()) {
      const last = index === node.children.length - 1
      add(child, `${below}${last ? '└─ ' : '├─ '}`, `${below}${last ? '   ' : '│  '}`)
    }
  }
  add(trace.root, '', '')
  const widest = Math.max(...rows.map(({ branch, text }) => branch.length + text.length))
  const column = Math.min(widest, Math.floor(width * 0.6))
  const lines = rows.map(({ branch, text, value }) => {
    const label = cut(text, Math.max(12, column - branch.length))
    const padding = ' '.repeat(Math.max(0, column - branch.length - label.length))
    const shown = cut(value.replace(/\s+/g, ' '), Math.max(20, width - column - 2))
    return `${style.paint('dim', branch)}${label}${padding}  ${style.paint('cyan', shown)}`
  })
  return `${lines.join('\n')}\n`
}

/** A trace as data. Redacted parts have no value. */
export interface TraceJson {
  readonly span: Span
  readonly expression: string
  readonly outcome: Outcome['kind']
  readonly redacted?: true
  readonly value?: unknown
  readonly text?: unknown
  readonly children: readonly TraceJson[]
}

/** The trace for `--json`. */
export const traceJson = (trace: Trace, source: string, redacted: readonly Span[]): TraceJson => {
  const convert = (node: TraceNode): TraceJson => {
    const outcome = node.outcome ?? trace.outcome
    return {
      span: node.span,
      expression: source.slice(node.span.start, node.span.end),
      ...(isRedacted(node.span, redacted)
        ? { outcome: outcome.kind, redacted: true }
        : outcomeMembers(outcome)),
      children: node.children.map(convert),
    }
  }
  return convert(trace.root)
}
