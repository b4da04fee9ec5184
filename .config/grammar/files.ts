// Everything below grammar/, by path.
import { standardLibrary } from '../../src/functions/index.js'
import { capabilities } from './capabilities.js'
import { ebnf } from './ebnf.js'
import { publishedGrammar } from './gast.js'
import { railroad } from './railroad.js'
import { textMateGrammar } from './textmate.js'

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** The generated files: their path below grammar/, and their text. */
export const grammarFiles = (): ReadonlyMap<string, string> => {
  const rules = publishedGrammar()
  return new Map([
    ['expression.ebnf', ebnf(rules)],
    ['expression.gast.json', json(rules)],
    ['attrflow.tmLanguage.json', json(textMateGrammar())],
    ['capabilities.json', json(capabilities(standardLibrary))],
    ...rules.map((rule): [string, string] => [`railroad/${rule.name}.svg`, railroad(rule)]),
  ])
}
