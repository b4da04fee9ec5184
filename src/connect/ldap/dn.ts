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

/** A component of a name, such as `cn=Ada`; the value is escaped. */
export const componentOf = (type: string, value: string): string => `${type}=${escapeDnValue(value)}`

/** The name of an entry with this first component in a container; `container` is "" for none. */
export const inContainer = (component: string, container: string): string =>
  container === '' ? component : `${component},${container}`

/** The name of an entry in a container; `container` is "" for none. */
export const entryDn = (rdn: string, value: string, container: string): string =>
  inContainer(componentOf(rdn, value), container)

/** The attributes in a template of names, such as `uid={uid},ou={department},dc=example,dc=org`. */
export const templateAttributes = (template: string): readonly string[] =>
  [...template.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name)

/**
 * The name that a template gives with these values, which are escaped.
 * @returns undefined if an attribute has no value
 */
export const fillTemplate = (
  template: string,
  textOf: (attribute: string) => string | undefined,
): string | undefined => {
  const values = templateAttributes(template).map(textOf)
  if (values.some((value) => value === undefined || value === '')) return undefined
  let at = 0
  return template.replace(/\{[^{}]+\}/g, () => escapeDnValue(values[at++] ?? ''))
}

/** The parts of a text between separators that are not escaped. */
const split = (text: string, separator: ',' | '+'): readonly string[] => {
  const parts: string[] = []
  let start = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === separator) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, text.slice(start)]
}

/** The first component of a name. */
export const firstComponent = (dn: string): string => {
  const [first = dn] = split(dn, ',')
  return first.trimEnd()
}

/** The parts of a component, such as `cn=Ada` and `uid=7` of `cn=Ada+uid=7`. */
export const partsOf = (component: string): readonly string[] =>
  split(component, '+').map((part) => part.trim())

/** The attribute of a part of a component. */
export const typeOf = (part: string): string => part.slice(0, Math.max(0, part.indexOf('='))).trim()

/** The container of an entry: its name without the first component; "" for a name with one component. */
export const containerOf = (dn: string): string => {
  const [first = dn] = split(dn, ',')
  return dn.slice(first.length + 1).trimStart()
}

/** The type of a component: a name or an object identifier. */
const TYPE = /^(?:[A-Za-z][\w.-]*|\d+(?:\.\d+)*)$/

/** How many backslashes end a text. */
const trailingBackslashes = (text: string): number => {
  let start = text.length
  while (start > 0 && text[start - 1] === '\\') start--
  return text.length - start
}

/** A text without the blanks around it; an escaped one at its end stays. */
const trimValue = (text: string): string => {
  const trimmed = text.trim()
  const isEscaped = trailingBackslashes(trimmed) % 2 === 1
  return isEscaped ? trimmed + text.trimStart().slice(trimmed.length, trimmed.length + 1) : trimmed
}

/** The type and the value of a component, which is escaped; undefined for a text that is none. */
const typeAndValue = (component: string): readonly [type: string, value: string] | undefined => {
  const type = typeOf(component)
  const value = trimValue(component.slice(component.indexOf('=') + 1))
  return TYPE.test(type) && trailingBackslashes(value) % 2 === 0 ? [type, value] : undefined
}

/** A value without escapes; `\c3\b6` are the bytes of a character. */
const plainValue = (value: string): string =>
  value.replace(/(?:\\[\da-f]{2})+|\\([\s\S])/gi, (escaped, sign: string | undefined) =>
    sign === undefined ? Buffer.from(escaped.replaceAll('\\', ''), 'hex').toString('utf8') : sign,
  )

/**
 * The components of a name for comparison, the last first: without escapes, case and repeated blanks.
 * @returns undefined for a text that is not a name
 */
const componentsOf = (dn: string): readonly string[] | undefined => {
  if (dn.trim() === '') return []
  const found: string[] = []
  for (const component of split(dn, ',')) {
    const parts = typeAndValue(component)
    if (parts === undefined) return undefined
    const [type, value] = parts
    found.push(`${type}=${plainValue(value)}`.toLowerCase().replace(/\s+/g, ' '))
  }
  return found.reverse()
}

/** Whether a text is a distinguished name with at least one component. */
export const isDn = (text: string): boolean => (componentsOf(text)?.length ?? 0) > 0

/** Whether two names are equal, however they are escaped, ignoring case and blanks around components. */
export const sameDn = (a: string, b: string): boolean => {
  const [x, y] = [componentsOf(a), componentsOf(b)]
  // A text that is no name equals only itself.
  if (x === undefined || y === undefined) return a === b
  return JSON.stringify(x) === JSON.stringify(y)
}

/** Whether the first components of two equal names differ in case. */
export const differInCase = (a: string, b: string): boolean => {
  const [x, y] = [a, b].map((dn) =>
    partsOf(firstComponent(dn)).map((part) => plainValue(typeAndValue(part)?.[1] ?? '').replace(/\s+/g, ' ')),
  )
  return JSON.stringify(x) !== JSON.stringify(y)
}

/** Whether a name is that of an entry or of an entry below it. */
export const isWithin = (dn: string, base: string): boolean => {
  const [inner, outer] = [componentsOf(dn), componentsOf(base)]
  return inner !== undefined && (outer?.every((one, at) => one === inner[at]) ?? false)
}
