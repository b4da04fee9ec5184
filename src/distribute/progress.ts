import type { SharedCycle } from '../state/rows.js'
import type { KeyPart } from '../state/store.js'

/** How far a chunk came. */
export interface Progress {
  /** Whether nothing is left to be done in the chain. */
  readonly done: boolean
  readonly stage: string
  /** The place after which the next chunk goes on; null: at the beginning of the stage. */
  readonly after: readonly KeyPart[] | null
  /** Work that is settled. */
  readonly settled?: readonly { readonly mapping: string; readonly sourceId: string }[]
  readonly removals?: number
  readonly read?: Pick<SharedCycle, 'watermarks' | 'unseen'>
}
