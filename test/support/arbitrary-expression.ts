import fc from 'fast-check'
import type { Argument, ComparisonOperator, Expression } from '../../src/syntax/ast.js'

const nowhere = { start: 0, end: 0 }

/** Strings with what is special in and around strings. */
export const arbitraryText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.string({
    unit: fc.constantFrom('\\', '"', "'", '[', ']', ',', '(', ')', '%', '&', ' ', '\n', 'n', '“'),
    maxLength: 8,
  }),
)

/** Names of functions, constants and placeholders, known or not. */
export const arbitraryName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('Switch', 'IIF', 'Join', 'Replace', 'Not', 'NULL', 'True', 'OR', 'HF', 'vbTextCompare'),
  fc.constantFrom('constructor', '__proto__', 'toString', 'Größe', '名前', '_a1'),
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,6}$/),
)

/** Names of attributes, among them those with filters and blanks. */
export const arbitraryAttributeName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'mail',
    'Job Title',
    'mS-DS-ConsistencyGuid',
    'emails[type eq "work"].value',
    'a[b[c "]" d]].e',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
    '__proto__',
    "o'clock, (maybe) & more",
  ),
  fc.stringMatching(/^[A-Za-z0-9_.:{}-]{1,10}$/),
)

const integer = fc.oneof(
  fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }).map((value) => ({ value, text: String(value) })),
  fc.nat(0xffff).map((n) => ({ value: BigInt(n), text: `&H${n.toString(16).toUpperCase()}` })),
)

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  arbitraryText.map((value): Expression => ({ type: 'StringLiteral', span: nowhere, value })),
  integer.map((literal): Expression => ({ type: 'IntegerLiteral', span: nowhere, ...literal })),
  fc
    .stringMatching(/^-?[0-9]{1,4}\.[0-9]{1,4}$/)
    .map((text): Expression => ({ type: 'DecimalLiteral', span: nowhere, text })),
  arbitraryAttributeName.map((name): Expression => ({ type: 'AttributeReference', span: nowhere, name })),
  fc
    .stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,6}$/)
    .map((name): Expression => ({ type: 'Placeholder', span: nowhere, name })),
  arbitraryName.map((name): Expression => ({ type: 'Name', span: nowhere, name })),
)

const operators: readonly ComparisonOperator[] = ['=', '<>', '<', '<=', '>', '>=']

const omitted: Argument = { type: 'OmittedArgument', span: nowhere }

const trees = fc.letrec<{ expression: Expression; concatenation: Expression; operand: Expression }>(
  (tie) => ({
    operand: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc
        .tuple(
          arbitraryName,
          fc.array(
            fc.oneof(
              { weight: 5, arbitrary: tie('expression') },
              { weight: 1, arbitrary: fc.constant(omitted) },
            ),
            {
              maxLength: 6,
            },
          ),
        )
        .map(([name, list]): Expression => {
          // One blank between parentheses is no argument at all.
          const args = list.length === 1 && list[0]!.type === 'OmittedArgument' ? [] : list
          return { type: 'FunctionCall', span: nowhere, name, nameSpan: nowhere, arguments: args }
        }),
    ),
    concatenation: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 6, arbitrary: tie('operand') },
      {
        weight: 1,
        arbitrary: fc
          .tuple(tie('concatenation'), tie('operand'))
          .map(([left, right]): Expression => ({ type: 'Concatenation', span: nowhere, left, right })),
      },
    ),
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 4, arbitrary: tie('concatenation') },
      {
        weight: 1,
        arbitrary: fc.tuple(fc.constantFrom(...operators), tie('concatenation'), tie('concatenation')).map(
          ([operator, left, right]): Expression => ({
            type: 'Comparison',
            span: nowhere,
            operator,
            operatorSpan: nowhere,
            left,
            right,
          }),
        ),
      },
    ),
  }),
)

/** Trees of syntactically valid expressions, with empty spans. Names and arities mean nothing. */
export const arbitraryExpression: fc.Arbitrary<Expression> = trees.expression

/** White space in all its forms, also none. */
export const arbitraryWhiteSpace: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(' ', '\t', '\r', '\n', '\u00a0', '\ufeff'),
  maxLength: 3,
})
