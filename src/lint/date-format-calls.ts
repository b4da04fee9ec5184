import type { Expression } from '../syntax/ast.js'
import { callsOf } from './calls.js'
import { type FormatPiece, formatPieces } from './date-format.js'
import type { ExpressionContext } from './define.js'

/** A literal date format of an expression. */
export interface WrittenFormat {
  readonly node: Expression
  readonly format: string
  readonly pieces: readonly FormatPiece[]
}

/** The input and output formats of a FormatDateTime call. */
export const formatsOf = (context: ExpressionContext): readonly WrittenFormat[] =>
  callsOf(context, 'FormatDateTime').flatMap((call) =>
    [2, 3].flatMap((position): WrittenFormat[] => {
      const format = call.textAt(position)
      const node = call.at(position)
      return format === undefined || node === undefined
        ? []
        : [{ node, format, pieces: formatPieces(format) }]
    }),
  )
