import type { RawBuilder, Sql } from 'kysely'
import type { Row, SqlDatabase } from './sql-database.js'

/** A statement of a job file: the texts between its parameters, and their names. */
export interface Statement {
  readonly texts: readonly string[]
  readonly names: readonly string[]
}

/** Parts of a statement in which a colon begins no parameter: literals, quoted names and comments. */
const opaque: Readonly<Record<SqlDatabase['system'], RegExp>> = {
  postgres:
    /[eE]'(?:[^'\\]|''|\\[\s\S])*'|'[^']*'|"[^"]*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|::|:=/,
  mariadb: /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|`[^`]*`|(?:#|-- )[^\n]*|\/\*[\s\S]*?\*\/|:=/,
  sqlite: /'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\//,
}

/** `:name`, or `:"any name"`. */
const PARAMETER = /:(?:(?<name>[A-Za-z_]\w*)|"(?<quoted>[^"]+)")/

/** Finds the parameters of a statement: `CALL add_account(:login, :"full name")`. */
export const parseStatement = (text: string, system: SqlDatabase['system']): Statement => {
  const texts: string[] = []
  const names: string[] = []
  let from = 0
  for (const { 0: found, index, groups } of text.matchAll(
    new RegExp(`${opaque[system].source}|${PARAMETER.source}`, 'g'),
  )) {
    const name = groups?.name ?? groups?.quoted
    if (name === undefined) continue
    texts.push(text.slice(from, index))
    names.push(name)
    from = index + found.length
  }
  return { texts: [...texts, text.slice(from)], names }
}

/** The statement with values for its parameters, which reach the database separately from the text. */
export const boundStatement = (
  { sql }: { readonly sql: Sql },
  { texts, names }: Statement,
  values: Row,
): RawBuilder<unknown> => {
  const parts = Object.assign([...texts], { raw: texts })
  return sql(parts, ...names.map((name) => values[name] ?? null))
}

/** The rows that a statement returned. MariaDB returns those of a procedure inside a list of results. */
export const rowsOf = (rows: readonly unknown[]): readonly Row[] =>
  (Array.isArray(rows[0]) ? rows[0] : rows) as readonly Row[]
