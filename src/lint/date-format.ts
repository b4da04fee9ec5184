/** A piece of a .NET custom format: a run of one letter outside quotes, or anything else. */
export interface FormatPiece {
  readonly kind: 'letters' | 'text'
  readonly text: string
  readonly start: number
}

/** The pieces of a custom date format. A single letter is a standard format, which has no pieces. */
export const formatPieces = (format: string): readonly FormatPiece[] => {
  if (/^[A-Za-z]$/.test(format)) return []
  const pieces: FormatPiece[] = []
  const token = /'[^']*'?|"[^"]*"?|\\.?|%|([A-Za-z])\1*|[^A-Za-z'"\\%]+/gs
  for (const match of format.matchAll(token)) {
    const kind = match[1] === undefined ? 'text' : 'letters'
    pieces.push({ kind, text: match[0], start: match.index })
  }
  return pieces
}

/** Whether a format has a run of one of these letters. */
export const hasLetters = (pieces: readonly FormatPiece[], letters: string): boolean =>
  pieces.some(({ kind, text }) => kind === 'letters' && letters.includes(text.charAt(0)))
