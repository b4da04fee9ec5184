import { mayBeMissing } from '../../functions/domain.js'
import { callsOf, domainOf, sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const coalesceOrder: Rule = defineRule({
  id: 'coalesce-order',
  code: 'AF9241',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Coalesce')) {
      const args = call.node.arguments
      const filled = args.findIndex((argument) => {
        const domain = argument.type === 'OmittedArgument' ? undefined : domainOf(context, argument)
        return domain !== undefined && domain.kinds !== 0 && !mayBeMissing(domain)
      })
      const argument = args[filled]
      if (
        filled >= 0 &&
        filled < args.length - 1 &&
        argument !== undefined &&
        argument.type !== 'OmittedArgument'
      )
        report(argument.span, { argument: sourceOf(context, argument) })
    }
  },
})
