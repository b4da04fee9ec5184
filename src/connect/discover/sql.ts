import { plainAttribute } from '../../schema/entra-objects.js'
import type { AttributeType } from '../../schema/enums.js'
import type { ObjectDefinition } from '../../schema/model.js'
import { type Answer, done } from '../answer.js'
import { openDatabase } from '../sql/database.js'
import { sqlFailure } from '../sql/failure.js'
import { columnFacts } from './column-facts.js'

const typeOf = (name: string): AttributeType => {
  // MariaDB calls a BOOLEAN tinyint.
  if (/bool|^tinyint/i.test(name)) return 'Boolean'
  if (/^(?!interval|.*range)(?:small|big|medium)?(?:int|serial)|^int\d?$|integer/i.test(name))
    return 'Integer'
  if (/^(?:date|time)(?!.*range)/i.test(name)) return 'DateTime'
  return /bytea|blob|binary/i.test(name) ? 'Binary' : 'String'
}

/** PostgreSQL names the type of an array by that of its elements: `_text`. */
const ARRAY = /^_/

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
    const factsOf = await columnFacts(database)
    return done(
      tables.map(
        ({ name, schema, columns }): ObjectDefinition => ({
          name: isUsual(schema) ? name : `${schema}.${name}`,
          attributes: columns.map(
            ({ name: column, dataType, isNullable, hasDefaultValue, isAutoIncrementing }) => {
              const { anchor, readOnly } = factsOf(schema, name, column)
              const isMade = isAutoIncrementing || readOnly
              return plainAttribute(column, {
                type: typeOf(dataType.replace(ARRAY, '')),
                multivalued: database.system === 'postgres' && ARRAY.test(dataType),
                anchor,
                required: !isNullable && !hasDefaultValue && !isMade,
                ...(isMade ? { mutability: 'ReadOnly' } : {}),
              })
            },
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
