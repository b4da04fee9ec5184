import type { Span } from '../text/span.js'

/** A string between double quotes; `value` has its escapes resolved. */
export interface StringLiteral {
  readonly type: 'StringLiteral'
  readonly span: Span
  readonly value: string
}

/** An integer of any size. `text` keeps the notation (`&HF`, `-10`), `value` the number. */
export interface IntegerLiteral {
  readonly type: 'IntegerLiteral'
  readonly span: Span
  readonly value: bigint
  readonly text: string
}

/** A decimal number, which no function documents; kept as text so that nothing is rounded. */
export interface DecimalLiteral {
  readonly type: 'DecimalLiteral'
  readonly span: Span
  readonly text: string
}

/** `[name]`: an attribute of the source object. `name` is trimmed. */
export interface AttributeReference {
  readonly type: 'AttributeReference'
  readonly span: Span
  readonly name: string
}

/** `%Name%`: a constant from the job's settings. `name` is without the percent signs. */
export interface Placeholder {
  readonly type: 'Placeholder'
  readonly span: Span
  readonly name: string
}

/** A bare word: a constant such as `IgnoreAttributeFlow` or an enum value such as `vbTextCompare`. */
export interface Name {
  readonly type: 'Name'
  readonly span: Span
  readonly name: string
}

/** An omitted argument. Its span is empty, between the separators. */
export interface OmittedArgument {
  readonly type: 'OmittedArgument'
  readonly span: Span
}

/** An argument: an expression or a blank. */
export type Argument = Expression | OmittedArgument

/** `Name(argument, …)`. `Name()` has no arguments; `Name(,)` has two blank ones. */
export interface FunctionCall {
  readonly type: 'FunctionCall'
  readonly span: Span
  readonly name: string
  readonly nameSpan: Span
  readonly arguments: readonly Argument[]
}

/** The comparison operators; they do not associate. */
export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>='

/** `left operator right`, where a Boolean is expected. */
export interface Comparison {
  readonly type: 'Comparison'
  readonly span: Span
  readonly operator: ComparisonOperator
  readonly operatorSpan: Span
  readonly left: Expression
  readonly right: Expression
}

/** `left & right`, left-associative, tighter than comparisons. */
export interface Concatenation {
  readonly type: 'Concatenation'
  readonly span: Span
  readonly left: Expression
  readonly right: Expression
}

/** A place where the parser found no expression; a syntax diagnostic covers it. */
export interface InvalidExpression {
  readonly type: 'InvalidExpression'
  readonly span: Span
}

/** A node of the abstract syntax tree that has a value. */
export type Expression =
  | StringLiteral
  | IntegerLiteral
  | DecimalLiteral
  | AttributeReference
  | Placeholder
  | Name
  | FunctionCall
  | Comparison
  | Concatenation
  | InvalidExpression

/** Any node of the abstract syntax tree. */
export type SyntaxNode = Argument
