import type { Unit } from '../../ir/unit.js'
import { type Backend, type Plan, planUnit } from '../plan.js'
import { type GeneratedUnit, generateUnit } from './generate.js'
import { type RuntimeNamespace, UnknownBody } from './module-scope.js'

/** Generates a unit, and names the bodies that the runtime lacks. */
const generateWithOwn = (
  unit: Unit,
  runtime: RuntimeNamespace,
): { readonly generated: GeneratedUnit; readonly namespace: RuntimeNamespace } => {
  let namespace = runtime
  for (let own = 0; ; own++) {
    try {
      return { generated: generateUnit(unit, namespace), namespace }
    } catch (thrown) {
      if (!(thrown instanceof UnknownBody) || thrown.body === undefined) throw thrown
      namespace = { ...namespace, [`own${own}`]: thrown.body }
    }
  }
}

/**
 * The code-generating backend, for processes that allow `new Function`. It is opt-in: nothing else in the
 * library generates code at run time. The code gets user-defined functions in addition to the runtime.
 */
export const createCodegenBackend =
  (runtime: RuntimeNamespace): Backend =>
  (unit) => {
    const plan = planUnit(unit)
    const { generated, namespace } = generateWithOwn(unit, runtime)
    const text = generated.lines.map((line) => line.text).join('\n')
    const { imports } = generated
    const header = imports.length === 0 ? '' : `const { ${imports.join(', ')} } = runtime\n`
    const make = new Function('runtime', `'use strict'\n${header}${text}\nreturn run`)
    return { ...plan, run: make(namespace) as Plan['run'] }
  }
