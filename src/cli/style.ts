import { columnsOf, wrap } from '../text/columns.js'
import { shown, shownLines } from '../text/shown.js'
import type { CliIo, Output } from './io.js'

/** When colour is used. */
export type ColorChoice = 'auto' | 'always' | 'never'

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const

/** Colours texts, or leaves them unchanged. */
export interface Style {
  readonly color: boolean
  /** Columns of the terminal; undefined if the output is none. */
  readonly columns: number | undefined
  paint(name: keyof typeof codes, text: string): string
}

/**
 * Whether an output gets colour. The user's choice decides; else NO_COLOR (not empty) turns it off,
 * FORCE_COLOR (not empty, not 0) turns it on, and a terminal has it by default.
 */
export const usesColor = (output: Output, env: CliIo['env'], choice: ColorChoice): boolean => {
  if (choice !== 'auto') return choice === 'always'
  if ((env.NO_COLOR ?? '') !== '') return false
  const force = env.FORCE_COLOR ?? ''
  if (force !== '') return force !== '0'
  return output.isTTY && env.TERM !== 'dumb'
}

/** The style for an output. */
export const styleFor = (output: Output, env: CliIo['env'], choice: ColorChoice): Style => {
  const color = usesColor(output, env, choice)
  return {
    color,
    columns: output.isTTY ? output.columns : undefined,
    paint: (name, text) => (color ? `${ESC}[${codes[name]}m${text}${ESC}[0m` : text),
  }
}

/** The number of columns for output: that of the terminal, within limits. */
export const widthOf = (output: Output): number => Math.max(40, Math.min(output.columns ?? 100, 110))

/** The number of columns for a line that must not be wrapped: that of the terminal; a file has no limit. */
export const lineWidthOf = (output: Output): number =>
  output.isTTY ? widthOf(output) : Number.POSITIVE_INFINITY

/**
 * Cuts a one-line text to a width in columns, with an ellipsis. Characters that are unsafe for a terminal are
 * escaped.
 */
export const cut = (text: string, width: number): string => {
  const line = shown(text)
  if (line.length <= width / 2 || columnsOf(line) <= width) return line
  let kept = ''
  let columns = 0
  for (const sign of line) {
    columns += columnsOf(sign)
    if (columns > width - 1) break
    kept += sign
  }
  return `${kept}…`
}

/** A text padded with blanks to a width in columns. */
export const pad = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - columnsOf(text)))

/** Begins an escape sequence. */
const ESC = '\u001b'

/** The escape sequences that {@link Style} writes: all others come from data. */
const ownSequence = new RegExp(`(${ESC}\\[(?:0|1|2|31|32|33|36)m)`)

/**
 * What a pipeline would carry out as a command: two colons that begin a line, also after blanks, for GitHub;
 * `##[` there, and `##vso[` anywhere in a line, for Azure DevOps.
 */
const workflowCommand = /(^|\n)([ \t]*)(?::(?=:)|#(?=#\[))|#(?=#vso\[)/gi

const escapeOf = (sign: string): string => `\\u00${sign.charCodeAt(0).toString(16)}`

/**
 * An output that escapes characters that are unsafe for a terminal, except for the colours of a style.
 * @param commands whether lines may be commands of a workflow; otherwise data cannot make one
 */
export const safeOutput = (output: Output, color: boolean, commands: boolean): Output => {
  /** Whether only blanks stand on the current line. */
  let begins = true
  const disarmed = (text: string): string => {
    if (commands) return text
    const atStart = begins
    const last = text.slice(text.lastIndexOf('\n') + 1)
    begins = /^[ \t]*$/.test(last) && (begins || last.length < text.length)
    return text.includes('::') || text.includes('##')
      ? text.replace(workflowCommand, (found: string, before?: string, blanks = '') =>
          before === '' && !atStart ? found : `${before ?? ''}${blanks}${escapeOf(found.slice(-1))}`,
        )
      : text
  }
  return {
    isTTY: output.isTTY,
    columns: output.columns,
    write: (text) =>
      output.write(
        color && text.includes(ESC)
          ? disarmed(text)
              .split(ownSequence)
              .map((part, index) => (index % 2 === 1 ? part : shownLines(part)))
              .join('')
          : shownLines(disarmed(text)),
      ),
  }
}

/** Two columns: terms, and their descriptions wrapped beside them. */
export const definitionList = (rows: readonly (readonly [string, string])[], width: number): string[] => {
  const column = Math.min(34, Math.max(0, ...rows.map(([term]) => term.length))) + 2
  return rows.flatMap(([term, text]) => {
    const lines = wrap(text, Math.max(30, width - column - 2))
    const fits = term.length <= column - 2
    const head = fits ? `  ${term.padEnd(column)}${lines[0] ?? ''}` : `  ${term}`
    const rest = fits ? lines.slice(1) : lines
    return [head.trimEnd(), ...rest.map((line) => `  ${' '.repeat(column)}${line}`)]
  })
}
