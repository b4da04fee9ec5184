import type { Value } from '../../values/value.js'
import { bodyWith, type ClauseSpec } from './clause.js'
import { patternBehaviours } from './pattern-behaviours.js'

/** The body of a clause with a regular expression. */
export const patternClause = (spec: ClauseSpec): ((value: Value) => boolean) =>
  bodyWith(patternBehaviours, spec)
