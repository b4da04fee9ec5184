import { describe, expect, it } from 'vitest'
import type { Expression, SyntaxNode } from '../../src/syntax/ast.js'
import { grammarRules } from '../../src/syntax/grammar.js'
import { parseExpression } from '../../src/syntax/parser.js'
import { tokenize } from '../../src/syntax/tokenize.js'
import { childrenOf } from '../../src/syntax/walk.js'

const parse = (text: string): Expression => {
  const { expression, diagnostics } = parseExpression(text)
  expect(diagnostics).toEqual([])
  return expression
}

/** A tree as nested lists, without spans. */
const outline = (node: SyntaxNode): unknown => {
  switch (node.type) {
    case 'StringLiteral':
      return node.value
    case 'IntegerLiteral':
      return node.value
    case 'DecimalLiteral':
      return { decimal: node.text }
    case 'AttributeReference':
      return { attribute: node.name }
    case 'Placeholder':
      return { placeholder: node.name }
    case 'Name':
      return { name: node.name }
    case 'OmittedArgument':
      return null
    case 'FunctionCall':
      return [node.name, ...node.arguments.map(outline)]
    case 'Comparison':
      return [node.operator, outline(node.left), outline(node.right)]
    case 'Concatenation':
      return ['&', outline(node.left), outline(node.right)]
    default:
      return node.type
  }
}

describe('strings', () => {
  it.each([
    ['""', ''],
    [String.raw`"a\\b"`, String.raw`a\b`],
    [String.raw`"say \"no\""`, 'say "no"'],
    [String.raw`"\d+\n\@"`, String.raw`\d+\n\@`],
    [String.raw`"\\\\server"`, String.raw`\\server`],
    [String.raw`"\\"`, '\\'],
    [`"it's [x], (y) & %z% // &amp; “q”"`, `it's [x], (y) & %z% // &amp; “q”`],
    ['"two\nlines"', 'two\nlines'],
  ])('%s', (text, value) => {
    expect(parse(text)).toMatchObject({ type: 'StringLiteral', value })
  })
})

describe('numbers', () => {
  it.each([
    ['0', 0n],
    ['-10', -10n],
    ['129699324000000000', 129699324000000000n],
    ['9007199254740993', 9007199254740993n],
    ['&HF', 15n],
    ['&H21c07000', 0x21c07000n],
  ])('%s', (text, value) => {
    expect(parse(text)).toMatchObject({ type: 'IntegerLiteral', value, text })
  })

  it('keeps decimals as they are written', () => {
    expect(parse('-0.50')).toMatchObject({ type: 'DecimalLiteral', text: '-0.50' })
  })

  it.each([
    ['[a]&Hello', ['&', { attribute: 'a' }, { name: 'Hello' }]],
    ['[a]&HG', ['&', { attribute: 'a' }, { name: 'HG' }]],
    ['[a]&HFG([b])', ['&', { attribute: 'a' }, ['HFG', { attribute: 'b' }]]],
    ['[a]& &HF', ['&', { attribute: 'a' }, 15n]],
    ['[a]& HF', ['&', { attribute: 'a' }, { name: 'HF' }]],
    ['[a]&hF', ['&', { attribute: 'a' }, { name: 'hF' }]],
    ['F(&HFF,&H0)', ['F', 255n, 0n]],
    ['[a]=&HF', ['=', { attribute: 'a' }, 15n]],
  ])('tells hexadecimal numbers from concatenations: %s', (text, tree) => {
    expect(outline(parse(text))).toEqual(tree)
  })
})

describe('attributes', () => {
  it.each([
    ['[mail]', 'mail'],
    ['[ Job Title\u00a0]', 'Job Title'],
    ['[emails[type eq "work"].value]', 'emails[type eq "work"].value'],
    ['[a[b eq "]"].c]', 'a[b eq "]"].c'],
    [
      '[urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department]',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
    ],
    ['[__proto__]', '__proto__'],
    ['[{placeholder}]', '{placeholder}'],
  ])('%s', (text, name) => {
    expect(parse(text)).toMatchObject({ type: 'AttributeReference', name })
  })
})

describe('calls', () => {
  it.each([
    ['F()', ['F']],
    ['F ( \n )', ['F']],
    ['F(,)', ['F', null, null]],
    ['F(1,)', ['F', 1n, null]],
    ['F(, ,1)', ['F', null, null, 1n]],
    ['F(1,\n\t,\u00a0)', ['F', 1n, null, null]],
    ['F(G(),H)', ['F', ['G'], { name: 'H' }]],
    ['IIF([a]="x" , , %D.N%)', ['IIF', ['=', { attribute: 'a' }, 'x'], null, { placeholder: 'D.N' }]],
  ])('%j', (text, tree) => {
    expect(outline(parse(text))).toEqual(tree)
  })

  it('give blank arguments an empty span before the separator that follows', () => {
    const tree = parse('F( ,  , [a],\n )')
    expect(childrenOf(tree).map((child) => child.span)).toEqual([
      { start: 3, end: 3 },
      { start: 6, end: 6 },
      { start: 8, end: 11 },
      { start: 14, end: 14 },
    ])
  })

  it('know the spans of their parts', () => {
    expect(parse(' Trim ([a]&"b" = 1) ')).toMatchObject({
      span: { start: 1, end: 19 },
      nameSpan: { start: 1, end: 5 },
      arguments: [
        {
          span: { start: 7, end: 18 },
          operatorSpan: { start: 15, end: 16 },
          left: { type: 'Concatenation', span: { start: 7, end: 14 } },
          right: { span: { start: 17, end: 18 } },
        },
      ],
    })
  })
})

describe('operators', () => {
  it('concatenate from the left, and tighter than they compare', () => {
    const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }]
    expect(outline(parse('a&b&c<=c&"x"'))).toEqual(['<=', ['&', ['&', a, b], c], ['&', c, 'x']])
  })

  it.each(['=', '<>', '<', '<=', '>', '>='])('%s', (operator) => {
    expect(parse(`[a]${operator}"b"`)).toMatchObject({ type: 'Comparison', operator })
  })

  it('leaves unknown words to those who know the names', () => {
    expect(outline(parse('IIF(unknown, True, AuthoritativeNull)'))).toEqual([
      'IIF',
      { name: 'unknown' },
      { name: 'True' },
      { name: 'AuthoritativeNull' },
    ])
    expect(outline(parse('OR(AND, mod)'))).toEqual(['OR', { name: 'AND' }, { name: 'mod' }])
  })
})

describe('white space', () => {
  it('stands between any tokens', () => {
    const text = 'Join\u00a0(\ufeff"," ,\r\n[a]\t&\n[b]\n)\n'
    expect(outline(parse(text))).toEqual(['Join', ',', ['&', { attribute: 'a' }, { attribute: 'b' }]])
  })
})

describe('the grammar', () => {
  it('passes the validations that are skipped when parsing', () => {
    expect(grammarRules().map((rule) => rule.name)).toEqual([
      'expression',
      'concatenation',
      'operand',
      'argumentList',
    ])
  })
})

describe('tokenize', () => {
  it('gives the tokens of any text, and runs that are none', () => {
    expect(tokenize('F([a], “x” -1)').map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'Name F',
      'LeftParenthesis (',
      'Attribute [a]',
      'Comma ,',
      'Invalid “',
      'Name x',
      'Invalid ”',
      'Integer -1',
      'RightParenthesis )',
    ])
  })
})
