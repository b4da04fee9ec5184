import type { Chain } from '../state/rows.js'
import type { StateStore, StateTransaction } from '../state/store.js'

/** Another process has taken a chunk over, or its cycle has ended: what was under way here is left to it. */
export class ChunkLost extends Error {
  override readonly name = 'ChunkLost'
}

/** The chain of a claim. @throws {ChunkLost} if the claim no longer holds */
export const claimed = async (tx: StateTransaction, { chain, epoch, claim }: Chain): Promise<Chain> => {
  const found = await tx.get('chains', chain)
  if (found?.claim !== claim || found.epoch !== epoch || found.leaseUntil === null)
    throw new ChunkLost(`chunk ${chain} was taken over`)
  return found
}

/** A store that writes nothing for a claim that no longer holds. */
export const fencedStore = (store: StateStore, claim: Chain): StateStore => ({
  transaction: (f, survives) =>
    store.transaction(async (tx) => {
      await claimed(tx, claim)
      return f(tx)
    }, survives),
  close: async () => {},
})
