import type { ListTable, SqlSourceTable, SqlTable, TableStatements } from '../../connect/index.js'
import { shown } from '../../text/shown.js'
import { isJsonObject } from '../../values/json-object.js'
import { unknownMember } from './member-problems.js'

/** The part of a job file about a database. The members of each table are those of the connector. */
export interface SqlFile<Table extends SqlTable | SqlSourceTable> {
  /** `postgres://user@host/database`, `mariadb://user@host/database`, or `sqlite:PATH` relative to the job file's folder. */
  readonly sql: string
  readonly tables: Readonly<Record<string, Table>>
}

const textMembers = (one: unknown, names: readonly string[]): string | undefined => {
  if (!isJsonObject(one)) return `needs ${names.join(', ')}`
  const missing = names.find((name) => typeof one[name] !== 'string' || one[name] === '')
  return missing === undefined ? undefined : `needs ${missing}`
}

const statementNames: readonly (keyof TableStatements)[] = [
  ...(['create', 'update', 'delete', 'read', 'find', 'list'] as const),
]

const isStatement = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''

/** Returns what is wrong with the statements of a table; undefined if they are valid. */
const statementsProblem = (place: string, statements: unknown): string | undefined => {
  if (!isJsonObject(statements)) return `${place} must name statements: ${statementNames.join(', ')}`
  const unknown = unknownMember(place, statements, statementNames)
  if (unknown !== undefined) return unknown
  const { find, ...single } = statements
  if (find !== undefined && !isJsonObject(find))
    return `${place}.find must name a statement for each matching attribute`
  const all = [
    ...Object.entries(single),
    ...Object.entries(find ?? {}).map(([attribute, one]) => [`find.${shown(attribute)}`, one] as const),
  ]
  const [wrong] = all.find(([, one]) => !isStatement(one)) ?? []
  return wrong === undefined ? undefined : `${place}.${wrong} must be a statement`
}

const listNames: readonly (keyof ListTable)[] = ['table', 'key', 'value']

/**
 * Returns what is wrong with a database of a job file; undefined if it is valid. @param what `source` or
 * `target`
 */
export const sqlProblem = (
  what: string,
  file: Readonly<Record<string, unknown>>,
  members: readonly string[],
): string | undefined => {
  const address = String(file.sql)
  if (!/^(sqlite:.|(postgres(ql)?|mariadb):\/\/|\$\{)/i.test(address))
    return `${what}.sql must be postgres://user@host/database, mariadb://user@host/database, sqlite:PATH, or an environment variable`
  if (!isJsonObject(file.tables) || Object.keys(file.tables).length === 0)
    return `${what}.tables must name a table for each kind of object, such as User: { table: users, anchor: id }`
  for (const [kind, table] of Object.entries(file.tables)) {
    const place = `${what}.tables.${shown(kind)}`
    const problem = textMembers(table, ['table', 'anchor'])
    if (problem !== undefined) return `${place} ${problem}`
    const entries = table as Readonly<Record<string, unknown>>
    const unknown = unknownMember(place, entries, ['table', 'anchor', ...members])
    if (unknown !== undefined) return unknown
    for (const [attribute, list] of Object.entries(isJsonObject(entries.lists) ? entries.lists : {})) {
      const wrong = textMembers(list, listNames)
      if (wrong !== undefined) return `${place}.lists.${shown(attribute)} ${wrong}`
    }
    if (entries.statements !== undefined) {
      const wrong = statementsProblem(`${place}.statements`, entries.statements)
      if (wrong !== undefined) return wrong
    }
    if (entries.changes !== undefined) {
      const wrong = textMembers(entries.changes, ['table', 'sequence', 'anchor'])
      if (wrong !== undefined) return `${place}.changes ${wrong}`
    }
  }
  return undefined
}

const SQLITE = 'sqlite:'

/** The file of a SQLite database, relative to the job file's folder; undefined for a database on a server. */
export const sqliteFile = (address: string): string | undefined =>
  address.startsWith(SQLITE) ? address.slice(SQLITE.length) : undefined

/** The address of a database; the path of a file is relative to the job file's folder. */
export const sqlAddress = (address: string, at: (path: string) => string): string => {
  const file = sqliteFile(address)
  return file === undefined ? address : `${SQLITE}${at(file)}`
}
