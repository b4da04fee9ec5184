import type { Failure } from '../answer.js'
import type { Row } from './sql-database.js'
import { boundStatement, parseStatement, rowsOf } from './statement.js'
import { columnOf, type SqlTable, type TableStatements } from './table.js'
import { disagrees, type Work } from './work.js'

/** An operation that has one statement. */
type Operation = Exclude<keyof TableStatements, 'find'>

/** Every statement of a table, with its name for messages. */
const allOf = ({ statements = {} }: SqlTable): readonly (readonly [name: string, text: string])[] => {
  const { find = {}, ...others } = statements
  return [
    ...Object.entries(others),
    ...Object.entries(find).map(([attribute, text]) => [`find.${attribute}`, text] as const),
  ]
}

/**
 * What is wrong with the statements of a table; undefined if nothing is.
 * @param columns the columns of the mapped attributes
 */
export const statementProblem = (
  table: SqlTable,
  system: Work['system'],
  columns: readonly string[],
): Failure | undefined => {
  for (const [name, text] of allOf(table)) {
    const known = name === 'list' ? [] : [table.anchor, ...(name === 'read' ? [] : columns)]
    const unknown = parseStatement(text, system).names.find((one) => !known.includes(one))
    if (unknown !== undefined)
      return {
        outcome: 'refused',
        code: 'SchemaAttributeNotFound',
        reason: `statements.${name} of ${table.table} has the parameter :${unknown}; it can have ${known.map((one) => `:${one}`).join(', ') || 'none'}`,
      }
  }
  return undefined
}

/** Runs a statement and returns its rows. Every parameter must have a value, which may be null. */
const run = async (
  work: Work,
  table: SqlTable,
  name: string,
  text: string,
  row: Row,
): Promise<readonly Row[]> => {
  const statement = parseStatement(text, work.system)
  const missing = statement.names.find((one) => !Object.hasOwn(row, one))
  if (missing !== undefined)
    throw disagrees(
      `statements.${name} of ${table.table}: there is no value for :${missing}`,
      'MandatoryFieldsMissing',
    )
  const values = await work.fit(work.tx, table.table, row)
  const { rows } = await boundStatement(work, statement, values).execute(work.tx)
  return rowsOf(rows)
}

/** The rows of a read by a statement; undefined if the operation has none. */
export const readByStatement = async (
  work: Work,
  table: SqlTable,
  operation: 'read' | 'list',
  row: Row,
): Promise<readonly Row[] | undefined> => {
  const text = table.statements?.[operation]
  return text === undefined ? undefined : run(work, table, operation, text, row)
}

/** The rows that a search by a statement finds; undefined if the attribute has none. */
export const findByStatement = async (
  work: Work,
  table: SqlTable,
  attribute: string,
  value: unknown,
): Promise<readonly Row[] | undefined> => {
  const { find = {} } = table.statements ?? {}
  const statement = Object.hasOwn(find, attribute) ? find[attribute] : undefined
  if (statement === undefined) return undefined
  return run(work, table, `find.${attribute}`, statement, {
    [columnOf(table, attribute)]: value,
  })
}

/**
 * Writes by a statement, and returns its rows; undefined if the operation has none.
 * @param changed the values to write: each needs a parameter, so that none is lost silently
 * @param others values for the other parameters
 */
export const writeByStatement = async (
  work: Work,
  table: SqlTable,
  operation: Extract<Operation, 'create' | 'update' | 'delete'>,
  changed: Row,
  others: Row,
): Promise<readonly Row[] | undefined> => {
  const text = table.statements?.[operation]
  if (text === undefined) return undefined
  const { names } = parseStatement(text, work.system)
  const lost = Object.keys(changed).find(
    (column) => !names.includes(column) && (operation === 'update' || changed[column] !== null),
  )
  if (lost !== undefined)
    throw disagrees(
      `statements.${operation} of ${table.table} has no parameter :${lost}, so its value would be lost`,
      'SchemaAttributeNotFound',
    )
  return run(work, table, operation, text, { ...others, ...changed })
}
