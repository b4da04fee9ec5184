/**
 * The cells of a row of CSV (RFC 4180); undefined if a quote is misplaced: inside a cell that does not begin
 * with one, or not directly before the end of its cell.
 * @param delimiter one character
 */
export const cellsOf = (row: string, delimiter: string): readonly string[] | undefined => {
  if (!row.includes('"')) return row.split(delimiter)
  const cells: string[] = []
  for (let at = 0; ; at++) {
    // Excel's ="0012" is a text that keeps its zeros.
    if (row.startsWith('="', at)) at++
    if (row[at] === '"') {
      let cell = ''
      let close = row.indexOf('"', ++at)
      // A doubled quote is one quote of the text.
      while (close >= 0 && row[close + 1] === '"') {
        cell += row.slice(at, close + 1)
        at = close + 2
        close = row.indexOf('"', at)
      }
      if (close < 0) return undefined
      cells.push(cell + row.slice(at, close))
      at = close + 1
    } else {
      const end = row.indexOf(delimiter, at)
      const cell = row.slice(at, end < 0 ? row.length : end)
      if (cell.includes('"')) return undefined
      cells.push(cell)
      at += cell.length
    }
    if (at >= row.length) return cells
    if (row[at] !== delimiter) return undefined
  }
}
