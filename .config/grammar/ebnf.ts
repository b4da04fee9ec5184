// The grammar for people, in W3C EBNF.
import { type TokenKind, tokenFragments, tokenKinds, tokenRules } from '../../src/syntax/repair/token-rules.js'
import type { GrammarNode, GrammarRule } from './gast.js'

const header = `/* The expression language of Entra attribute mappings.
   Generated from the parser by \`npm run generate\`.

   The notation is W3C EBNF: 'text', [characters], [^other characters], #x20 for a character by its code,
   x? for an optional x, x* for any number, x+ for at least one, x | y for a choice; !x means: not followed by x.

   Rules that begin with a small letter are made of tokens, and white space may stand between any two of them.
   Rules that begin with a capital are made of characters. Where several tokens fit, the longest is taken.
   F() has no arguments: a blank counts as an argument only next to a comma. */
`

const isLiteral = (ebnf: string): boolean => /^'[^']*'$/.test(ebnf)

/** Punctuation is clearer in place than by its name. */
const terminal = (name: string): string => {
  const { ebnf } = tokenRules[name as TokenKind]
  return ebnf !== undefined && isLiteral(ebnf) ? ebnf : name
}

const sequence = (nodes: readonly GrammarNode[]): string => nodes.map(print).join(' ')

const grouped = (nodes: readonly GrammarNode[]): string => {
  const [only] = nodes
  const isName = nodes.length === 1 && (only!.type === 'NonTerminal' || only!.type === 'Terminal')
  return isName ? sequence(nodes) : `(${sequence(nodes)})`
}

const print = (node: GrammarNode): string => {
  const inner = node.definition ?? []
  switch (node.type) {
    case 'NonTerminal':
      return node.name!
    case 'Terminal':
      return terminal(node.name!)
    case 'Option':
      return `${grouped(inner)}?`
    case 'Repetition':
      return `${grouped(inner)}*`
    case 'Alternation':
      return inner.map(print).join(' | ')
    default:
      return sequence(inner)
  }
}

/** The text of expression.ebnf. */
export const ebnf = (rules: readonly GrammarRule[]): string => {
  const tokens = tokenKinds.flatMap((kind): [string, string][] => {
    const text = tokenRules[kind].ebnf
    return text === undefined || isLiteral(text) ? [] : [[kind, text]]
  })
  const all = [...rules.map((rule): [string, string] => [rule.name, sequence(rule.definition)]), ...tokens]
  const fragments = Object.entries(tokenFragments)
  const width = Math.max(...[...all, ...fragments].map(([name]) => name.length))
  const line = ([name, text]: readonly [string, string]): string => `${name.padEnd(width)} ::= ${text}\n`
  return [
    header,
    ...rules.map((rule) => line([rule.name, sequence(rule.definition)])),
    '\n/* Tokens */\n',
    ...tokens.map(line),
    '\n/* Parts of tokens, and white space */\n',
    ...fragments.map(line),
  ].join('')
}
