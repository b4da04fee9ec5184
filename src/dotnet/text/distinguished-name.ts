import { decodeUtf8 } from '../encoding/utf8.js'
import { DotnetFailure } from '../failure.js'

const invalid = (dn: string, why: string, start: number): DotnetFailure =>
  new DotnetFailure(
    'format',
    `"${dn}" is not a distinguished name: ${why}`,
    start,
    Math.min(start + 1, dn.length),
  )

const attributeType = /\s*(?:[A-Za-z][A-Za-z0-9-]*|(?:OID\.)?\d+(?:\.\d+)*)\s*=/y
const hexPair = /^[0-9A-Fa-f]{2}$/

/** A value and the offset of the separator after it. */
interface Scanned {
  readonly value: string
  readonly end: number
}

/** Reads the escape at a backslash: a run of hex pairs, which are UTF-8 octets, or one escaped character. */
const scanEscape = (dn: string, backslash: number): Scanned => {
  let at = backslash
  const octets: number[] = []
  while (dn[at] === '\\' && hexPair.test(dn.slice(at + 1, at + 3))) {
    octets.push(Number.parseInt(dn.slice(at + 1, at + 3), 16))
    at += 3
  }
  if (octets.length > 0) return { value: decodeUtf8(Uint8Array.from(octets)), end: at }
  if (at + 1 >= dn.length) throw invalid(dn, 'it ends in a backslash', at)
  return { value: dn.charAt(at + 1), end: at + 2 }
}

const scanQuoted = (dn: string, quote: number): Scanned => {
  let value = ''
  let at = quote + 1
  while (dn[at] !== '"') {
    if (at >= dn.length) throw invalid(dn, 'a quotation mark is not closed', quote)
    if (dn[at] === '\\') {
      const scanned = scanEscape(dn, at)
      value += scanned.value
      at = scanned.end
    } else {
      value += dn[at]
      at += 1
    }
  }
  at += 1
  while (dn[at] === ' ') at += 1
  return { value, end: at }
}

const scanPlain = (dn: string, start: number): Scanned => {
  let value = ''
  /** The length of the value without trailing blanks, which belong to the separator. */
  let significant = 0
  let at = start
  while (at < dn.length && !',;+'.includes(dn.charAt(at))) {
    if (dn[at] === '\\') {
      const scanned = scanEscape(dn, at)
      value += scanned.value
      at = scanned.end
      significant = value.length
    } else {
      if (dn[at] === '"') throw invalid(dn, 'a quotation mark stands inside a value', at)
      value += dn[at]
      if (dn[at] !== ' ') significant = value.length
      at += 1
    }
  }
  return { value: value.slice(0, significant), end: at }
}

const scanAttribute = (dn: string, start: number): Scanned => {
  attributeType.lastIndex = start
  if (!attributeType.test(dn)) throw invalid(dn, 'a component is not of the form type=value', start)
  let at = attributeType.lastIndex
  while (dn[at] === ' ') at += 1
  const scanned = dn[at] === '"' ? scanQuoted(dn, at) : scanPlain(dn, at)
  if (scanned.end < dn.length && !',;+'.includes(dn.charAt(scanned.end))) {
    throw invalid(dn, 'a separator is missing after a quoted value', scanned.end)
  }
  return scanned
}

/**
 * DNComponent: the value, without its type, of the n-th component of a distinguished name (RFC 4514, with the
 * quoted values and semicolons of RFC 2253). Escapes are resolved. A component with several values
 * (`CN=a+UID=b`) gives the first; a `#`-encoded value stays as written.
 * @param n counted from 1, from the left
 * @throws DotnetFailure `format` if `dn` is not a distinguished name, `range` if it has no n-th component.
 */
export const distinguishedNameComponent = (dn: string, n: number): string => {
  const components: string[] = []
  let at = 0
  let startsComponent = true
  while (at < dn.length || components.length > 0) {
    const scanned = scanAttribute(dn, at)
    if (startsComponent) components.push(scanned.value)
    if (scanned.end >= dn.length) break
    startsComponent = dn[scanned.end] !== '+'
    at = scanned.end + 1
  }
  const component = components[n - 1]
  if (component === undefined) {
    throw new DotnetFailure('range', `"${dn}" has no component ${n}: it has ${components.length}`)
  }
  return component
}
