/**
 * Renders trees and diagnostics for people: expressions in one line or several, and frames with carets.
 * @module attrflow/print
 */

export { type FrameOptions, renderFrame } from './diagnostics/frame.js'
export { integerParametersOf } from './functions/graph-type.js'
export { type PrettyOptions, prettyExpression } from './syntax/pretty.js'
export { type PrintOptions, printExpression } from './syntax/print.js'
