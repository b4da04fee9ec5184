import { shown } from '../../text/shown.js'
import { closest } from '../../text/suggest.js'
import { jsonForMessage } from '../../values/json-for-message.js'
import { boolean, type OptionRule, text } from '../../values/options.js'

/**
 * Returns what is wrong if a part of a job file has a member that is not known; undefined if all are.
 * @param place the part, such as `target.objects.User`
 */
export const unknownMember = (
  place: string,
  part: Readonly<Record<string, unknown>>,
  known: readonly string[],
): string | undefined => {
  const other = Object.keys(part).find((name) => !known.includes(name))
  if (other === undefined) return undefined
  const near = closest(other, known)
  const meant = near === undefined ? '' : ` did you mean ${near}?`
  return `unknown member ${place}.${shown(other)};${meant} the known names are ${known.join(', ')}`
}

/** What members take that mean the same in every source and target. */
const members: Readonly<Record<string, OptionRule>> = {
  token: text,
  tokenUrl: text,
  clientId: text,
  clientSecret: text,
  scope: text,
  compliant: boolean,
  activeDirectory: boolean,
  passwordAfterAdd: boolean,
  trustAnyCertificate: boolean,
  anchor: text,
  requestTimeout: {
    takes: 'a number of milliseconds above 0',
    accepts: (value) => typeof value === 'number' && value > 0,
  },
  concurrency: {
    takes: 'a whole number of requests above 0',
    accepts: (value) => Number.isSafeInteger(value) && (value as number) > 0,
  },
}

/** Returns what is wrong with the value of a member of a source or target; undefined if nothing is. */
export const wrongMember = (place: string, part: Readonly<Record<string, unknown>>): string | undefined => {
  for (const [name, { takes, accepts }] of Object.entries(members))
    if (part[name] !== undefined && !accepts(part[name]))
      return `${place}.${name} takes ${takes}, not ${shown(jsonForMessage(part[name]))}`
  return undefined
}
