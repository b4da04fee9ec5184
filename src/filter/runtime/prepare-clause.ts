import type { OperatorBehaviour } from './behaviour.js'
import { plainBehaviours } from './behaviours.js'
import { type ClauseProblems, type ClauseSpec, type PreparedClause, prepareWith } from './clause.js'
import { patternBehaviours } from './pattern-behaviours.js'

/** The behaviours of all operators by their Graph names. */
export const operatorBehaviours: ReadonlyMap<string, OperatorBehaviour> = new Map([
  ...plainBehaviours,
  ...patternBehaviours,
])

/** Which factory of the runtime makes the body of a clause with this operator again. */
export const clauseFactory = (operator: string): 'filterClause' | 'patternClause' =>
  patternBehaviours.has(operator) ? 'patternClause' : 'filterClause'

/** Prepares a clause, or says what is wrong with each of its operands. */
export const prepareClause = (spec: ClauseSpec): PreparedClause | ClauseProblems =>
  prepareWith(operatorBehaviours, spec)
