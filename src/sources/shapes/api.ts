import { readAttribute } from '../../values/record.js'
import { isList, kindOf, type Value } from '../../values/value.js'
import { readJsonPath } from '../api/json-path.js'
import { UnknownForm } from '../api/reader.js'
import { readXPath } from '../api/xpath.js'
import type { Shape, ShapePath } from './shape.js'

/** The schema's path of an attribute in the API of its system. */
export interface ApiAttribute {
  readonly name: string
  readonly multivalued: boolean
  readonly apiExpressions: readonly { readonly key: string; readonly value: string | null }[]
}

type Evaluate = (record: object) => readonly Value[]

interface ApiExpression {
  readonly expression: string
  readonly multivalued: boolean
  readonly evaluate: Evaluate
  /** Where an object has the name, if any group may have it. */
  readonly exactPlace?: (record: object) => ShapePath | undefined
}

/** The result of an expression; undefined if it uses something that is not supported here. */
const evaluatorOf = (expression: string): Evaluate | undefined => {
  try {
    return expression.trim().startsWith('$') ? readJsonPath(expression) : readXPath(expression)
  } catch (error) {
    if (error instanceof UnknownForm) return undefined
    throw error
  }
}

/** The last name of an expression, such as `First_Name`; undefined if it does not end with a name. */
const lastName = (expression: string): string | undefined =>
  /(?:^|[/.:@])(\w+)(?:\/text\(\s*\))?$/.exec(expression)?.[1]

const expressionsOf = (attribute: ApiAttribute): readonly ApiExpression[] =>
  attribute.apiExpressions.flatMap(({ value }): readonly ApiExpression[] => {
    const expression = value ?? ''
    const evaluate = expression.trim() === '' ? undefined : evaluatorOf(expression)
    return evaluate === undefined ? [] : [{ expression, multivalued: attribute.multivalued, evaluate }]
  })

/**
 * Objects in the form of their system's API, read by the schema's own `apiExpressions`: XPath for Workday,
 * JSONPath for SuccessFactors. In a report an attribute is also found under the last name of its expression, at
 * the top or in a group, unless two attributes share that name.
 */
export const apiShape = (attributes: Iterable<ApiAttribute>): Shape => {
  const expressions = new Map<string, readonly ApiExpression[]>()
  const ends = new Map<string, number>()
  for (const attribute of attributes) {
    const found = expressionsOf(attribute)
    if (found.length > 0) expressions.set(attribute.name, found)
    const names = new Set(found.flatMap(({ expression }) => lastName(expression) ?? []))
    for (const name of names) ends.set(name, (ends.get(name) ?? 0) + 1)
  }
  for (const [attribute, found] of expressions)
    for (const { expression, multivalued } of found) {
      const name = lastName(expression)
      if (name === undefined || name === attribute || ends.get(name) !== 1) continue
      expressions.set(attribute, [
        ...(expressions.get(attribute) ?? []),
        { expression: name, multivalued, evaluate: memberNamed(name) },
        { expression: `*.${name}`, multivalued, ...memberOfGroup(name, expression) },
      ])
    }
  const written = (attribute: string, place: ShapePath): ApiExpression | undefined =>
    expressions.get(attribute)?.find(({ expression }) => expression === place)
  const valueAt = (record: object, attribute: string, place: ShapePath): Value => {
    const found = written(attribute, place)
    const values = found?.evaluate(record) ?? []
    return found?.multivalued === true && values.length > 0 ? values : (values[0] ?? null)
  }
  return {
    name: 'api',
    title: "the API of the schema's source",
    recognise: (record) =>
      [...expressions].some(
        ([attribute, found]) =>
          !Object.hasOwn(record, attribute) && found.some(({ evaluate }) => evaluate(record).length > 0),
      ),
    places: (attribute) => (expressions.get(attribute) ?? []).map(({ expression }) => expression),
    valueAt,
    exactPlace: (record, attribute, place) => written(attribute, place)?.exactPlace?.(record),
  }
}

/** A member of a flat report, with or without the prefix of its name. */
const memberNamed = (name: string): Evaluate => {
  const plain = readJsonPath(`$.${name}`)
  const prefixed = readJsonPath(`$['wd:${name}']`)
  return (record) => {
    const found = plain(record)
    return found.length > 0 ? found : prefixed(record)
  }
}

/**
 * A member of a group of a report. If several groups have it, it is read from the one that the expression names:
 * `Legal_Name` for `…/Legal_Name_Data/…/First_Name`.
 */
const memberOfGroup = (
  name: string,
  expression: string,
): Required<Pick<ApiExpression, 'evaluate' | 'exactPlace'>> => {
  const evaluate = memberNamed(name)
  const steps = new Set(expression.split(/\W+/).map(withoutSuffix))
  const valuesIn = (record: object, group: string): readonly Value[] => {
    const found = readAttribute(record, group)
    return (isList(found) ? found : [found]).flatMap((one) =>
      kindOf(one) === 'object' ? evaluate(one as object) : [],
    )
  }
  const groupOf = (record: object): string | undefined => {
    const groups = Object.keys(record).filter((group) => valuesIn(record, group).length > 0)
    return groups.length === 1 ? groups[0] : groups.find((one) => steps.has(withoutSuffix(one)))
  }
  return {
    evaluate: (record) => {
      const group = groupOf(record)
      return group === undefined ? [] : valuesIn(record, group)
    },
    exactPlace: (record) => {
      const group = groupOf(record)
      return group === undefined ? undefined : `${group}.${name}`
    },
  }
}

/** The name of a group or element without Workday's prefix and suffixes. */
const withoutSuffix = (name: string): string => name.replace(/^wd:/, '').replace(/_(?:Data|group)$/i, '')
