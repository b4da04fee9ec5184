import { partitionOf } from './partition.js'
import type {
  Chain,
  Escrow,
  Intent,
  JobState,
  Link,
  LogRow,
  Member,
  Pending,
  SharedCycle,
  Staged,
  Work,
} from './rows.js'

/** The rows of each table, by the table's name. */
export interface Rows {
  readonly job: JobState
  readonly links: Link
  readonly members: Member
  readonly intents: Intent
  readonly staged: Staged
  readonly pending: Pending
  readonly escrows: Escrow
  readonly log: LogRow
  readonly cycles: SharedCycle
  readonly chains: Chain
  readonly work: Work
}

/** The name of a table. */
export type TableName = keyof Rows

/** A column by which rows are found: a text or an integer. */
export interface Column {
  readonly name: string
  readonly type: 'text' | 'integer'
  /** Computes the column if it is not a member of the row. */
  readonly of?: (row: { readonly sourceId: string }) => number
}

/** The layout of a table. The rest of a row is one JSON document. */
export interface Table {
  readonly name: TableName
  /** The columns that identify a row, and by which rows are ordered. */
  readonly key: readonly Column[]
  /** Further orders in which rows can be scanned, by name. */
  readonly indexes: Readonly<Record<string, readonly Column[]>>
}

const text = (name: string): Column => ({ name, type: 'text' })
const integer = (name: string): Column => ({ name, type: 'integer' })
const object = [text('mapping'), text('sourceId')]
/** The partition of the source object that a row is about. */
const partition: Column = {
  name: 'partition',
  type: 'integer',
  of: ({ sourceId }) => partitionOf(sourceId),
}

/**
 * The single declaration of what a store keeps; memory, SQLite and PostgreSQL derive their tables from it.
 */
export const tables: { readonly [Name in TableName]: Table } = {
  job: { name: 'job', key: [text('key')], indexes: {} },
  links: {
    name: 'links',
    key: object,
    indexes: { bySource: [text('sourceId')], byTarget: [text('mapping'), text('targetId')] },
  },
  members: { name: 'members', key: [...object, text('attribute'), text('memberId')], indexes: {} },
  intents: { name: 'intents', key: object, indexes: { byPartition: [partition] } },
  staged: { name: 'staged', key: object, indexes: { bySeen: [partition, integer('seen')] } },
  pending: {
    name: 'pending',
    key: [text('phase'), ...object],
    indexes: { byPartition: [text('phase'), partition] },
  },
  escrows: {
    name: 'escrows',
    key: object,
    indexes: {
      byAttempt: [integer('nextAttempt')],
      byPartition: [partition, integer('nextAttempt')],
    },
  },
  log: { name: 'log', key: [integer('cycle'), ...object], indexes: { byTime: [integer('at')] } },
  cycles: { name: 'cycles', key: [text('key')], indexes: {} },
  chains: { name: 'chains', key: [integer('chain')], indexes: {} },
  work: { name: 'work', key: [partition, ...object], indexes: {} },
}

/** The version of the layout. A store migrates an older one and refuses a newer one. */
export const LAYOUT_VERSION = 2

/**
 * The layout version in which a table was added, and in which its columns last changed; all others are as in
 * version 1.
 */
export const tableHistory: {
  readonly [Name in TableName]?: { readonly since?: number; readonly changed?: number }
} = {
  intents: { changed: 2 },
  staged: { changed: 2 },
  pending: { changed: 2 },
  escrows: { changed: 2 },
  cycles: { since: 2 },
  chains: { since: 2 },
  work: { since: 2 },
}
