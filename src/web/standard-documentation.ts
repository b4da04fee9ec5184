import type { FunctionDocumentation } from '../functions/define.js'

/** The documentation of the standard functions, which the page puts before the script of its worker. */
declare const DOCUMENTATION: Readonly<Record<string, FunctionDocumentation>>

/** Stands in the worker for `functions/standard-documentation`. */
export const standardDocumentation: ReadonlyMap<string, FunctionDocumentation> = new Map(
  Object.entries(DOCUMENTATION),
)
