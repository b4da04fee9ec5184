import type { SharedCycle } from '../state/rows.js'
import type { KeyPart } from '../state/store.js'

/** The progress of a chunk. */
export interface Progress {
  /** Whether the chain has no work left. */
  readonly done: boolean
  readonly stage: string
  /** The position after which the next chunk continues; null: at the beginning of the stage. */
  readonly after: readonly KeyPart[] | null
  /** Work that is done. */
  readonly settled?: readonly { readonly mapping: string; readonly sourceId: string }[]
  readonly removals?: number
  readonly read?: Pick<SharedCycle, 'watermarks' | 'unseen'>
}
