/**
 * A file that contains no population, or an unsupported format: the message names the format and says what to
 * do. Faults of single objects are separate entries.
 */
export class UnreadablePopulation extends Error {
  override readonly name = 'UnreadablePopulation'
}
