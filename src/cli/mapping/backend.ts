import { codegen } from '../../codegen.js'
import { type Backend, planUnit } from '../../plan/plan.js'

/** Generated code if the process allows it, else closures. */
export const codegenWhereAllowed: Backend = (unit) => {
  try {
    return codegen(unit)
  } catch (error) {
    if (error instanceof EvalError) return planUnit(unit)
    throw error
  }
}
