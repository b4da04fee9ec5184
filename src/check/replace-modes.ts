import type { DiagnosticExtras } from '../diagnostics/diagnostic.js'
import { replaceFix } from '../diagnostics/fix.js'
import type { FunctionDefinition } from '../functions/define.js'
import type { FunctionCall } from '../syntax/ast.js'
import { printExpression } from '../syntax/print.js'

/**
 * In most other languages, the three arguments of Replace are a text, the text to replace and its
 * replacement. Here the third is a regular expression, so the message shows the correct call.
 */
export const meantReplace = ({ name }: FunctionDefinition, node: FunctionCall): DiagnosticExtras => {
  const [source, old, replacement, ...others] = node.arguments
  if (name !== 'Replace' || others.length > 0) return {}
  if (source === undefined || source.type === 'OmittedArgument') return {}
  if (old === undefined || old.type === 'OmittedArgument') return {}
  if (replacement === undefined || replacement.type === 'OmittedArgument') return {}
  const [text, from, to] = [source, old, replacement].map((argument) => printExpression(argument))
  const call = `Replace(${text}, ${from}, , , ${to}, , )`
  return {
    hint: `The replacement is the fifth argument: ${call}.`,
    fixes: [replaceFix(`Write ${call}`, node.span.start, node.span.end, call, false)],
  }
}
