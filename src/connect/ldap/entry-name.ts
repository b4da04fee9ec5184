import type { Entry } from 'ldapts'
import type { Value } from '../../values/value.js'
import { type Answer, done } from '../answer.js'
import {
  componentOf,
  containerOf,
  differInCase,
  entryDn,
  fillTemplate,
  firstComponent,
  inContainer,
  isDn,
  isWithin,
  partsOf,
  sameDn,
  templateAttributes,
  typeOf,
} from './dn.js'
import { firstOf } from './entry.js'
import type { KnownKind } from './kinds.js'
import { texts } from './values.js'

/** A mapped attribute that is the container of an entry. */
export const PARENT = 'parentDistinguishedName'
/** A mapped attribute that is the whole name of an entry, as in Entra's on-premises connector host. */
export const NAME = '-dn-'

/** What an entry is named after. */
export interface Naming {
  readonly kind: KnownKind
  /** The name below which entries are written. */
  readonly base: string
  /** Mapped values by the names of attributes in the directory. */
  readonly values: ReadonlyMap<string, Value>
  /** The entry before a change; undefined for a new one. */
  readonly current?: Entry
}

/** A component of several parts with the new values of their attributes; a part without one is kept. */
const renamed = (parts: readonly string[], values: ReadonlyMap<string, Value>): string =>
  parts
    .map((part) => {
      const type = typeOf(part)
      const name = [...values.keys()].find((one) => one.toLowerCase() === type.toLowerCase()) ?? ''
      const text = textIn(values, name)
      return text === undefined ? part : componentOf(type, text)
    })
    .join('+')

/** The text of a mapped value; undefined if there is none. */
const textIn = (values: ReadonlyMap<string, Value>, name: string): string | undefined =>
  texts(values.get(name) ?? null)[0]

/** The name that the values give; undefined if they give none. */
const wantedName = ({ kind, base, values, current }: Naming): string | undefined => {
  const textOf = (name: string): string | undefined => textIn(values, name)
  const whole = textOf(NAME)
  if (whole !== undefined) return whole
  if (kind.dn !== undefined)
    return fillTemplate(kind.dn, (name) => {
      if (current === undefined || values.has(name)) return textOf(name)
      const kept = firstOf(current[name])
      return typeof kept === 'string' ? kept : undefined
    })
  const named = textOf(kind.rdn)
  const parent = textOf(PARENT)
  if (current === undefined)
    return named === undefined ? undefined : entryDn(kind.rdn, named, parent ?? kind.container ?? base)
  const first = firstComponent(current.dn)
  const parts = partsOf(first)
  const single = named === undefined ? first : componentOf(kind.rdn, named)
  return inContainer(parts.length > 1 ? renamed(parts, values) : single, parent ?? containerOf(current.dn))
}

/**
 * The name that an entry should have, or why it cannot have it. Each value enters it escaped, except for a mapped name
 * of the whole entry or container. If the name does not change, it is that of the entry, as it is written there.
 * @param what the operation, for messages
 */
export const entryName = (what: string, wanted: Naming): Answer<string> => {
  const { kind, base, values, current } = wanted
  const dn = wantedName(wanted)
  if (dn === undefined)
    return {
      outcome: 'refused',
      code: 'MandatoryFieldsMissing',
      reason: `${what}: there is no value for ${kind.dn ?? kind.rdn}, which names the entry`,
    }
  if (current !== undefined && sameDn(dn, current.dn)) {
    const naming = [NAME, kind.rdn, ...templateAttributes(kind.dn ?? '')]
    // Directories ignore case when they compare, but people read the name.
    return done(naming.some((name) => values.has(name)) && differInCase(dn, current.dn) ? dn : current.dn)
  }
  if (isDn(dn) && isWithin(dn, base)) return done(dn)
  return {
    outcome: 'refused',
    code: 'UnprocessableEntity',
    reason: isDn(dn)
      ? `${what}: the entry would not be below ${base}`
      : `${what}: the name of the entry is not a distinguished name`,
  }
}

/** Whether the naming component of an entry sets an attribute to a value. */
export const isNamedBy = (dn: string, name: string, value: Value, rdn: string): boolean => {
  const part = partsOf(firstComponent(dn)).find((one) => typeOf(one).toLowerCase() === name.toLowerCase())
  if (part === undefined) return false
  const [text] = texts(value)
  return name === rdn || (text !== undefined && sameDn(part, componentOf(typeOf(part), text)))
}
