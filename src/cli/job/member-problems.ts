import type { LdapChanges, RemovedReason } from '../../connect/index.js'
import { shown } from '../../text/shown.js'
import { jsonForMessage } from '../../values/json-for-message.js'
import { boolean, isText, type OptionRule, oneOf, text, unknownName } from '../../values/options.js'

/** A part of a job file. */
type Part = Readonly<Record<string, unknown>>

/**
 * Returns what is wrong if a part of a job file has a member that is not known; undefined if all are.
 * @param place the part, such as `target.objects.User`; "" for the whole file
 */
export const unknownMember = (place: string, part: Part, known: readonly string[]): string | undefined => {
  const other = Object.keys(part).find((name) => !known.includes(name))
  return other === undefined
    ? undefined
    : unknownName(`unknown member ${inPlace(place, shown(other))}`, other, known)
}

const inPlace = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`)

const choice = (...values: readonly string[]): OptionRule => ({
  ...oneOf(...values),
  takes: values.join(' or '),
})

const missing: readonly (RemovedReason | 'ignore')[] = ['softDeleted', 'hardDeleted', 'unassigned', 'ignore']
const changes: readonly LdapChanges[] = ['usn', 'accesslog', 'changelog', 'timestamp']

/** What members of sources and targets take that mean the same in all that have them. */
const endMembers: Readonly<Record<string, OptionRule>> = {
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
  rdn: text,
  container: text,
  dn: text,
  emptyMember: text,
  objectClasses: {
    takes: 'a list of object classes',
    accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(isText),
  },
  content: choice('full', 'delta'),
  missing: choice(...missing),
  changes: choice(...changes),
  requestTimeout: {
    takes: 'a number of milliseconds above 0',
    accepts: (value) => typeof value === 'number' && value > 0,
  },
  concurrency: {
    takes: 'a whole number of requests above 0',
    accepts: (value) => Number.isSafeInteger(value) && (value as number) > 0,
  },
}

/**
 * Returns what is wrong with the value of a member of a part; undefined if nothing is.
 * @param rules what members take; default: those of sources and targets
 */
export const wrongMember = (place: string, part: Part, rules = endMembers): string | undefined => {
  for (const [name, { takes, accepts }] of Object.entries(rules))
    if (part[name] !== undefined && !accepts(part[name]))
      return `${inPlace(place, name)} takes ${takes}, not ${shown(jsonForMessage(part[name]))}`
  return undefined
}
