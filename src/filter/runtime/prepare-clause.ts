import type { OperatorBehaviour } from './behaviour.js'
import { plainBehaviours } from './behaviours.js'
import { type ClauseProblems, type ClauseSpec, type PreparedClause, prepareWith } from './clause.js'
import { patternBehaviours } from './pattern-behaviours.js'

/** The behaviours of all operators by their Graph names. */
export const operatorBehaviours: ReadonlyMap<string, OperatorBehaviour> = new Map([
  ...plainBehaviours,
  ...patternBehaviours,
])

/** The factory of the runtime that creates the body of a clause with this operator. */
export const clauseFactory = (operator: string): 'filterClause' | 'patternClause' =>
  patternBehaviours.has(operator) ? 'patternClause' : 'filterClause'

/** Prepares a clause, or returns the faults of its operands. */
export const prepareClause = (spec: ClauseSpec): PreparedClause | ClauseProblems =>
  prepareWith(operatorBehaviours, spec)
