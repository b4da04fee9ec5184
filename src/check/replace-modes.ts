import type { DiagnosticExtras } from '../diagnostics/diagnostic.js'
import { replaceFix } from '../diagnostics/fix.js'
import type { FunctionDefinition } from '../functions/define.js'
import type { FunctionCall } from '../syntax/ast.js'
import { printExpression } from '../syntax/print.js'

/**
 * What a call of Replace with three arguments means in most other languages: the text, what to replace, and by what.
 * Here the third argument is a regular expression, so the call is shown as it has to be written.
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
