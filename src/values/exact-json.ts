/**
 * The JSON of a value as {@link JSON.stringify} writes it, with integers beyond the safe range as digits: the
 * counterpart of `readJson`. Members whose value is undefined are left out.
 */
export const exactJson = (value: unknown): string => {
  const found: bigint[] = []
  const marked = JSON.stringify(value, (_name, member: unknown) => {
    if (typeof member !== 'bigint') return member
    found.push(member)
    return null
  })
  if (found.length === 0) return marked
  // Find a mark that occurs in no text of the value; not needed until here.
  let mark = 'integer:'
  while (marked.includes(mark)) mark = `_${mark}`
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'bigint' ? `${mark}${member}` : member,
  ).replaceAll(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1')
}
