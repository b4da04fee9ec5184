/**
 * In place of Chevrotain's lexer, which the parser does not use: attrflow has one of its own. The parser only asks
 * it for the pattern of tokens that no text yields.
 */
export const Lexer = { NA: /NOT_APPLICABLE/ }

/** Exported beside it. */
export const LexerDefinitionErrorType = {}
