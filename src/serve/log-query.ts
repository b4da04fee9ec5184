import type { JsonValue } from '../state/rows.js'
import { type Condition, fulfils, parseLogFilter, textAt } from './log-filter.js'

/** Which records are requested, in which order. */
interface LogQuery {
  readonly conditions: readonly Condition[]
  /** The number of records on a page. */
  readonly top: number
  readonly order: 'asc' | 'desc'
  /** The id of the last record of the previous page; undefined for the first page. */
  readonly after: string | undefined
  /** The members of a record that are returned; undefined for all. */
  readonly select: readonly string[] | undefined
}

/** A page of records. */
interface LogPage {
  readonly records: readonly JsonValue[]
  /** The `$skiptoken` of the next page; undefined for the last page. */
  readonly next: string | undefined
}

const MOST = 1000

/** Reads the query of a request for provisioning logs. Returns the reason as text if it is faulty. */
export const readLogQuery = (parameters: URLSearchParams): LogQuery | string => {
  const known = ['$filter', '$top', '$orderby', '$select', '$skiptoken']
  const unknown = [...parameters.keys()].find((name) => name.startsWith('$') && !known.includes(name))
  if (unknown !== undefined) return `The query takes ${known.join(', ')}, not ${unknown}.`
  const conditions = parseLogFilter(parameters.get('$filter') ?? '')
  if (typeof conditions === 'string') return conditions
  const top = parameters.get('$top') ?? '100'
  if (!/^\d{1,4}$/.test(top) || Number(top) < 1 || Number(top) > MOST)
    return `$top must be a whole number from 1 to ${MOST}.`
  const order = /^\s*activityDateTime(?:\s+(asc|desc))?\s*$/i.exec(
    parameters.get('$orderby') ?? 'activityDateTime desc',
  )
  if (order === null) return '$orderby must be activityDateTime asc or activityDateTime desc.'
  const select = parameters
    .get('$select')
    ?.split(',')
    .map((name) => name.trim())
  const strange = select?.find((name) => !/^[A-Za-z]\w*$/.test(name))
  if (strange !== undefined) return '$select must name members of a record, separated by commas.'
  return {
    conditions,
    select,
    top: Number(top),
    order: order[1]?.toLowerCase() === 'desc' ? 'desc' : 'asc',
    after: parameters.get('$skiptoken') ?? undefined,
  }
}

/**
 * The page of the log that is requested; empty if the log no longer contains the last record of the previous
 * page. Only one page is kept in memory.
 * @param log every record, the oldest first
 */
export const readLogPage = async (
  log: AsyncIterable<JsonValue>,
  { conditions, top, order, after, select }: LogQuery,
): Promise<LogPage> => {
  const found: JsonValue[] = []
  let isAfter = after === undefined || order === 'desc'
  let foundLast = after === undefined
  for await (const record of log) {
    const isLast = after !== undefined && textAt(record, ['id']) === after
    // In descending order the previous pages are the newer records.
    foundLast ||= isLast
    if (isLast && order === 'desc') break
    if (isAfter && fulfils(record, conditions)) found.push(record)
    isAfter ||= isLast
    if (found.length > top + 1) found.shift()
    if (order === 'asc' && found.length > top) break
  }
  if (!foundLast) return { records: [], next: undefined }
  const hasMore = found.length > top
  const records = order === 'asc' ? found.slice(0, top) : found.reverse().slice(0, top)
  return {
    records: records.map((record) => selected(record, select)),
    next: hasMore ? textAt(records.at(-1) ?? null, ['id']) : undefined,
  }
}

/** A record with some of its members. */
const selected = (record: JsonValue, names: readonly string[] | undefined): JsonValue => {
  if (names === undefined || typeof record !== 'object' || record === null || Array.isArray(record))
    return record
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  return Object.fromEntries(Object.entries(record).filter(([name]) => wanted.has(name.toLowerCase())))
}
