// The choices of the grammar and the tokens that decide them, as Chevrotain's analysis finds them: for .config/slim.
import {
  Alternation,
  EmbeddedActionsParser,
  getLookaheadPaths,
  type IProduction,
  NonTerminal,
  Option,
  Repetition,
  type Rule,
} from 'chevrotain'
import { grammarRules } from '../../src/syntax/grammar.js'

/** A place with a choice; for each way to go on, the kinds of tokens that lead there. */
type Choice = readonly [
  rule: string,
  method: 'OPTION' | 'MANY' | 'OR',
  occurrence: number,
  ways: readonly (readonly string[])[],
]

const choicesIn = (rule: Rule, production: IProduction & { definition?: IProduction[] }): readonly Choice[] => {
  // The rule it names has choices of its own.
  if (production instanceof NonTerminal) return []
  const inner = (production.definition ?? []).flatMap((part) => choicesIn(rule, part))
  const choice = (method: Choice[1], prodType: Parameters<typeof getLookaheadPaths>[0]['prodType']): Choice => {
    const occurrence = (production as Option).idx
    const paths = getLookaheadPaths({ occurrence, rule, prodType, maxLookahead: 1 })
    // Of what is optional, the second way is the one around it.
    const ways = method === 'OR' ? paths : paths.slice(0, 1)
    return [rule.name, method, occurrence, ways.map((way) => way.map(([token]) => token!.name))]
  }
  if (production instanceof Alternation) return [choice('OR', 'Alternation'), ...inner]
  if (production instanceof Option) return [choice('OPTION', 'Option'), ...inner]
  if (production instanceof Repetition) return [choice('MANY', 'Repetition'), ...inner]
  return inner
}

/** All choices of the grammar, in its order. */
export const lookaheadTable = (): readonly Choice[] =>
  grammarRules(EmbeddedActionsParser).flatMap((rule) => choicesIn(rule, rule))
