import type { Chain } from '../state/rows.js'
import type { StateStore, StateTransaction } from '../state/store.js'

/** Another process has taken over a chunk, or its cycle has ended: this process leaves the work to it. */
export class ChunkLost extends Error {
  override readonly name = 'ChunkLost'
}

/** The chain of a claim. @throws {ChunkLost} if the claim is no longer valid */
export const claimed = async (tx: StateTransaction, { chain, epoch, claim }: Chain): Promise<Chain> => {
  const found = await tx.get('chains', chain)
  if (found?.claim !== claim || found.epoch !== epoch || found.leaseUntil === null)
    throw new ChunkLost(`chunk ${chain} was taken over`)
  return found
}

/** A store that refuses writes for a claim that is no longer valid. */
export const fencedStore = (store: StateStore, claim: Chain): StateStore => ({
  transaction: (f, survives) =>
    store.transaction(async (tx) => {
      await claimed(tx, claim)
      return f(tx)
    }, survives),
  close: async () => {},
})
