import type { FunctionLibrary } from '../functions/library.js'
import { printExpression } from '../syntax/print.js'
import { fromSource, type SourceInput } from './from-source.js'

/** The text of a stored expression: its own if it has one, else the canonical text of its tree. */
export const expressionTextOf = (source: SourceInput, library: FunctionLibrary): string => {
  const text = source.expression ?? ''
  return text.trim() === '' ? printExpression(fromSource(source, library).expression) : text
}
