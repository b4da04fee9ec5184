/** Token types in the form that Chevrotain gives to those without a pattern and categories. */

/** Beyond the types that Chevrotain itself makes, where whole and slim are loaded together. */
let index = 16

export const createToken = ({ name, label = name, pattern }) => ({
  name,
  LABEL: label,
  PATTERN: pattern,
  tokenTypeIdx: index++,
  CATEGORIES: [],
  categoryMatches: [],
  categoryMatchesMap: {},
  isParent: false,
})

/** attrflow has a lexer of its own; of Chevrotain's it needs the pattern of tokens that no text yields. */
export const Lexer = { NA: /NOT_APPLICABLE/ }

export const EOF = createToken({ name: 'EOF', pattern: Lexer.NA })
