import type { JsonValue } from '../state/rows.js'

/** A condition of `$filter` on provisioning logs: a field, an operator, a text. */
interface Condition {
  readonly field: string
  readonly operator: 'eq' | 'ge' | 'le' | 'gt' | 'lt'
  readonly value: string
}

/** The documented fields, in lower case, with their paths in a record. */
const fields: Readonly<Record<string, readonly string[]>> = {
  id: ['id'],
  jobid: ['jobId'],
  cycleid: ['cycleId'],
  changeid: ['changeId'],
  activitydatetime: ['activityDateTime'],
  provisioningaction: ['provisioningAction'],
  'statusinfo/status': ['provisioningStatusInfo', 'status'],
  'provisioningstatusinfo/status': ['provisioningStatusInfo', 'status'],
  'provisioningstatusinfo/errorinformation/errorcode': [
    'provisioningStatusInfo',
    'errorInformation',
    'errorCode',
  ],
  errorcode: ['provisioningStatusInfo', 'errorInformation', 'errorCode'],
  'sourceidentity/id': ['sourceIdentity', 'id'],
  'targetidentity/id': ['targetIdentity', 'id'],
}

/** Parses `field eq 'text' and …`. For anything else it returns the reason as text. */
export const parseLogFilter = (text: string): readonly Condition[] | string => {
  if (text.trim() === '') return []
  const conditions: Condition[] = []
  const pattern = /\s*([A-Za-z/]+)\s+(eq|ge|le|gt|lt)\s+(?:'((?:[^']|'')*)'|(\S+))\s*(and\b|$)/y
  for (let at = 0; at < text.length; at = pattern.lastIndex) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match === null)
      return `$filter must have the form field eq 'text' and …; it differs at position ${at}.`
    const field = match[1]!.toLowerCase()
    if (!Object.hasOwn(fields, field))
      return `$filter has no field ${match[1]}; its fields are ${Object.keys(fields).join(', ')}.`
    const value = match[3]?.replaceAll("''", "'") ?? match[4]!
    conditions.push({ field, operator: match[2] as Condition['operator'], value })
  }
  return conditions
}

const valueAt = (record: JsonValue, path: readonly string[]): string => {
  let value: JsonValue | undefined = record
  for (const step of path)
    value =
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, step)
        ? (value as Readonly<Record<string, JsonValue>>)[step]
        : undefined
  return typeof value === 'string' ? value : ''
}

const compares: Readonly<Record<Condition['operator'], (a: string, b: string) => boolean>> = {
  eq: (a, b) => a === b,
  ge: (a, b) => a >= b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  lt: (a, b) => a < b,
}

/** Whether a record fulfils every condition. Texts are compared without case, as Graph does. */
export const fulfils = (record: JsonValue, conditions: readonly Condition[]): boolean =>
  conditions.every(({ field, operator, value }) =>
    compares[operator](valueAt(record, fields[field]!).toLowerCase(), value.toLowerCase()),
  )
