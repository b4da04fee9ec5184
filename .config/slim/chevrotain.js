/** What src/ imports as Chevrotain: its tokens, and its parser without what only the analysis of a grammar needs. */
export { EmbeddedActionsParser } from './parser.js'
export { createToken, EOF, Lexer } from './tokens.js'
