import { argumentAt, type BoundCalls } from '../check/bound.js'
import type { Presence } from '../functions/define.js'
import type { Argument, Expression } from '../syntax/ast.js'
import type { Settings } from '../values/settings.js'

/** The facts that conditions around an expression imply about attributes, by name. */
export type Refinements = ReadonlyMap<string, Presence>

export const noRefinements: Refinements = new Map()

const one = (node: Argument | undefined, presence: Presence): Refinements =>
  node?.type === 'AttributeReference' ? new Map([[node.name, presence]]) : noRefinements

const isEmptyText = (node: Argument | undefined): boolean =>
  node?.type === 'StringLiteral' && node.value === ''

/** The facts if a condition is true, or false. */
export const refinementsOf = (
  condition: Expression,
  holds: boolean,
  settings: Pick<Settings, 'nullComparison'>,
  calls: BoundCalls,
): Refinements => {
  switch (condition.type) {
    case 'AttributeReference':
      return holds ? one(condition, 'present') : noRefinements
    case 'Comparison': {
      // A comparison with null or "" is false, so both sides of a true comparison have values.
      if (!holds || settings.nullComparison !== 'service') return noRefinements
      return withRefinements(one(condition.left, 'present'), one(condition.right, 'present'))
    }
    case 'FunctionCall': {
      const call = calls.get(condition)
      const first = call && argumentAt(call, 0)
      const presence = holds ? call?.definition.tests?.whenTrue : call?.definition.tests?.whenFalse
      if (presence !== undefined) return one(first, presence)
      return call?.definition.negates === true && first !== undefined && isTest(first, calls)
        ? refinementsOf(first, !holds, settings, calls)
        : noRefinements
    }
    default:
      return noRefinements
  }
}

/** Whether an expression is True or False for every object, so that its negation has the other value. */
const isTest = (node: Expression, calls: BoundCalls): boolean => {
  if (node.type === 'Comparison') return true
  const definition = node.type === 'FunctionCall' ? calls.get(node)?.definition : undefined
  return definition?.tests !== undefined || definition?.negates === true
}

/** The facts about the source of Switch in the value of a key. */
export const refinementsOfKey = (source: Argument | undefined, key: Argument | undefined): Refinements => {
  if (key?.type !== 'StringLiteral') return noRefinements
  return one(source, key.value === '' ? 'absent' : 'present')
}

/** The facts about the source of Switch in the default value. */
export const refinementsOfDefault = (
  source: Argument | undefined,
  keys: readonly (Argument | undefined)[],
): Refinements => (keys.some(isEmptyText) ? one(source, 'present') : noRefinements)

/** The facts of both; the later one takes precedence. */
export const withRefinements = (a: Refinements, b: Refinements): Refinements =>
  b.size === 0 ? a : a.size === 0 ? b : new Map([...a, ...b])
