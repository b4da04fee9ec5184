import { DotnetFailure } from '../../dotnet/failure.js'
import { raise } from '../../values/fault.js'
import { display } from '../../values/text.js'
import type { Value } from '../../values/value.js'

/**
 * Turns a DotnetFailure into an evaluation error of the function. Anything else is rethrown.
 * @param value the value the function could not use
 * @param expected the expected value, with an article
 */
export const raiseDotnet = (thrown: unknown, functionName: string, value: Value, expected: string): never => {
  if (!(thrown instanceof DotnetFailure)) throw thrown
  switch (thrown.kind) {
    case 'format':
      return raise('AF5001', { function: functionName, value: display(value), expected })
    case 'argument':
      return raise('AF5013', { function: functionName, expected, found: display(value) })
    default:
      return raise('AF5002', { function: functionName, reason: thrown.message })
  }
}
