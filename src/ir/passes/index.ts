import { beginMetering, endMetering } from '../../dotnet/step-meter.js'
import type { Unit } from '../unit.js'
import type { Pass } from './define.js'
import { foldConstants } from './fold-constants.js'
import { shareComputations } from './share.js'
import { simplifyNodes } from './simplify.js'
import { specialiseCalls } from './specialise.js'
import { makeTemplates } from './templates.js'

/**
 * The passes in the order they run. Sharing comes before specialising, while equal calls still have the same
 * callee.
 */
export const passes: readonly Pass[] = [
  foldConstants,
  simplifyNodes,
  shareComputations,
  specialiseCalls,
  makeTemplates,
]

/** Runs passes over a unit; the default is all of them. */
export const optimise = (unit: Unit, selected: readonly Pass[] = passes): Unit => {
  // Calls with constants are evaluated here, with one step budget for all of them.
  beginMetering()
  try {
    return selected.reduce((current, pass) => pass.run(current), unit)
  } finally {
    endMetering()
  }
}
