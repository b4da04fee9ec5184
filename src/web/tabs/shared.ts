import type { SchemaView, UsersView } from '../answers.js'
import type { Client } from '../client.js'

/** What every view gets. */
export interface TabProps {
  readonly client: Client
  readonly schema: SchemaView | undefined
  readonly users: UsersView | undefined
  readonly user: number
  /** Grows when schema or users were loaded or changed, so that views ask again. */
  readonly round: number
}
