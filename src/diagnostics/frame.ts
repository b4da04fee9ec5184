import { columnsOf, wrap } from '../text/columns.js'
import { shown } from '../text/shown.js'
import { SourceText } from '../text/source-text.js'
import { adviceFor } from './advice.js'
import type { Severity } from './define.js'
import type { Diagnostic } from './diagnostic.js'

/** How a caret frame is drawn. */
export interface FrameOptions {
  /** Use ANSI colours. Default false. */
  readonly color?: boolean
  /** Show the advice below the frame. Default true. */
  readonly advice?: boolean
  /**
   * Columns there are, at least 40: texts are wrapped, and a longer line is cut to the part around the caret. Without it,
   * texts are not wrapped, and lines are cut to about 100 columns.
   */
  readonly width?: number | undefined
  /** Where the finding stands in a larger whole, in words: `nickName, User → Person`. */
  readonly place?: string
}

const colors: Readonly<Record<Severity | 'dim' | 'bold', string>> = {
  error: '31',
  warning: '33',
  info: '36',
  dim: '2',
  bold: '1',
}

/** How many columns of a long line are shown when no width is given. */
const WINDOW = 98

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Shows control characters, marks that change the direction of text and odd blanks as one visible column each. */
const visible = (text: string): string =>
  text.replace(/[\p{Cc}\u00a0\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, (c) =>
    c === '\u00a0' ? '⍽' : c === '\t' ? ' ' : '·',
  )

/** What is shown of a line, and the columns of the marked part in it. */
interface Excerpt {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Cuts a line to the columns around the marked part, so that a 4,000-character Switch stays readable. */
const excerpt = (line: string, from: number, to: number, room: number): Excerpt => {
  // A schema on one line has a million characters, of which only those nearby can be shown.
  const first = Math.max(0, from - 2 * room)
  const last = Math.min(line.length, from + 2 * room)
  let columns = 0
  const cells = Array.from(graphemes.segment(visible(line.slice(first, last))), ({ segment, index }) => {
    const start = columns
    columns += columnsOf(segment)
    return { segment, index: first + index, start, end: columns }
  })
  const columnAt = (index: number): number => cells.find((cell) => cell.index >= index)?.start ?? columns
  const whole = first === 0 && last === line.length && columns <= room
  const inner = room - 2
  const left = whole ? 0 : Math.max(0, Math.min(columnAt(from) - Math.floor(inner / 3), columns - inner))
  const kept = cells.filter(({ start, end }) => start >= left && (whole || end <= left + inner))
  const prefix = left > 0 || first > 0 ? '…' : ''
  const suffix = (kept.at(-1)?.end ?? columns) < columns || last < line.length ? '…' : ''
  const shift = prefix.length - (kept[0]?.start ?? 0)
  return {
    text: prefix + kept.map(({ segment }) => segment).join('') + suffix,
    start: columnAt(from) + shift,
    end: Math.min(columnAt(to), kept.at(-1)?.end ?? columns) + shift,
  }
}

/**
 * Renders a diagnostic with the line it points at and a caret below the place. A safe fix, which `check --fix`
 * applies, is labelled `fix`, any other `suggestion`.
 * @example
 * const { diagnostics, source } = parseExpression('Left([a]')
 * diagnostics.map((one) => renderFrame(one, source).split('\n')[0]) // ['error AF1007: A closing parenthesis is missing for Left.']
 */
export const renderFrame = (
  d: Diagnostic,
  source: SourceText | string,
  options: FrameOptions = {},
): string => {
  const { color = false, advice = true, place = '' } = options
  const width = options.width === undefined ? Number.POSITIVE_INFINITY : Math.max(40, options.width)
  const paint = (name: keyof typeof colors, text: string): string =>
    color ? `\u001b[${colors[name]}m${text}\u001b[0m` : text
  /** A text beside what leads it, wrapped there. */
  const beside = (
    lead: string,
    text: string,
    paintedLead: string,
    emphasis?: keyof typeof colors,
  ): string => {
    const [head = '', ...rest] = wrap(shown(text), width - columnsOf(lead)).map((line) =>
      emphasis === undefined ? line : paint(emphasis, line),
    )
    return [paintedLead + head, ...rest.map((line) => ' '.repeat(columnsOf(lead)) + line)].join('\n')
  }
  const text = typeof source === 'string' ? new SourceText(source) : source
  const start = text.position(d.span.start)
  const end = text.position(d.span.end)
  const line = text.line(start.line)
  const from = start.column - 1
  const to = end.line === start.line ? end.column - 1 : line.length
  const gutter = String(start.line)
  const part = excerpt(line, from, to, Math.min(WINDOW, width - gutter.length - 3))
  const blank = ' '.repeat(gutter.length)
  const note = (label: string, content: string): string =>
    beside(`${blank} = ${label} `, content, `${blank} ${paint('dim', '=')} ${label} `)
  const title = `${d.severity} ${d.code}`
  const position = `${text.name ?? d.path ?? 'expression'}:${start.line}:${start.column}`
  const lines = [
    beside(`${title}: `, d.message, `${paint(d.severity, title)}: `, 'bold'),
    beside(
      `${blank}--> `,
      place === '' ? position : `${position} in ${place}`,
      `${blank}${paint('dim', '-->')} `,
    ),
    `${paint('dim', `${gutter} |`)} ${part.text}`,
    `${paint('dim', `${blank} |`)} ${' '.repeat(part.start)}${paint(d.severity, '^'.repeat(Math.max(1, part.end - part.start)))}`,
  ]
  if (d.calls !== undefined && d.calls.length > 0) lines.push(note('in', d.calls.join(' › ')))
  if (advice) lines.push(note('help:', adviceFor(d)))
  for (const { safe, title } of d.fixes ?? []) lines.push(note(safe ? 'fix:' : 'suggestion:', title))
  return lines.join('\n')
}
