import type { ArgumentsOf } from '../diagnostics/catalogue.js'
import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'

/** A note about a whole file. */
export type Note = Diagnostic

/** The codes of notes about a whole file. */
export type NoteCode =
  | 'AF4910'
  | 'AF4911'
  | 'AF4912'
  | 'AF4913'
  | 'AF4914'
  | 'AF4915'
  | 'AF4916'
  | 'AF4917'
  | 'AF4920'
  | 'AF4923'
  | 'AF4924'
  | 'AF4925'
  | 'AF4926'
  | 'AF4927'

/** Creates a note; it refers to a file, not to a place in it. */
export const note = <Code extends NoteCode>(code: Code, args: ArgumentsOf<Code>): Note =>
  diagnostic(code, { start: 0, end: 0 }, args)
