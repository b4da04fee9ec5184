import { standardLibrary } from '../../src/functions/index.js'
import type { DiagnosticCode } from '../../src/index.js'
import { createContext, type EvaluationContext } from '../../src/values/context.js'
import { Fault } from '../../src/values/fault.js'
import type { FlowMarker } from '../../src/values/marker.js'
import { seededRandom } from '../../src/values/random.js'
import { resolveSettings } from '../../src/values/resolve-settings.js'

import type { Value } from '../../src/values/value.js'

/** A context with a fixed clock and a repeatable generator. */
export const testContext = (seed = 1): EvaluationContext =>
  createContext({ now: '2024-05-06T07:08:09Z', random: seededRandom(seed) }, resolveSettings())

/** Calls the body of a function as a backend does: arguments padded, then the settings. */
export const call = (name: string, ...args: readonly unknown[]): Value | FlowMarker =>
  callIn(testContext(), name, ...args)

/** {@link call} in a context of one's own. */
export const callIn = (
  context: EvaluationContext,
  name: string,
  ...args: readonly unknown[]
): Value | FlowMarker => {
  const definition = standardLibrary.get(name)
  if (definition?.evaluate === undefined) throw new Error(`there is no body of ${name}`)
  const padding = Math.max(0, definition.parameters.length - args.length)
  const settings = definition.settings.map((setting) => context.settings[setting])
  const repeats = definition.parameters.some((parameter) => parameter.repeating)
  return definition.evaluate(
    ...(definition.takesContext ? [context] : []),
    ...args,
    ...(repeats ? [] : new Array(padding).fill(undefined)),
    ...settings,
  )
}

/** The code of the evaluation error that a call raises; undefined when it gives a value. */
export const faultOf = (run: () => unknown): DiagnosticCode | undefined => {
  try {
    run()
    return undefined
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.code
    throw thrown
  }
}
