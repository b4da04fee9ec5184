import { shown } from '../../text/shown.js'

/**
 * Returns what is wrong if a part of a job file has a member that is not known; undefined if all are.
 * @param place the part, such as `target.objects.User`
 */
export const unknownMember = (
  place: string,
  part: Readonly<Record<string, unknown>>,
  known: readonly string[],
): string | undefined => {
  const other = Object.keys(part).find((name) => !known.includes(name))
  return other === undefined
    ? undefined
    : `${place} has no member ${shown(other)}; the known names are ${known.join(', ')}`
}
