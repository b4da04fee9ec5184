import type { LexicalRule } from './lexical-rule.js'
import { member } from './method-rules.js'
import { comparison, foreignOperator, indexer, negation, otherwise } from './operator-rules.js'
import {
  backslash,
  backTicks,
  entity,
  markdownString,
  singleQuotes,
  typographicQuotes,
} from './quote-rules.js'
import { wordOperator, wordTest } from './word-operators.js'
import {
  comment,
  ellipsis,
  leadingEquals,
  lookalike,
  placeholder,
  semicolon,
  unquotedText,
} from './word-rules.js'

/** The rules in the order they are tried. */
export const lexicalRules: readonly LexicalRule[] = [
  leadingEquals,
  entity,
  comment,
  indexer,
  member,
  wordTest,
  wordOperator,
  comparison,
  foreignOperator,
  otherwise,
  negation,
  singleQuotes,
  typographicQuotes,
  markdownString,
  backTicks,
  backslash,
  semicolon,
  ellipsis,
  placeholder,
  unquotedText,
  lookalike,
]
