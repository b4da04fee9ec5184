// The grammar as data: what Chevrotain recorded of the parser, without the tokens that only repairs use.
import { type ISerializedGast, serializeGrammar } from 'chevrotain'
import { grammarRules } from '../../src/syntax/grammar.js'
import { isLexical, type TokenKind } from '../../src/syntax/repair/token-rules.js'

/** A node of the grammar. */
export interface GrammarNode {
  readonly type: 'Rule' | 'NonTerminal' | 'Terminal' | 'Option' | 'Repetition' | 'Alternation' | 'Alternative'
  readonly name?: string
  readonly definition?: readonly GrammarNode[]
}

/** A rule of the grammar. */
export interface GrammarRule extends GrammarNode {
  readonly type: 'Rule'
  readonly name: string
  readonly definition: readonly GrammarNode[]
}

const published = (node: ISerializedGast): GrammarNode | undefined => {
  const { type, name, definition } = node as ISerializedGast & {
    name?: string
    definition?: ISerializedGast[]
  }
  if (type === 'Terminal' && !isLexical(name as TokenKind)) return undefined
  const inner = definition?.map(published)
  // What needs an invalid token is no part of the language; of a choice, only the alternative goes.
  if (inner !== undefined && type !== 'Alternation' && type !== 'Rule' && inner.includes(undefined))
    return undefined
  return {
    type: type as GrammarNode['type'],
    ...(name === undefined || name === '' ? {} : { name }),
    ...(inner === undefined ? {} : { definition: inner.filter((child) => child !== undefined) }),
  }
}

/** The rules of the published grammar, the start rule first. */
export const publishedGrammar = (): readonly GrammarRule[] =>
  serializeGrammar([...grammarRules()]).map((rule) => published(rule) as GrammarRule)
