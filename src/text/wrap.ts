/**
 * Breaks text into lines of at most `width` characters, at blanks; each begins with `indent`. A longer word
 * is not broken.
 */
export const wrap = (text: string, width: number, indent: string): string => {
  const lines: string[] = []
  let line = indent
  for (const word of text.split(' ')) {
    if (line.length > indent.length && line.length + 1 + word.length > width) {
      lines.push(line)
      line = indent
    }
    line += line.length === indent.length ? word : ` ${word}`
  }
  return [...lines, line].join('\n')
}
