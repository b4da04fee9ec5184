import { createCodegenBackend } from './plan/codegen/in-process.js'
import type { Backend } from './plan/plan.js'
import * as runtime from './runtime.js'

export type { Backend } from './plan/plan.js'

/**
 * The code-generating backend for one process, opt-in: `compileExpression(text, { backend: codegen })`. It calls
 * `new Function`; where that is forbidden, leave it out, and closures do the work.
 */
export const codegen: Backend = createCodegenBackend(runtime)
