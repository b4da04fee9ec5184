/**
 * The steps that regular expressions have taken for the current object, over all its searches, list elements
 * and attributes: one object has one budget. Evaluation is synchronous, so one meter serves the whole
 * process.
 */
let spent = Number.NEGATIVE_INFINITY

/** Begins the evaluation of an object, or the compilation of an expression, with a full budget. */
export const beginMetering = (): void => {
  spent = 0
}

/** Ends metering: until the next object, only the budget of each search applies. */
export const endMetering = (): void => {
  spent = Number.NEGATIVE_INFINITY
}

/** Counts steps already taken. Returns false if they exceed the budget. */
export const spend = (steps: number, budget: number): boolean => {
  spent += steps
  return spent <= budget
}

/** Counts steps in advance if the budget has them; otherwise counts nothing and returns false. */
export const reserve = (steps: number, budget: number): boolean => {
  if (spent + steps > budget) return false
  spent += steps
  return true
}
