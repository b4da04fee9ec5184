import type { SqlDatabase } from '../sql/sql-database.js'

/** What a database says about a column besides its type. */
interface ColumnFacts {
  /** It is the whole primary key. */
  readonly anchor: boolean
  /** It cannot be written: it is generated, or belongs to a view that cannot be changed. */
  readonly readOnly: boolean
}

/** Returns a row for each column that is a key or cannot be written. */
const queries: Readonly<Record<SqlDatabase['system'], string>> = {
  postgres: `
    select c.table_schema as "schema", c.table_name as "table", c.column_name as "column",
      coalesce((
        select count(*) = 1 and max(k.column_name::text) = c.column_name::text
        from information_schema.table_constraints t
        join information_schema.key_column_usage k
          on k.constraint_schema = t.constraint_schema and k.constraint_name = t.constraint_name and k.table_name = t.table_name
        where t.constraint_type = 'PRIMARY KEY' and t.table_schema = c.table_schema and t.table_name = c.table_name
      ), false) as "anchor",
      c.is_generated = 'ALWAYS' or coalesce(c.identity_generation, '') = 'ALWAYS'
        or (v.table_name is not null and v.is_trigger_insertable_into = 'NO' and c.is_updatable = 'NO') as "readOnly"
    from information_schema.columns c
    left join information_schema.views v on v.table_schema = c.table_schema and v.table_name = c.table_name
    where c.table_schema not in ('pg_catalog', 'information_schema')`,
  mariadb: `
    select c.table_schema as \`schema\`, c.table_name as \`table\`, c.column_name as \`column\`,
      c.column_key = 'PRI' and (
        select count(*) from information_schema.columns k
        where k.table_schema = c.table_schema and k.table_name = c.table_name and k.column_key = 'PRI'
      ) = 1 as anchor,
      c.extra like '%GENERATED%' or coalesce(v.is_updatable, 'YES') = 'NO' as readOnly
    from information_schema.columns c
    left join information_schema.views v on v.table_schema = c.table_schema and v.table_name = c.table_name
    where c.table_schema = database()`,
  sqlite: `
    select null as "schema", m.name as "table", c.name as "column",
      c.pk = 1 and (select count(*) from pragma_table_info(m.name) k where k.pk > 0) = 1 as "anchor",
      m.type = 'view' and not exists (
        select 1 from sqlite_master t where t.type = 'trigger' and t.tbl_name = m.name
      ) as "readOnly"
    from sqlite_master m, pragma_table_info(m.name) c
    where m.type in ('table', 'view')`,
}

const keyOf = (...names: readonly unknown[]): string => JSON.stringify(names.map((name) => name ?? null))

/** Reads what the database says about its columns. */
export const columnFacts = async ({
  db,
  system,
  sql,
}: SqlDatabase): Promise<(schema: string | undefined, table: string, column: string) => ColumnFacts> => {
  const { rows } = await sql.raw<Record<string, unknown>>(queries[system]).execute(db)
  const facts = new Map(
    rows.map(({ schema, table, column, anchor, readOnly }) => [
      keyOf(schema, table, column),
      { anchor: Number(anchor) === 1, readOnly: Number(readOnly) === 1 },
    ]),
  )
  return (schema, table, column) =>
    facts.get(keyOf(schema, table, column)) ?? { anchor: false, readOnly: false }
}
