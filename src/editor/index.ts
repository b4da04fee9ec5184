/** What an editor shows while expressions and schemas are written, as pure functions without a protocol. */
export { type CallArgument, type CursorPosition, type EnclosingCall, positionAt } from './position.js'
export type { OpenToken } from './scan.js'
