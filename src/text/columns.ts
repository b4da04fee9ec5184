import stringWidth from 'fast-string-width'

/** How many columns of a terminal a text takes: CJK signs and emoji take two. */
export const columnsOf = (text: string): number => stringWidth(text)

/** Breaks a text into lines of at most `width` columns, at blanks. A longer word has a line of its own. */
export const wrap = (text: string, width: number): string[] => {
  const lines: string[] = []
  let columns = 0
  for (const word of text.split(' ')) {
    const more = columnsOf(word)
    if (lines.length > 0 && columns + 1 + more <= width) {
      lines[lines.length - 1] += ` ${word}`
      columns += 1 + more
    } else {
      lines.push(word)
      columns = more
    }
  }
  return lines
}

/** Breaks a text into lines of at most `width` columns, of which each begins with `indent`. */
export const wrapIndented = (text: string, width: number, indent: string): string =>
  wrap(text, width - columnsOf(indent))
    .map((line) => indent + line)
    .join('\n')
