import { EmbeddedActionsParser, EOF, type IToken, type Rule } from 'chevrotain'
import type { Span } from '../text/span.js'
import type { Argument, ComparisonOperator, Expression, IntegerLiteral } from './ast.js'
import { attributeName, tooDeepAt } from './lexer.js'
import { type Token, tokenTypes } from './tokens.js'

const spanOf = (token: IToken): Span => ({ start: token.startOffset, end: token.endOffset! + 1 })

/** The value of a string from its text between quotes: only `\\` and `\"` are escapes. */
export const stringValue = (image: string): string => {
  const inner = image.slice(1, -1)
  return inner.includes('\\') ? inner.replace(/\\(["\\])/g, '$1') : inner
}

const integer = (token: IToken): IntegerLiteral => {
  const text = token.image
  const value = BigInt(text.startsWith('&H') ? `0x${text.slice(2)}` : text)
  return { type: 'IntegerLiteral', span: spanOf(token), value, text }
}

const silent = (): string => ''

/** What parses by the grammar. */
interface ExpressionParser extends EmbeddedActionsParser {
  expression(): Expression
}

/**
 * The grammar, written once: what parses expressions also yields the published grammar. The alternatives with
 * invalid tokens serve the repair of faulty texts; no text yields those tokens.
 *
 * The parser that is shipped has the analysis of the grammar in a table, and that of the generators makes it: so the
 * class they extend is a parameter.
 */
const expressionParser = (Parser: typeof EmbeddedActionsParser): (new () => ExpressionParser) =>
  class extends Parser implements ExpressionParser {
    readonly expression: () => Expression

    constructor() {
      super(Object.values(tokenTypes()), {
        maxLookahead: 1,
        recoveryEnabled: false,
        // Faults are explained by the repair, from the token they are found at.
        errorMessageProvider: {
          buildMismatchTokenMessage: silent,
          buildNotAllInputParsedMessage: silent,
          buildNoViableAltMessage: silent,
          buildEarlyExitMessage: silent,
        },
      })
      const t = tokenTypes()

      const expression = this.RULE('expression', (): Expression => {
        let left: Expression = this.SUBRULE(comparison)
        this.MANY(() => {
          this.CONSUME(t.InvalidOperator)
          const right: Expression = this.SUBRULE2(comparison)
          this.ACTION(() => {
            left = { type: 'InvalidExpression', span: { start: left.span.start, end: right.span.end } }
          })
        })
        return left
      })

      const comparison = this.RULE('comparison', (): Expression => {
        let left: Expression = this.SUBRULE(concatenation)
        this.OPTION(() => {
          const operator = this.CONSUME(t.ComparisonOperator)
          const right: Expression = this.SUBRULE2(concatenation)
          this.ACTION(() => {
            left = {
              type: 'Comparison',
              span: { start: left.span.start, end: right.span.end },
              operator: operator.image as ComparisonOperator,
              operatorSpan: spanOf(operator),
              left,
              right,
            }
          })
        })
        return left
      })

      const concatenation = this.RULE('concatenation', (): Expression => {
        let left: Expression = this.SUBRULE(operand)
        this.MANY(() => {
          this.CONSUME(t.Ampersand)
          const right: Expression = this.SUBRULE2(operand)
          this.ACTION(() => {
            const span = { start: left.span.start, end: right.span.end }
            left = { type: 'Concatenation', span, left, right }
          })
        })
        return left
      })

      // Shared between calls, so that alternatives are not allocated for every operand.
      const alternatives = [
        {
          ALT: (): Expression => {
            const token = this.CONSUME(t.String)
            return { type: 'StringLiteral', span: spanOf(token), value: stringValue(token.image) }
          },
        },
        {
          ALT: (): Expression => {
            const token = this.CONSUME(t.Attribute)
            return { type: 'AttributeReference', span: spanOf(token), name: attributeName(token.image) }
          },
        },
        { ALT: (): Expression => this.SUBRULE(nameOrCall) },
        {
          ALT: (): Expression => {
            const token = this.CONSUME(t.Integer)
            return this.ACTION(() => integer(token))
          },
        },
        {
          ALT: (): Expression => {
            const token = this.CONSUME(t.Hexadecimal)
            return this.ACTION(() => integer(token))
          },
        },
        {
          ALT: (): Expression => {
            const token = this.CONSUME(t.Decimal)
            return { type: 'DecimalLiteral', span: spanOf(token), text: token.image }
          },
        },
        {
          ALT: (): Expression => {
            const token = this.CONSUME(t.Placeholder)
            return { type: 'Placeholder', span: spanOf(token), name: token.image.slice(1, -1) }
          },
        },
        {
          ALT: (): Expression => ({
            type: 'InvalidExpression',
            span: spanOf(this.CONSUME(t.InvalidOperand)),
          }),
        },
      ]

      const operand = this.RULE('operand', (): Expression => this.OR(alternatives))

      const nameOrCall = this.RULE('nameOrCall', (): Expression => {
        const name = this.CONSUME(t.Name)
        let call: Expression | undefined
        this.OPTION(() => {
          this.CONSUME(t.LeftParenthesis)
          const args: Argument[] = this.SUBRULE(argumentList)
          const close = this.CONSUME(t.RightParenthesis)
          call = {
            type: 'FunctionCall',
            span: { start: name.startOffset, end: close.endOffset! + 1 },
            name: name.image,
            nameSpan: spanOf(name),
            arguments: args,
          }
        })
        return call ?? { type: 'Name', span: spanOf(name), name: name.image }
      })

      const argumentList = this.RULE('argumentList', (): Argument[] => {
        const list: Argument[] = [this.SUBRULE(argument)]
        this.MANY(() => {
          this.CONSUME(t.Comma)
          list.push(this.SUBRULE2(argument))
        })
        return list.length === 1 && list[0]!.type === 'OmittedArgument' ? [] : list
      })

      const argument = this.RULE('argument', (): Argument => {
        let value: Argument | undefined
        this.OPTION(() => {
          value = this.SUBRULE(expression)
        })
        if (value !== undefined) return value
        const offset = this.LA(1).startOffset
        return { type: 'OmittedArgument', span: { start: offset, end: offset } }
      })

      this.expression = expression
      this.performSelfAnalysis()
    }
  }

let parser: ExpressionParser | undefined

/** How deep expressions may nest: far deeper than any seen, and far from the end of any call stack. */
export const MAX_DEPTH = 200

/** What the grammar made of some tokens. */
export type TokenParse =
  | { readonly expression: Expression; readonly failedAt?: undefined }
  /** The index of the first token that cannot stand where it does; the number of tokens when one is missing. */
  | { readonly expression?: undefined; readonly failedAt: number; readonly tooDeep: boolean }

/** Parses tokens by the grammar, without any tolerance. */
export const parseTokens = (tokens: Token[]): TokenParse => {
  const deepAt = tooDeepAt(tokens, MAX_DEPTH)
  if (deepAt >= 0) return { failedAt: deepAt, tooDeep: true }
  parser ??= new (expressionParser(EmbeddedActionsParser))()
  parser.input = tokens
  const expression = parser.expression()
  const [error] = parser.errors
  if (error === undefined) return { expression }
  const failedAt = error.token.tokenType === EOF ? tokens.length : tokens.indexOf(error.token as Token)
  return { failedAt, tooDeep: false }
}

/**
 * The grammar's rules in their order, for what is generated from them. Checks them: an ambiguity throws.
 * @param parser Chevrotain's own class: the one that src/ sees has lost its analysis in the build
 */
export const grammarRules = (parser: typeof EmbeddedActionsParser): readonly Rule[] =>
  Object.values(new (expressionParser(parser))().getGAstProductions())
