import { EmbeddedActionsParser, EOF, type IToken, type Rule } from 'chevrotain'
import type { Span } from '../text/span.js'
import type { Argument, ComparisonOperator, Expression, IntegerLiteral } from './ast.js'
import { attributeName, tooDeepAt } from './lexer.js'
import { type Token, tokenTypes } from './tokens.js'

const endOf = ({ startOffset, image, endOffset = startOffset + image.length - 1 }: IToken): number =>
  endOffset + 1

const spanOf = (token: IToken): Span => ({ start: token.startOffset, end: endOf(token) })

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

/**
 * The single grammar: it parses expressions and yields the published grammar. Alternatives with invalid
 * tokens exist only for the repair of faulty texts; the lexer never produces those tokens.
 */
class ExpressionParser extends EmbeddedActionsParser {
  readonly expression: () => Expression

  constructor() {
    super(Object.values(tokenTypes()), {
      maxLookahead: 1,
      recoveryEnabled: false,
      // The repair explains faults, starting from the token where they are found.
      errorMessageProvider: {
        buildMismatchTokenMessage: silent,
        buildNotAllInputParsedMessage: silent,
        buildNoViableAltMessage: silent,
        buildEarlyExitMessage: silent,
      },
    })
    const t = tokenTypes()

    const expression = this.RULE('expression', (): Expression => {
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
      this.MANY(() => {
        this.CONSUME(t.InvalidOperator)
        let right: Expression = this.SUBRULE3(concatenation)
        this.OPTION2(() => {
          this.CONSUME2(t.ComparisonOperator)
          right = this.SUBRULE4(concatenation)
        })
        this.ACTION(() => {
          left = { type: 'InvalidExpression', span: { start: left.span.start, end: right.span.end } }
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

    // Shared between calls, so that the alternatives are allocated only once. A call is parsed here and not
    // by a rule of its own: each rule costs stack, and 200 levels must fit a stack that V8 has not optimised
    // yet.
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
      {
        ALT: (): Expression => {
          const name = this.CONSUME(t.Name)
          let call: Expression | undefined
          this.OPTION(() => {
            this.CONSUME(t.LeftParenthesis)
            const args: Argument[] = this.SUBRULE(argumentList)
            const close = this.CONSUME(t.RightParenthesis)
            call = {
              type: 'FunctionCall',
              span: { start: name.startOffset, end: endOf(close) },
              name: name.image,
              nameSpan: spanOf(name),
              arguments: args,
            }
          })
          return call ?? { type: 'Name', span: spanOf(name), name: name.image }
        },
      },
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

    const omitted = (): Argument => {
      const offset = this.LA(1).startOffset
      return { type: 'OmittedArgument', span: { start: offset, end: offset } }
    }

    const argumentList = this.RULE('argumentList', (): Argument[] => {
      let argument: Argument | undefined
      this.OPTION(() => {
        argument = this.SUBRULE(expression)
      })
      const list: Argument[] = [argument ?? omitted()]
      this.MANY(() => {
        this.CONSUME(t.Comma)
        let next: Argument | undefined
        this.OPTION2(() => {
          next = this.SUBRULE2(expression)
        })
        list.push(next ?? omitted())
      })
      return list.length === 1 && argument === undefined ? [] : list
    })

    this.expression = expression
    this.performSelfAnalysis()
  }
}

let parser: ExpressionParser | undefined

/** How deep expressions may nest: far deeper than any real one, and far below the limit of any call stack. */
export const MAX_DEPTH = 200

/** The result of parsing some tokens by the grammar. */
export type TokenParse =
  | { readonly expression: Expression; readonly failedAt?: undefined }
  /** The index of the first token that does not fit; the number of tokens if one is missing. */
  | { readonly expression?: undefined; readonly failedAt: number; readonly tooDeep: boolean }

/** Parses tokens by the grammar, without repairing faults. */
export const parseTokens = (tokens: Token[]): TokenParse => {
  const deepAt = tooDeepAt(tokens, MAX_DEPTH)
  if (deepAt >= 0) return { failedAt: deepAt, tooDeep: true }
  parser ??= new ExpressionParser()
  parser.input = tokens
  const expression = parser.expression()
  const [error] = parser.errors
  if (error === undefined) return { expression }
  const failedAt = error.token.tokenType === EOF ? tokens.length : tokens.indexOf(error.token as Token)
  return { failedAt, tooDeep: false }
}

/** The grammar's rules in order, for generating the published grammar. Throws if the grammar is ambiguous. */
export const grammarRules = (): readonly Rule[] => Object.values(new ExpressionParser().getGAstProductions())
