import { bySpan } from '../text/span.js'
import type { Fix, TextEdit } from './diagnostic.js'

/** A fix that replaces one range. */
export const replaceFix = (title: string, start: number, end: number, text: string, safe = true): Fix => ({
  title,
  edits: [{ span: { start, end }, text }],
  safe,
})

/**
 * Applies edits to a text. Edits are applied from the end, so that offsets stay valid; of two overlapping
 * edits the one that starts first wins, and the other is left for the next run.
 */
export const applyEdits = (text: string, edits: readonly TextEdit[]): string => {
  const sorted = [...edits].sort(bySpan)
  let result = ''
  let position = 0
  for (const { span, text: replacement } of sorted) {
    if (span.start < position) continue
    result += text.slice(position, span.start) + replacement
    position = span.end
  }
  return result + text.slice(position)
}

const overlaps = (a: TextEdit, b: TextEdit): boolean =>
  a.span.start === b.span.start || (a.span.start < b.span.end && b.span.start < a.span.end)

/**
 * Applies fixes to a text, each as a whole or not at all: one that touches what an earlier one changes is left
 * for the next run, which sees the changed text.
 */
export const applyFixes = (text: string, fixes: readonly Fix[]): string => {
  const accepted: TextEdit[] = []
  for (const { edits } of fixes) {
    const isFree = edits.every((edit) => !accepted.some((other) => overlaps(edit, other)))
    if (isFree) accepted.push(...edits)
  }
  return applyEdits(text, accepted)
}
