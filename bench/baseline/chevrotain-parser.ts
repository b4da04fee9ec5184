// Parsing alone, the way Chevrotain is used by default: its lexer, and a parser with embedded actions that makes
// a tree with positions. It shares no code with the parser of the library, so that it stays what it is.
import type { IToken } from 'chevrotain'
// The library is shipped with a Chevrotain that has lost its lexer on the way; this is the whole of it.
// @ts-expect-error: the package declares types for its entry point only
import * as whole from '../../node_modules/chevrotain/lib/chevrotain.mjs'

const { createToken, EmbeddedActionsParser, Lexer } = whole as typeof import('chevrotain')

/** A node of the tree. */
export interface Node {
  readonly kind:
    | 'string'
    | 'integer'
    | 'attribute'
    | 'name'
    | 'call'
    | 'comparison'
    | 'concatenation'
    | 'omitted'
  readonly text: string
  readonly children: readonly Node[]
  readonly start: number
  readonly end: number
}

const WhiteSpace = createToken({ name: 'WhiteSpace', pattern: /\s+/, group: Lexer.SKIPPED })
const Text = createToken({ name: 'Text', pattern: /"(?:[^"\\]|\\.)*"/ })
const Attribute = createToken({ name: 'Attribute', pattern: /\[[^\]]*\]/ })
const Integer = createToken({ name: 'Integer', pattern: /-?\d+/ })
const Name = createToken({ name: 'Name', pattern: /[A-Za-z_]\w*/ })
const Open = createToken({ name: 'Open', pattern: '(' })
const Close = createToken({ name: 'Close', pattern: ')' })
const Comma = createToken({ name: 'Comma', pattern: ',' })
const Operator = createToken({ name: 'Operator', pattern: /<>|<=|>=|[<>=]/ })
const Ampersand = createToken({ name: 'Ampersand', pattern: '&' })
const tokens = [WhiteSpace, Text, Attribute, Integer, Name, Open, Close, Comma, Operator, Ampersand]

const leaf = (kind: Node['kind'], token: IToken): Node => ({
  kind,
  text: kind === 'attribute' ? token.image.slice(1, -1) : token.image,
  children: [],
  start: token.startOffset,
  end: token.endOffset! + 1,
})

const branch = (kind: Node['kind'], text: string, children: readonly Node[]): Node => ({
  kind,
  text,
  children,
  start: children[0]!.start,
  end: children.at(-1)!.end,
})

class Parser extends EmbeddedActionsParser {
  constructor() {
    super(tokens)
    this.performSelfAnalysis()
  }

  readonly expression = this.RULE('expression', (): Node => {
    let left: Node = this.SUBRULE(this.concatenation)
    this.OPTION(() => {
      const operator = this.CONSUME(Operator)
      const right: Node = this.SUBRULE2(this.concatenation)
      this.ACTION(() => {
        left = branch('comparison', operator.image, [left, right])
      })
    })
    return left
  })

  readonly concatenation = this.RULE('concatenation', (): Node => {
    let left: Node = this.SUBRULE(this.operand)
    this.MANY(() => {
      this.CONSUME(Ampersand)
      const right: Node = this.SUBRULE2(this.operand)
      this.ACTION(() => {
        left = branch('concatenation', '&', [left, right])
      })
    })
    return left
  })

  readonly operand = this.RULE(
    'operand',
    (): Node =>
      this.OR([
        { ALT: () => leaf('string', this.CONSUME(Text)) },
        { ALT: () => leaf('attribute', this.CONSUME(Attribute)) },
        { ALT: () => leaf('integer', this.CONSUME(Integer)) },
        { ALT: () => this.SUBRULE(this.call) },
      ]),
  )

  readonly call = this.RULE('call', (): Node => {
    const name = this.CONSUME(Name)
    const children: Node[] = []
    let end = name
    this.OPTION(() => {
      this.CONSUME(Open)
      children.push(this.SUBRULE(this.argument))
      this.MANY(() => {
        this.CONSUME(Comma)
        children.push(this.SUBRULE2(this.argument))
      })
      end = this.CONSUME(Close)
    })
    return this.ACTION(() => ({ ...leaf('call', name), children, end: end.endOffset! + 1 }))
  })

  readonly argument = this.RULE('argument', (): Node => {
    let node: Node | undefined
    this.OPTION(() => {
      node = this.SUBRULE(this.expression)
    })
    return node ?? this.ACTION(() => ({ kind: 'omitted', text: '', children: [], start: 0, end: 0 }))
  })
}

let made: { readonly lexer: InstanceType<typeof Lexer>; readonly parser: Parser } | undefined

/** Parses an expression without faults. */
export const parseWithChevrotain = (text: string): Node => {
  made ??= { lexer: new Lexer(tokens, { positionTracking: 'onlyOffset' }), parser: new Parser() }
  const { lexer, parser } = made
  parser.input = lexer.tokenize(text).tokens
  const node = parser.expression()
  if (parser.errors.length > 0) throw new SyntaxError(text)
  return node
}

/** The names of the attributes in a tree, each once. */
export const attributesOf = (node: Node): readonly string[] => {
  const names = new Set<string>()
  const walk = ({ kind, text, children }: Node): void => {
    if (kind === 'attribute') names.add(text)
    for (const child of children) walk(child)
  }
  walk(node)
  return [...names]
}
