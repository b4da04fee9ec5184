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
}

const colors: Readonly<Record<Severity | 'dim' | 'bold', string>> = {
  error: '31',
  warning: '33',
  info: '36',
  dim: '2',
  bold: '1',
}

/** How many columns around the caret are shown of a long line. */
const WINDOW = 96

interface Excerpt {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Cuts a line to the part around the marked columns, so that a 4,000-character Switch stays readable. */
const excerpt = (line: string, from: number, to: number): Excerpt => {
  if (line.length <= WINDOW) return { text: line, start: from, end: to }
  const left = Math.max(0, Math.min(from - 30, line.length - WINDOW))
  const right = Math.min(line.length, left + WINDOW)
  const prefix = left > 0 ? '…' : ''
  const suffix = right < line.length ? '…' : ''
  return {
    text: prefix + line.slice(left, right) + suffix,
    start: from - left + prefix.length,
    end: Math.min(to, right) - left + prefix.length,
  }
}

/** Shows control characters and odd blanks as one visible column each. */
const visible = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u00a0\u2028\u2029\ufeff]/g, (c) =>
    c === '\u00a0' ? '⍽' : c === '\t' ? ' ' : '·',
  )

/** Renders a diagnostic with the line it points at and a caret below the place. */
export const renderFrame = (
  d: Diagnostic,
  source: SourceText | string,
  options: FrameOptions = {},
): string => {
  const { color = false, advice = true } = options
  const paint = (name: keyof typeof colors, text: string): string =>
    color ? `\u001b[${colors[name]}m${text}\u001b[0m` : text
  const text = typeof source === 'string' ? new SourceText(source) : source
  const start = text.position(d.span.start)
  const end = text.position(d.span.end)
  const line = text.line(start.line)
  const from = start.column - 1
  const to = end.line === start.line ? end.column - 1 : line.length
  const part = excerpt(line, from, to)
  const gutter = String(start.line)
  const blank = ' '.repeat(gutter.length)
  const place = `${text.name ?? d.path ?? 'expression'}:${start.line}:${start.column}`
  const lines = [
    `${paint(d.severity, `${d.severity} ${d.code}`)}: ${paint('bold', shown(d.message))}`,
    `${blank}${paint('dim', '-->')} ${shown(place)}`,
    `${paint('dim', `${gutter} |`)} ${visible(part.text)}`,
    `${paint('dim', `${blank} |`)} ${' '.repeat(part.start)}${paint(d.severity, '^'.repeat(Math.max(1, part.end - part.start)))}`,
  ]
  if (d.calls !== undefined && d.calls.length > 0)
    lines.push(`${blank} ${paint('dim', '=')} in ${shown(d.calls.join(' › '))}`)
  if (advice) lines.push(`${blank} ${paint('dim', '=')} help: ${adviceFor(d)}`)
  for (const fix of d.fixes ?? []) lines.push(`${blank} ${paint('dim', '=')} fix: ${shown(fix.title)}`)
  return lines.join('\n')
}
