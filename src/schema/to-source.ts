import { bindCalls } from '../check/bind.js'
import type { BoundCalls } from '../check/bound.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { FunctionLibrary } from '../functions/library.js'
import type { Expression, FunctionCall } from '../syntax/ast.js'
import { printExpression, quoteString } from '../syntax/print.js'
import type { SourceType } from './enums.js'
import type { AttributeMappingParameter, AttributeMappingSource } from './model.js'
import { storedForm } from './stored-form.js'

/** The result of {@link toSource}. */
export interface ToSourceResult {
  /** Null if the expression cannot be stored as a tree; `diagnostics` gives the reasons. */
  readonly source: AttributeMappingSource | null
  /** Positions are those of the expression. Empty if the expression has only syntax errors. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Converts an expression to the tree that Graph stores: declared keys, no entry for a blank argument, a key
 * repeated for each value of a repeating parameter, the condition of IIF in the slots `one` `two` `three`.
 * Each node has its canonical text; the text of a constant is always quoted, even if it is bare in its
 * parent's text. Names such as `True` and placeholders become constants with bare text.
 */
export const toSource = (expression: Expression, library: FunctionLibrary): ToSourceResult => {
  const { expression: stored, diagnostics } = storedForm(expression, library)
  const source = diagnostics.length > 0 ? null : build(stored, bindCalls(stored, library))
  return { source, diagnostics }
}

const node = (
  type: SourceType,
  name: string,
  expression: string,
  parameters: readonly AttributeMappingParameter[] = [],
): AttributeMappingSource => ({ expression, name, parameters, type })

const constant = (value: string): AttributeMappingSource => node('Constant', value, quoteString(value))

/** The tree of an expression in stored form; null if the parser did not understand a part of it. */
const build = (expression: Expression, calls: BoundCalls): AttributeMappingSource | null => {
  switch (expression.type) {
    case 'AttributeReference':
      return node('Attribute', expression.name, printExpression(expression))
    case 'StringLiteral':
      return constant(expression.value)
    case 'IntegerLiteral':
    case 'DecimalLiteral':
      return constant(expression.text)
    case 'Placeholder':
    case 'Name': {
      const text = printExpression(expression)
      return node('Constant', text, text)
    }
    case 'FunctionCall': {
      const parameters = parametersOf(expression, calls)
      return parameters && node('Function', expression.name, printExpression(expression), parameters)
    }
    default:
      return null
  }
}

const parametersOf = (call: FunctionCall, calls: BoundCalls): readonly AttributeMappingParameter[] | null => {
  const found = calls.get(call)
  if (found === undefined) return null
  const { definition, arguments: bound } = found
  const parameters: AttributeMappingParameter[] = []
  const add = (key: string, value: AttributeMappingSource | null): boolean => {
    if (value !== null) parameters.push({ key, value })
    return value !== null
  }
  for (const { argument, parameter, position } of bound) {
    if (argument.type === 'OmittedArgument') continue
    // In stored form, a comparison can only be the condition of IIF.
    const done =
      argument.type === 'Comparison' && definition.form === 'conditional' && position === 0
        ? add('one', build(argument.left, calls)) &&
          add('two', constant(argument.operator)) &&
          add('three', build(argument.right, calls))
        : add(parameter.key, build(argument, calls))
    if (!done) return null
  }
  return parameters
}
