/** A half-open range of UTF-16 code units in a source text. */
export interface Span {
  /** Offset of the first code unit. */
  readonly start: number
  /** Offset just past the last code unit; equal to `start` for a position between characters. */
  readonly end: number
}

/** Makes a {@link Span}. */
export const span = (start: number, end: number): Span => ({ start, end })

/** The smallest span that covers both. */
export const cover = (a: Span, b: Span): Span => ({
  start: Math.min(a.start, b.start),
  end: Math.max(a.end, b.end),
})

/** Whether `offset` lies inside the span or at one of its edges. */
export const touches = (s: Span, offset: number): boolean => offset >= s.start && offset <= s.end

/** Orders parts of a text by where they begin, then by where they end. */
export const bySpan = (a: { readonly span: Span }, b: { readonly span: Span }): number =>
  a.span.start - b.span.start || a.span.end - b.span.end
