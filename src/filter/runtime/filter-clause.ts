import type { Value } from '../../values/value.js'
import { plainBehaviours } from './behaviours.js'
import { bodyWith, type ClauseSpec } from './clause.js'

/** The body of a clause whose operator needs no regular expressions. */
export const filterClause = (spec: ClauseSpec): ((value: Value) => boolean) => bodyWith(plainBehaviours, spec)
