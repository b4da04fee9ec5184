import type { Argument, Expression } from '../syntax/ast.js'
import type { Settings } from '../values/settings.js'

/** Whether an attribute is known to have a value other than "", or to have none. */
export type Presence = 'present' | 'absent'

/** What conditions around an expression say of the attributes, by name. */
export type Refinements = ReadonlyMap<string, Presence>

export const noRefinements: Refinements = new Map()

const one = (node: Argument | undefined, presence: Presence): Refinements =>
  node?.type === 'AttributeReference' ? new Map([[node.name, presence]]) : noRefinements

const isEmptyText = (node: Argument | undefined): boolean =>
  node?.type === 'StringLiteral' && node.value === ''

/** What is known where a condition came out true, or false. */
export const refinementsOf = (
  condition: Expression,
  holds: boolean,
  settings: Pick<Settings, 'nullComparison'>,
): Refinements => {
  switch (condition.type) {
    case 'AttributeReference':
      return holds ? one(condition, 'present') : noRefinements
    case 'Comparison': {
      // A comparison with null or "" is false, so one that is true has values on both sides.
      if (!holds || settings.nullComparison !== 'service') return noRefinements
      return withRefinements(one(condition.left, 'present'), one(condition.right, 'present'))
    }
    case 'FunctionCall': {
      const [first] = condition.arguments
      switch (condition.name) {
        case 'IsPresent':
          return one(first, holds ? 'present' : 'absent')
        case 'IsNullOrEmpty':
        case 'IsNothing':
          return one(first, holds ? 'absent' : 'present')
        case 'IsNull':
          return holds ? one(first, 'absent') : noRefinements
        case 'Not':
          return first === undefined || first.type === 'OmittedArgument' || !isTest(first)
            ? noRefinements
            : refinementsOf(first, !holds, settings)
        default:
          return noRefinements
      }
    }
    default:
      return noRefinements
  }
}

/** Whether an expression is True or False for every object, so that Not turns it round. */
const isTest = (node: Expression): boolean =>
  node.type === 'Comparison' ||
  (node.type === 'FunctionCall' &&
    ['IsPresent', 'IsNullOrEmpty', 'IsNothing', 'IsNull', 'Not'].includes(node.name))

/** What is known of the source of Switch in the value of a key. */
export const refinementsOfKey = (source: Argument | undefined, key: Argument | undefined): Refinements => {
  if (key?.type !== 'StringLiteral') return noRefinements
  return one(source, key.value === '' ? 'absent' : 'present')
}

/** What is known of the source of Switch in the default value. */
export const refinementsOfDefault = (
  source: Argument | undefined,
  keys: readonly (Argument | undefined)[],
): Refinements => (keys.some(isEmptyText) ? one(source, 'present') : noRefinements)

/** What is known when both are; the later one wins. */
export const withRefinements = (a: Refinements, b: Refinements): Refinements =>
  b.size === 0 ? a : a.size === 0 ? b : new Map([...a, ...b])
