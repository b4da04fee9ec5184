export { MemoryStore } from './memory.js'
export { OverlayStore } from './overlay.js'
export { PARTITIONS, partitionOf } from './partition.js'
export { type PostgresOptions, type PostgresSession, PostgresStore, PostgresTransaction } from './postgres.js'
export type * from './rows.js'
export { SqliteStore } from './sqlite.js'
export {
  type KeyPart,
  type ScanPage,
  type ScanRange,
  StateError,
  type StateStore,
  type StateTransaction,
  scanAll,
} from './store.js'
export { type Column, LAYOUT_VERSION, type Rows, type Table, type TableName, tables } from './tables.js'
