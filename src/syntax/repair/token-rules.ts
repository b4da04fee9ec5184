/** The kinds of tokens in the language. */
export type TokenKind =
  | 'String'
  | 'Hexadecimal'
  | 'Decimal'
  | 'Integer'
  | 'Attribute'
  | 'Placeholder'
  | 'Name'
  | 'LeftParenthesis'
  | 'RightParenthesis'
  | 'Comma'
  | 'Ampersand'
  | 'ComparisonOperator'
  | InvalidTokenKind

/** Tokens that never occur in a text: the repair of a faulty text inserts them as placeholders. */
export type InvalidTokenKind = 'InvalidOperand' | 'InvalidOperator'

/** One kind of token: its name for people, and its rule as the published grammar states it. */
export interface TokenRule {
  readonly label: string
  /** In W3C EBNF, where `!X` means: not followed by X. Absent for tokens that no text yields. */
  readonly ebnf?: string
}

/** The tokens in the order in which the lexer tries them. */
export const tokenRules: Readonly<Record<TokenKind, TokenRule>> = {
  String: { label: 'a string', ebnf: `'"' ([^"#x5C] | '\\\\' | '\\"' | '\\' !["#x5C])* '"'` },
  Hexadecimal: { label: 'a number', ebnf: `'&H' [0-9A-Fa-f]+ !NameCharacter` },
  Decimal: { label: 'a number', ebnf: `'-'? [0-9]+ '.' [0-9]+` },
  Integer: { label: 'a number', ebnf: `'-'? [0-9]+` },
  Attribute: { label: 'an attribute', ebnf: `'[' Blank* (AttributePart (Blank* AttributePart)*) Blank* ']'` },
  Placeholder: { label: 'a placeholder', ebnf: `'%' NameStart (NameCharacter | [.#x2D])* '%'` },
  Name: { label: 'a name', ebnf: 'NameStart NameCharacter*' },
  LeftParenthesis: { label: '"("', ebnf: `'('` },
  RightParenthesis: { label: '")"', ebnf: `')'` },
  Comma: { label: '","', ebnf: `','` },
  Ampersand: { label: '"&"', ebnf: `'&'` },
  ComparisonOperator: { label: 'a comparison', ebnf: `'=' | '<>' | '<=' | '>=' | '<' | '>'` },
  InvalidOperand: { label: 'a value' },
  InvalidOperator: { label: 'an operator' },
}

/** The rules that the tokens' rules refer to, as the published grammar states them. */
export const tokenFragments: Readonly<Record<string, string>> = {
  AttributePart: `[^#x5B#x5D#x22#x5C#xD#xA#x20#x9#xA0#xFEFF] | AttributeFilter | '"' [^"#x5C#xD#xA]* '"'`,
  AttributeFilter: `'[' (Blank | AttributePart)* ']'`,
  NameStart:
    '[A-Za-z_#xC0-#xD6#xD8-#xF6#xF8-#x2FF#x370-#x37D#x37F-#x167F#x1681-#x1FFF#x2C00-#x2FEF#x3005-#xD7FF#xF900-#xFDCF]',
  NameCharacter: 'NameStart | [0-9#x300-#x36F]',
  Blank: '[#x20#x9#xA0#xFEFF]',
  WhiteSpace: 'Blank | [#xD#xA]',
}

const letters =
  'A-Za-z_\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u167f\\u1681-\\u1fff\\u2c00-\\u2fef\\u3005-\\ud7ff\\uf900-\\ufdcf'

/** Source of a character class (without brackets) of what may begin a name. */
export const nameStart: string = letters

/** Source of a character class (without brackets) of what may continue a name. */
export const nameCharacter: string = `${letters}0-9\\u0300-\\u036f`

/** The kinds of tokens in their order. */
export const tokenKinds: readonly TokenKind[] = Object.keys(tokenRules) as TokenKind[]

/** Whether some text yields tokens of this kind. */
export const isLexical = (kind: TokenKind): boolean => tokenRules[kind].ebnf !== undefined
