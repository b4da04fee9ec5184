import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { replaceFix } from '../diagnostics/fix.js'
import type { AttributeReference, Expression } from '../syntax/ast.js'
import { visit } from '../syntax/walk.js'
import type { SourceRecord } from '../values/record.js'

/**
 * Attributes that an expression reads and an object lacks, although the object has one whose name differs
 * only in case. Without a schema this is not a fault, because an absent attribute is null, but it is probably
 * unintended.
 */
export const miscasedAttributes = (expression: Expression, record: SourceRecord): readonly Diagnostic[] => {
  const missing = new Map<string, AttributeReference>()
  visit(expression, (node) => {
    if (node.type === 'AttributeReference' && !Object.hasOwn(record, node.name) && !missing.has(node.name))
      missing.set(node.name, node)
  })
  if (missing.size === 0) return []
  const present = new Map(Object.keys(record).map((name) => [name.toLowerCase(), name]))
  return [...missing].flatMap(([name, { span }]) => {
    const known = present.get(name.toLowerCase())
    if (known === undefined) return []
    const hint = `Did you mean [${known}]? Names are case-sensitive, and an absent attribute is null.`
    const fixes = [replaceFix(`Write [${known}]`, span.start, span.end, `[${known}]`, false)]
    return [diagnostic('AF4908', span, { name: `[${name}]`, known: `[${known}]` }, { hint, fixes })]
  })
}
