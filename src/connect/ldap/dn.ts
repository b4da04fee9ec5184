/**
 * Distinguished names (RFC 4514). In a value, every character with a special meaning is escaped, so that no
 * data can add a component or leave the container.
 */

/** The value of an attribute in a distinguished name. */
export const escapeDnValue = (value: string): string =>
  value
    .replace(/[\\,+"<>;=]/g, '\\$&')
    .replace(
      /[^\u0020-\u007e\u0080-\uffff]/g,
      (sign) => `\\${sign.charCodeAt(0).toString(16).padStart(2, '0')}`,
    )
    // Both ends in one step: for a single blank, first and last are the same character.
    .replace(/^[ #]| $/g, '\\$&')

/** The name of an entry in a container. */
export const entryDn = (rdn: string, value: string, container: string): string =>
  `${rdn}=${escapeDnValue(value)}${container === '' ? '' : `,${container}`}`

/** The positions of the commas that separate the components of a name. */
const commas = (dn: string): readonly number[] => {
  const found: number[] = []
  for (let at = 0; at < dn.length; at++) {
    if (dn[at] === '\\') at++
    else if (dn[at] === ',') found.push(at)
  }
  return found
}

/** The container of an entry: its name without the first component; "" for a name with one component. */
export const containerOf = (dn: string): string => {
  const [first] = commas(dn)
  return first === undefined ? '' : dn.slice(first + 1).trimStart()
}

/** Whether two names are equal, ignoring case and blanks around components. */
export const sameDn = (a: string, b: string): boolean => {
  const plain = (dn: string): string => {
    const ends = [...commas(dn), dn.length]
    let start = 0
    return ends
      .map((end) => {
        const part = dn.slice(start, end).trim()
        start = end + 1
        return part.toLowerCase()
      })
      .join(',')
  }
  return plain(a) === plain(b)
}
