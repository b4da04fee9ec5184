/**
 * A file that holds no population at all, or in a form that is not read: the message names the form and says what to
 * do. Faults of single objects are entries of their own.
 */
export class UnreadablePopulation extends Error {
  override readonly name = 'UnreadablePopulation'
}
