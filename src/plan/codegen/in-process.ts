import { type Backend, type Plan, planUnit } from '../plan.js'
import { generateUnit } from './generate.js'
import { type RuntimeNamespace, UnknownBody } from './module-scope.js'

/**
 * The code-generating backend, for processes that allow `new Function`. It is opt-in: nothing else in the library
 * generates code at run time. A unit that calls functions of the caller's own, which the runtime does not know,
 * is planned with closures instead.
 */
export const createCodegenBackend =
  (runtime: RuntimeNamespace): Backend =>
  (unit) => {
    const plan = planUnit(unit)
    try {
      const { imports, lines } = generateUnit(unit, runtime)
      const text = lines.map((line) => line.text).join('\n')
      const header = imports.length === 0 ? '' : `const { ${imports.join(', ')} } = runtime\n`
      const make = new Function('runtime', `'use strict'\n${header}${text}\nreturn run`)
      return { ...plan, run: make(runtime) as Plan['run'] }
    } catch (thrown) {
      if (thrown instanceof UnknownBody) return plan
      throw thrown
    }
  }
