import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { replaceFix } from '../diagnostics/fix.js'
import type { AttributeReference, Expression } from '../syntax/ast.js'
import { visit } from '../syntax/walk.js'
import type { SourceRecord } from '../values/record.js'

/**
 * The attributes that an expression reads and an object lacks, while it has one whose name differs in case alone.
 * Without a schema that is no fault, for an absent attribute is null; but it is hardly meant.
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
    const hint = `Did you mean [${known}]? Names are case-sensitive, and an attribute that is absent is null.`
    const fixes = [replaceFix(`Write [${known}]`, span.start, span.end, `[${known}]`, false)]
    return [diagnostic('AF4908', span, { name: `[${name}]`, known: `[${known}]` }, { hint, fixes })]
  })
}
