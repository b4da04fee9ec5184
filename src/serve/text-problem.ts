/** Returns what is wrong with a text that a request must contain, after its name; undefined if it is one. */
export const textProblem = (value: unknown): string | undefined => {
  if (value === undefined || value === null || value === '') return 'is missing'
  return typeof value === 'string' ? undefined : 'must be text'
}
