/**
 * Help while expressions and schemas are written, as pure functions without a protocol.
 * @module attrflow/editor
 */

export { completeExpression } from './complete.js'
export { completeOperator } from './complete-operator.js'
export type { CompletionItem, CompletionKind } from './completion-item.js'
export type { EditorContext } from './context.js'
export { describeExpression } from './describe.js'
export { type Hover, hoverExpression } from './hover.js'
export { type CallArgument, type CursorPosition, type EnclosingCall, positionAt } from './position.js'
export { type QuickFix, quickFixes } from './quick-fix.js'
export { type RenameEdit, type RenameRequest, type RenameResult, renameAttribute } from './rename.js'
export { isAttributeName, renameInExpression } from './rename-in-expression.js'
export type { OpenToken } from './scan.js'
export {
  type ParameterHelp,
  type SignatureHelp,
  type SignatureInformation,
  signatureHelp,
} from './signature-help.js'
