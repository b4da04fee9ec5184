/** Larger tables are not filled; then all lines count as replaced. */
const MOST_CELLS = 4_000_000

/** A line of both texts, or only of the old (`-`) or the new one (`+`). */
type Line = readonly [mark: ' ' | '-' | '+', text: string]

/** The shortest way from some lines to others, by their longest common subsequence. */
const compare = (before: readonly string[], after: readonly string[]): readonly Line[] => {
  const width = after.length + 1
  if ((before.length + 1) * width > MOST_CELLS)
    return [...before.map((line): Line => ['-', line]), ...after.map((line): Line => ['+', line])]
  const common = new Uint32Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      common[i * width + j] =
        before[i] === after[j]
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!)
    }
  }
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && before[i] === after[j]) {
      lines.push([' ', before[i]!])
      i++
      j++
    } else if (
      j >= after.length ||
      (i < before.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!)
    )
      lines.push(['-', before[i++]!])
    else lines.push(['+', after[j++]!])
  }
  return lines
}

/** The difference of two texts in unified form, without context lines; empty if they are equal. */
export const lineDiff = (name: string, before: string, after: string): string => {
  if (before === after) return ''
  const [old, fresh] = [before.split('\n'), after.split('\n')]
  let start = 0
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++
  let [oldEnd, freshEnd] = [old.length, fresh.length]
  while (oldEnd > start && freshEnd > start && old[oldEnd - 1] === fresh[freshEnd - 1]) {
    oldEnd--
    freshEnd--
  }
  const lines = compare(old.slice(start, oldEnd), fresh.slice(start, freshEnd))
  const out = [`--- ${name}`, `+++ ${name}`]
  let [oldLine, freshLine] = [start + 1, start + 1]
  lines.forEach(([mark, text], index) => {
    if (mark !== ' ' && (index === 0 || lines[index - 1]![0] === ' ')) {
      const next = lines.findIndex(([m], at) => at > index && m === ' ')
      const hunk = lines.slice(index, next < 0 ? undefined : next)
      const count = (wanted: string): number => hunk.filter(([m]) => m === wanted).length
      out.push(`@@ -${oldLine},${count('-')} +${freshLine},${count('+')} @@`)
    }
    if (mark !== ' ') out.push(mark + text)
    if (mark !== '+') oldLine++
    if (mark !== '-') freshLine++
  })
  return `${out.join('\n')}\n`
}
