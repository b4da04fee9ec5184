import { hasErrors } from '../../src/diagnostics/diagnostic.js'
import { analyzeExpression, compileExpression, environmentOf } from '../../src/expression/compile.js'
import { createInputTable } from '../../src/ir/inputs.js'
import { lowerExpression } from '../../src/ir/lowering.js'
import type { Unit } from '../../src/ir/unit.js'

/** Whether an expression has no errors. */
export const isAccepted = (text: string): boolean => !hasErrors(compileExpression(text).diagnostics)

/** The name of the root that a unit has for the expression at this position. */
export const rootName = (index: number): string => `target${index}`

/** A unit with a root for each expression, as an object mapping has one for each target attribute. No pass has run. */
export const unitOfAll = (texts: readonly string[]): Unit => {
  const environment = environmentOf()
  const inputs = createInputTable()
  const roots = texts.map((text, index) => ({
    name: rootName(index),
    node: lowerExpression(analyzeExpression(text, environment), environment, inputs),
  }))
  return { inputs: inputs.inputs(), shared: [], guard: undefined, roots }
}
