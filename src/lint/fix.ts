import { type CheckEnvironment, requireEnvironment } from '../check/environment.js'
import { applyFixes } from '../diagnostics/fix.js'
import { analyzeExpression } from '../expression/compile.js'
import { compareTree, expressionTextOf, withExpression } from '../schema/expression-tree.js'
import type {
  AttributeMapping,
  ObjectMapping,
  SynchronizationRule,
  SynchronizationSchema,
} from '../schema/model.js'
import { requireSchema } from '../schema/require-schema.js'
import { hasUnbalancedQuotes } from '../syntax/repair/unbalanced-quotes.js'
import { lintExpression } from './lint-expression.js'
import { type LintSchemaOptions, mappingEnvironment } from './mapping-environment.js'

/** A text after its safe fixes. */
export interface FixedText {
  readonly text: string
  /** The number of applied fixes. */
  readonly count: number
}

/** A fix can make another one possible; more rounds mean that fixes undo each other. */
const MOST_ROUNDS = 10

/**
 * Applies the safe fixes of all findings of checking and linting in an expression.
 * @throws {TypeError} for an invalid environment
 * @example
 * fixExpression('IIF([a] == "x", "b", "c")', environmentOf()).text // 'IIF([a] = "x", "b", "c")'
 */
export const fixExpression = (text: string, environment: CheckEnvironment): FixedText => {
  requireEnvironment(environment)
  // If quotes are missing, it is a guess what is text, and so is every fix.
  if (hasUnbalancedQuotes(text)) return { text, count: 0 }
  let current = text
  let count = 0
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const analyzed = analyzeExpression(current, environment)
    const found = [...analyzed.diagnostics, ...lintExpression(analyzed, environment)]
    // Of several fixes for one finding, the first is the most likely.
    const fixes = found.flatMap((d) => d.fixes?.filter(({ safe }) => safe).slice(0, 1) ?? [])
    const next = applyFixes(current, fixes)
    if (next === current) return { text: current, count }
    count += fixes.length
    current = next
  }
  // Fixes that never end would change the text again each time.
  return { text, count: 0 }
}

/** A schema after the safe fixes of its expressions. */
export interface FixedSchema {
  readonly schema: SynchronizationSchema
  readonly count: number
}

/**
 * Applies the safe fixes of all expressions in enabled object mappings. A changed expression gets its
 * canonical text and the tree that belongs to it. One that cannot be stored as a tree is not changed, nor one whose text
 * and tree disagree.
 */
export const fixSchema = (schema: SynchronizationSchema, options: LintSchemaOptions = {}): FixedSchema => {
  requireSchema(schema)
  let count = 0
  const fixMapping = (mapping: AttributeMapping, environment: CheckEnvironment): AttributeMapping => {
    const { source } = mapping
    if (source === null || source.type !== 'Function') return mapping
    // A fix of the text would replace a tree that disagrees with it, and that is what the service evaluates.
    if (compareTree(source, environment.library).tree !== undefined) return mapping
    const before = expressionTextOf(source, environment.library)
    const fixed = fixExpression(before, environment)
    if (fixed.count === 0) return mapping
    const change = withExpression(source, fixed.text, environment.library)
    if (change.source === null) return mapping
    // The canonical text must have nothing left to fix, or the next run would change it again.
    const canonical = change.source.expression ?? ''
    if (fixExpression(canonical, environment).count > 0) return mapping
    count += fixed.count
    return { ...mapping, source: change.source }
  }
  const fixObjectMapping = (rule: SynchronizationRule, mapping: ObjectMapping): ObjectMapping => {
    if (!mapping.enabled) return mapping
    const { environment } = mappingEnvironment(schema, rule, mapping, options)
    const attributeMappings = mapping.attributeMappings.map((one) => fixMapping(one, environment))
    return { ...mapping, attributeMappings }
  }
  const synchronizationRules = schema.synchronizationRules.map((rule) => ({
    ...rule,
    objectMappings: rule.objectMappings.map((mapping) => fixObjectMapping(rule, mapping)),
  }))
  return count === 0 ? { schema, count } : { schema: { ...schema, synchronizationRules }, count }
}
