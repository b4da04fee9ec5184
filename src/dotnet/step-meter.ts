/**
 * The steps that regular expressions have taken for the current object, over all its searches, list elements
 * and attributes: one object has one budget. The matcher counts the steps that it takes, V8 the most that it
 * could take: each has an account of its own, so that no estimate uses up what the matcher may spend.
 * Evaluation is synchronous, so one meter serves the whole process.
 */
let spent = Number.NEGATIVE_INFINITY
let reserved = Number.NEGATIVE_INFINITY

/** V8 takes at least this many steps in the time in which the matcher takes one. */
const NATIVE_SPEED = 10

/** Begins the evaluation of an object, or the compilation of an expression, with a full budget. */
export const beginMetering = (): void => {
  spent = 0
  reserved = 0
}

/** Ends metering: until the next object, only the budget of each search applies. */
export const endMetering = (): void => {
  spent = Number.NEGATIVE_INFINITY
  reserved = Number.NEGATIVE_INFINITY
}

/** Counts steps of the matcher. Returns false if they exceed the budget. */
export const spend = (steps: number, budget: number): boolean => {
  spent += steps
  return spent <= budget
}

/** Counts the steps of a search by V8 in advance if its account has them; otherwise returns false. */
export const reserve = (steps: number, budget: number): boolean => {
  if (reserved + steps > budget * NATIVE_SPEED) return false
  reserved += steps
  return true
}
