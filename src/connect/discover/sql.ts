import { plainAttribute } from '../../schema/entra-objects.js'
import type { AttributeType } from '../../schema/enums.js'
import type { ObjectDefinition } from '../../schema/model.js'
import { type Answer, done } from '../answer.js'
import { openDatabase } from '../sql/database.js'
import { sqlFailure } from '../sql/failure.js'

const typeOf = (name: string): AttributeType => {
  // MariaDB calls a BOOLEAN tinyint.
  if (/bool|^tinyint/i.test(name)) return 'Boolean'
  if (/^(?:small|big|medium)?(?:int|serial)|^int\d?$|integer/i.test(name)) return 'Integer'
  if (/date|time/i.test(name)) return 'DateTime'
  return /bytea|blob|binary/i.test(name) ? 'Binary' : 'String'
}

/**
 * Reads the tables and views of a database as kinds of objects: their columns with types, and which of them
 * are required.
 */
export const discoverSql = async (address: string): Promise<Answer<readonly ObjectDefinition[]>> => {
  const database = await openDatabase(address)
  try {
    // In MariaDB a schema is a database; only tables of the current one are listed.
    const isUsual = (schema?: string): boolean =>
      schema === undefined || schema === 'public' || database.system === 'mariadb'
    const tables = await database.db.introspection.getTables()
    return done(
      tables.map(
        ({ name, schema, columns }): ObjectDefinition => ({
          name: isUsual(schema) ? name : `${schema}.${name}`,
          attributes: columns.map(
            ({ name: column, dataType, isNullable, hasDefaultValue, isAutoIncrementing }) =>
              plainAttribute(column, {
                type: typeOf(dataType),
                required: !isNullable && !hasDefaultValue && !isAutoIncrementing,
                ...(isAutoIncrementing ? { mutability: 'ReadOnly' } : {}),
              }),
          ),
          metadata: [],
          supportedApis: [],
        }),
      ),
    )
  } catch (error) {
    return sqlFailure('reading the tables', error, false)
  } finally {
    await database.close()
  }
}
