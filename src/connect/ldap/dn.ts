/**
 * Distinguished names (RFC 4514): a value is written with every character escaped that has a meaning in a name, so that
 * no data can add a component or leave its container.
 */

/** The value of an attribute in a distinguished name. */
export const escapeDnValue = (value: string): string =>
  value
    .replace(/[\\,+"<>;=]/g, '\\$&')
    .replace(/[\u0000-\u001f\u007f]/g, (sign) => `\\${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)
    // Both ends at once: of a single blank, the first and the last are the same sign.
    .replace(/^[ #]| $/g, '\\$&')

/** The name of an entry below a container. */
export const entryDn = (rdn: string, value: string, container: string): string =>
  `${rdn}=${escapeDnValue(value)}${container === '' ? '' : `,${container}`}`

/** The places of the commas that separate the components of a name. */
const commas = (dn: string): readonly number[] => {
  const found: number[] = []
  for (let at = 0; at < dn.length; at++) {
    if (dn[at] === '\\') at++
    else if (dn[at] === ',') found.push(at)
  }
  return found
}

/** The container of an entry: its name without the first component; "" for a name of one. */
export const containerOf = (dn: string): string => {
  const [first] = commas(dn)
  return first === undefined ? '' : dn.slice(first + 1).trimStart()
}

/** Whether two names are the same, apart from case and blanks around their components. */
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
