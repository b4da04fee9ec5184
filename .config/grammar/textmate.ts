// The TextMate grammar, for editors and syntax highlighters.
import { nameCharacter, nameStart } from '../../src/syntax/repair/token-rules.js'

/** The scope that each kind of token is given, by which the tests compare it with the lexer. */
export const scopes = {
  String: 'string.quoted.double.attrflow',
  Hexadecimal: 'constant.numeric.hexadecimal.attrflow',
  Decimal: 'constant.numeric.decimal.attrflow',
  Integer: 'constant.numeric.integer.attrflow',
  Attribute: 'variable.other.attribute.attrflow',
  Placeholder: 'constant.other.placeholder.attrflow',
  Call: 'entity.name.function.attrflow',
  Constant: 'constant.language.attrflow',
  Name: 'variable.other.constant.attrflow',
  LeftParenthesis: 'punctuation.section.parens.begin.attrflow',
  RightParenthesis: 'punctuation.section.parens.end.attrflow',
  Comma: 'punctuation.separator.arguments.attrflow',
  Ampersand: 'keyword.operator.concatenation.attrflow',
  ComparisonOperator: 'keyword.operator.comparison.attrflow',
  Invalid: 'invalid.illegal.attrflow',
} as const

/** Oniguruma writes characters by their code as \x{…}. */
const onig = (characters: string): string => characters.replace(/\\u([0-9a-f]{4})/g, '\\x{$1}')

const start = onig(nameStart)
const part = onig(nameCharacter)
const white = '[\\s\\x{a0}\\x{feff}]'

/** The grammar as the object that tmLanguage.json holds. */
export const textMateGrammar = (): object => ({
  $schema: 'https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json',
  name: 'attrflow',
  scopeName: 'source.attrflow',
  fileTypes: ['attrflow'],
  patterns: [
    { include: '#string' },
    { include: '#attribute' },
    { match: `%[${start}][${part}.-]*%`, name: scopes.Placeholder },
    { match: `&H[0-9A-Fa-f]+(?![${part}])`, name: scopes.Hexadecimal },
    { match: '-?[0-9]+\\.[0-9]+', name: scopes.Decimal },
    { match: '-?[0-9]+', name: scopes.Integer },
    { match: `[${start}][${part}]*(?=${white}*\\()`, name: scopes.Call },
    {
      match: `(?:True|False|NULL|IgnoreAttributeFlow|IgnoreObjectFlow)(?![${part}])`,
      name: scopes.Constant,
    },
    { match: `[${start}][${part}]*`, name: scopes.Name },
    { match: '<>|<=|>=|[=<>]', name: scopes.ComparisonOperator },
    { match: '&', name: scopes.Ampersand },
    { match: ',', name: scopes.Comma },
    { match: '\\(', name: scopes.LeftParenthesis },
    { match: '\\)', name: scopes.RightParenthesis },
    { match: '[^\\s\\x{a0}\\x{feff}]', name: scopes.Invalid },
  ],
  repository: {
    string: {
      begin: '"',
      end: '"',
      beginCaptures: { 0: { name: 'punctuation.definition.string.begin.attrflow' } },
      endCaptures: { 0: { name: 'punctuation.definition.string.end.attrflow' } },
      name: scopes.String,
      patterns: [{ match: '\\\\["\\\\]', name: 'constant.character.escape.attrflow' }],
    },
    attribute: {
      begin: '\\[',
      end: '\\]',
      beginCaptures: { 0: { name: 'punctuation.definition.variable.begin.attrflow' } },
      endCaptures: { 0: { name: 'punctuation.definition.variable.end.attrflow' } },
      name: scopes.Attribute,
      patterns: [{ include: '#filter' }, { include: '#filterString' }],
    },
    filter: {
      begin: '\\[',
      end: '\\]',
      patterns: [{ include: '#filter' }, { include: '#filterString' }],
    },
    filterString: { begin: '"', end: '"' },
  },
})
