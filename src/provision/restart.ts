import type { StateStore } from '../state/store.js'

/** What a restart forgets or allows, by the names of Graph's `synchronizationResetScope`. */
export const resetScopes = [
  'Full',
  'ForceDeletes',
  'ConnectorDataStore',
  'QuarantineState',
  'Escrows',
  'Watermark',
  'None',
] as const

export type ResetScope = (typeof resetScopes)[number]

/**
 * Resets parts of a job's state; the next cycle begins with the rest. Links are kept, unless
 * `ConnectorDataStore` or `Full` drops them. Returns false for a job that has not run yet and so has nothing
 * to reset.
 */
export const restartJob = (store: StateStore, scopes: readonly ResetScope[]): Promise<boolean> =>
  store.transaction(async (tx) => {
    const state = await tx.get('job', 'job')
    if (state === undefined) return false
    const has = (scope: ResetScope): boolean => scopes.includes('Full') || scopes.includes(scope)
    const anew = has('Watermark') || has('ConnectorDataStore')
    // Without links, removals and references refer to nothing. While there are links, the rows of staged objects
    // stay: they show which objects are gone.
    if (has('ConnectorDataStore'))
      for (const table of ['links', 'members', 'intents', 'pending', 'staged'] as const) await tx.clear(table)
    if (has('Escrows')) await tx.clear('escrows')
    // This ends the cycle of several workers; its data belong to links that no longer exist.
    if (scopes.includes('Full'))
      for (const table of ['work', 'chains', 'cycles'] as const) await tx.clear(table)
    await tx.put('job', {
      ...state,
      // A cycle in another process thereby loses the job, and stops.
      epoch: state.epoch + 1,
      forceDeletes: scopes.includes('ForceDeletes') || state.forceDeletes,
      ...(anew ? { watermarks: {}, generation: state.generation + 1 } : {}),
      ...(has('QuarantineState') || scopes.includes('ForceDeletes')
        ? { quarantine: null, status: 'active' as const }
        : {}),
    })
    return true
  })
