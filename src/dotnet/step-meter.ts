/**
 * The steps that regular expressions have taken for the object under evaluation: over all its searches, list elements
 * and attributes, so that one object costs no more than one budget. Evaluation is synchronous, so one meter serves the
 * whole process.
 */
let spent = Number.NEGATIVE_INFINITY

/** Begins the evaluation of an object, or the compilation of an expression, with a full budget. */
export const beginMetering = (): void => {
  spent = 0
}

/** Ends it: until the next one begins, only the budget of each search holds. */
export const endMetering = (): void => {
  spent = Number.NEGATIVE_INFINITY
}

/** Counts steps that were taken; false when they exceed the budget. */
export const spend = (steps: number, budget: number): boolean => {
  spent += steps
  return spent <= budget
}

/** Counts steps that may be taken, if the budget has them; otherwise counts nothing. */
export const reserve = (steps: number, budget: number): boolean => {
  if (spent + steps > budget) return false
  spent += steps
  return true
}
