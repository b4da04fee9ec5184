import type { JsonValue } from '../state/rows.js'

type Operator = 'eq' | 'ge' | 'le' | 'gt' | 'lt' | 'contains'

/** A condition of `$filter` on provisioning logs: a field, an operator, a text. */
export interface Condition {
  readonly field: string
  readonly operator: Operator
  readonly value: string
}

const TIME = 'activitydatetime'

/** The documented fields, in lower case, with their paths in a record. */
const fields: Readonly<Record<string, readonly string[]>> = {
  id: ['id'],
  jobid: ['jobId'],
  cycleid: ['cycleId'],
  changeid: ['changeId'],
  [TIME]: ['activityDateTime'],
  provisioningaction: ['provisioningAction'],
  'statusinfo/status': ['provisioningStatusInfo', 'status'],
  'provisioningstatusinfo/status': ['provisioningStatusInfo', 'status'],
  'provisioningstatusinfo/errorinformation/errorcode': [
    'provisioningStatusInfo',
    'errorInformation',
    'errorCode',
  ],
  errorcode: ['provisioningStatusInfo', 'errorInformation', 'errorCode'],
  'sourcesystem/displayname': ['sourceSystem', 'displayName'],
  'targetsystem/displayname': ['targetSystem', 'displayName'],
  'sourceidentity/id': ['sourceIdentity', 'id'],
  'sourceidentity/identitytype': ['sourceIdentity', 'identityType'],
  'targetidentity/id': ['targetIdentity', 'id'],
  'targetidentity/identitytype': ['targetIdentity', 'identityType'],
}

const TEXT = "'((?:[^']|'')*)'"

/** Parses `field eq 'text' and contains(field,'text') and …`. For anything else it returns the reason as text. */
export const parseLogFilter = (text: string): readonly Condition[] | string => {
  if (text.trim() === '') return []
  const conditions: Condition[] = []
  const called = `contains\\(\\s*([A-Za-z/]+)\\s*,\\s*${TEXT}\\s*\\)`
  const compared = `([A-Za-z/]+)\\s+(eq|ge|le|gt|lt)\\s+(?:${TEXT}|([^\\s']+))`
  const pattern = new RegExp(`\\s*(?:${called}|${compared})\\s*(and\\s+(?=\\S)|$)`, 'y')
  for (let at = 0; at < text.length; at = pattern.lastIndex) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match === null)
      return `$filter must have the form field eq 'text' and contains(field,'text') and …; it differs at position ${at}.`
    const [, inCall, sought, name = inCall ?? '', operator = 'contains', quoted, bare] = match
    const field = name.toLowerCase()
    if (!Object.hasOwn(fields, field))
      return `$filter has no field ${name}; its fields are ${Object.keys(fields).join(', ')}.`
    const value = (sought ?? quoted ?? bare ?? '').replaceAll("''", "'")
    const time = Date.parse(value)
    if (field === TIME && operator !== 'contains' && Number.isNaN(time))
      return `$filter compares ${name} with a time, such as 2026-01-31T00:00:00Z.`
    conditions.push({
      field,
      operator: operator as Operator,
      value: field === TIME && operator !== 'contains' ? new Date(time).toISOString() : value,
    })
  }
  return conditions
}

/** The text at a path of a record; "" if there is none. */
export const textAt = (record: JsonValue, path: readonly string[]): string => {
  let value: JsonValue | undefined = record
  for (const step of path)
    value =
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, step)
        ? (value as Readonly<Record<string, JsonValue>>)[step]
        : undefined
  return typeof value === 'string' ? value : ''
}

const compares: Readonly<Record<Operator, (a: string, b: string) => boolean>> = {
  eq: (a, b) => a === b,
  ge: (a, b) => a >= b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  lt: (a, b) => a < b,
  contains: (a, b) => a.includes(b),
}

/** Whether a record fulfils every condition. Texts are compared without case. */
export const fulfils = (record: JsonValue, conditions: readonly Condition[]): boolean =>
  conditions.every(({ field, operator, value }) =>
    compares[operator](textAt(record, fields[field] ?? []).toLowerCase(), value.toLowerCase()),
  )
