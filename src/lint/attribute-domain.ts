import type { AttributeInfo } from '../check/attribute-scope.js'
import {
  anyText,
  booleanDomain,
  type Domain,
  joinDomains,
  nothing,
  presentOnly,
  topOf,
} from '../functions/domain.js'
import { requireMade } from '../values/misuse.js'
import {
  BOOLEAN,
  DATETIME,
  INTEGER,
  LIST,
  NULL,
  OBJECT,
  STRING,
  type StaticType,
} from '../values/static-type.js'

/** The kinds of a single value of a type in the data of directories and HR systems. */
const kindsOfType: Readonly<Record<AttributeInfo['type'], StaticType>> = {
  String: STRING,
  Integer: INTEGER | STRING,
  Boolean: BOOLEAN | STRING,
  DateTime: STRING | DATETIME,
  Binary: STRING,
  // The identifier of the object, or the object itself with some of its attributes.
  Reference: STRING | OBJECT,
}

const single = (type: AttributeInfo['type']): Domain => {
  if (type === 'Boolean') return { ...booleanDomain, kinds: BOOLEAN | STRING }
  return topOf(kindsOfType[type], { ...anyText, integral: type === 'Integer' })
}

/**
 * The values of an attribute in objects that match the schema: absent unless it is required; a list exactly
 * if it is multi-valued; a Boolean or its text, an integer or its text, otherwise text. A required attribute
 * and an anchor have a value other than "".
 */
export const attributeDomain = (info: AttributeInfo): Domain => {
  requireMade(info, 'type', 'an attribute, with type and multivalued')
  const value = single(info.type)
  const whole = info.multivalued
    ? { ...value, kinds: LIST, elements: value.kinds, mayBeEmpty: false, mayBeEmptyList: true }
    : value
  const optional = joinDomains(whole, { ...nothing, kinds: NULL })
  return info.required || info.anchor === true ? presentOnly(optional) : optional
}
