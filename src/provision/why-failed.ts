import type { MappedObject } from '../mapping/mapped-object.js'
import { objectReasons } from '../mapping/reasons.js'
import { withoutRedactedValues } from '../mapping/redacted.js'
import { redactedMessage } from '../values/fault.js'
import type { JobMapping } from './job.js'

/** How many attributes are named. */
const NAMED = 3

/**
 * Why an object cannot be mapped, for people: the target attributes that failed, each with its fault. Redacted
 * values are not quoted.
 */
export const whyFailed = ({ compiled }: JobMapping, mapped: MappedObject): string => {
  const faults = mapped.attributes.flatMap(({ attribute, decision }) => {
    if (decision.flows || decision.reason !== 'failed') return []
    const [fault] = decision.error.diagnostics
    if (fault === undefined) return []
    const message = attribute.redacted ? redactedMessage(fault.code) : fault.message
    return [`${attribute.mapping.targetAttributeName}: ${message}`]
  })
  const rest = faults.length - NAMED
  if (faults.length > 0)
    return [...faults.slice(0, NAMED), ...(rest > 0 ? [`and ${rest} more`] : [])].join(' ')
  const [first] = withoutRedactedValues(compiled, mapped.diagnostics)
  return first?.message ?? objectReasons[mapped.reason]
}
