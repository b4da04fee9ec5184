/**
 * What generated modules import for regular expressions.
 * @module attrflow/runtime/patterns
 */

export { patternClause } from '../filter/runtime/pattern-clause.js'
export { replace } from '../functions/runtime/replace.js'
export { groupReplacement, patternReplacement } from '../functions/runtime/specialised-patterns.js'
