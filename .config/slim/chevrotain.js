/** What src/ imports as Chevrotain: its tokens, and its parser without what only the analysis of a grammar needs. */
export { createToken, EOF } from '../../node_modules/chevrotain/lib/src/scan/tokens_public.js'
export { Lexer } from './lexer.js'
export { EmbeddedActionsParser } from './parser.js'
