import { diffArrays } from 'diff'

/** Texts that differ in more lines are shown as one replacement of all lines. */
const MOST_DIFFERENCES = 4_000

/** The difference of two texts in unified form, without context lines; empty if they are equal. */
export const lineDiff = (name: string, before: string, after: string): string => {
  if (before === after) return ''
  const [old, fresh] = [before.split('\n'), after.split('\n')]
  const changes = diffArrays(old, fresh, { maxEditLength: MOST_DIFFERENCES }) ?? [
    { value: old, removed: true, added: false },
    { value: fresh, removed: false, added: true },
  ]
  const out = [`--- ${name}`, `+++ ${name}`]
  let [oldLine, freshLine] = [1, 1]
  let [removed, added]: [string[], string[]] = [[], []]
  const endHunk = (): void => {
    if (removed.length + added.length === 0) return
    out.push(`@@ -${oldLine},${removed.length} +${freshLine},${added.length} @@`)
    out.push(...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`))
    oldLine += removed.length
    freshLine += added.length
    ;[removed, added] = [[], []]
  }
  for (const change of changes) {
    if (change.removed) removed.push(...change.value)
    else if (change.added) added.push(...change.value)
    else {
      endHunk()
      oldLine += change.value.length
      freshLine += change.value.length
    }
  }
  endHunk()
  return `${out.join('\n')}\n`
}
