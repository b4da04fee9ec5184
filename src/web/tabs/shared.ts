import type { SchemaView, UsersView } from '../answers.js'
import type { Client } from '../client.js'

/** The properties of every view. */
export interface TabProps {
  readonly client: Client
  readonly schema: SchemaView | undefined
  readonly users: UsersView | undefined
  readonly user: number
  /** Increased when schema or users change, so that views ask again. */
  readonly round: number
}
