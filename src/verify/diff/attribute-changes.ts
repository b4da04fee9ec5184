import { hasErrors } from '../../diagnostics/diagnostic.js'
import { standardLibrary } from '../../functions/standard.js'
import { evaluatedTextOf } from '../../schema/expression-tree.js'
import type { AttributeMapping, ObjectMapping } from '../../schema/model.js'
import { parseExpression } from '../../syntax/parser.js'
import { printExpression } from '../../syntax/print.js'
import { eitherOf, pairsOf } from './pairing.js'
import { type Criticality, changed, OTHERS, type SchemaChange } from './schema-change.js'

const withoutLayout = (text: string): string => {
  const { expression, diagnostics } = parseExpression(text)
  return hasErrors(diagnostics) ? text : printExpression(expression)
}

/** The expression that is evaluated, without its layout. */
const expressionOf = ({ source }: AttributeMapping): string | null =>
  source && withoutLayout(evaluatedTextOf(source, standardLibrary))

/** The text of an expression whose stored tree is another one; the tree is evaluated. */
const unusedText = (mapping: AttributeMapping): string | undefined => {
  const text = mapping.source?.expression
  return text == null || withoutLayout(text) === expressionOf(mapping) ? undefined : text
}

type Rating = readonly [criticality: Criticality, reason: string]

/**
 * The rating of a change. For a matching attribute it is breaking, because it decides which account belongs
 * to an object.
 */
const rated = ({ matchingPriority }: AttributeMapping, reason: string): Rating =>
  matchingPriority > 0 ? ['breaking', OTHERS] : ['risky', reason]

/** The compared members of an attribute mapping, with the rating of a change. */
const attributeFacts: readonly (readonly [
  what: string,
  of: (mapping: AttributeMapping) => unknown,
  rating: (mapping: AttributeMapping) => Rating,
])[] = [
  ['matchingPriority', (one) => one.matchingPriority, () => ['breaking', OTHERS]],
  ['expression', expressionOf, (one) => rated(one, 'values may change')],
  ['defaultValue', (one) => one.defaultValue, () => ['risky', 'objects without a value may get another one']],
  ['flowType', (one) => one.flowType, () => ['risky', 'the mapping applies at other times']],
  ['flowBehavior', (one) => one.flowBehavior, () => ['safe', 'only how often the value is sent changes']],
]

const UNUSED = 'no effect: the stored tree is evaluated'
const MOVES = 'another attribute gets the value, and the old one keeps its value'
const STARTS = 'the attribute will be written'
const STOPS = 'the attribute is no longer written, and keeps its value'

/** The changes of the attribute mappings of an object mapping. Their order does not count. */
export const attributeChanges = (
  path: string,
  before: ObjectMapping,
  after: ObjectMapping,
): readonly SchemaChange[] =>
  pairsOf(
    before.attributeMappings,
    after.attributeMappings,
    (one) => one.targetAttributeName,
    (one) => expressionOf(one) ?? undefined,
  ).flatMap((pair) => {
    const [old, now] = pair
    const target = eitherOf(pair).targetAttributeName
    const place = `${path} / ${target}`
    if (old === undefined) return changed(place, 'attribute', old, expressionOf(now), ...rated(now, STARTS))
    if (now === undefined) return changed(place, 'attribute', expressionOf(old), now, ...rated(old, STOPS))
    return [
      ...changed(place, 'target', old.targetAttributeName, target, ...rated(old, MOVES)),
      ...(expressionOf(old) === expressionOf(now)
        ? changed(place, 'text', unusedText(old), unusedText(now), 'risky', UNUSED)
        : []),
      ...attributeFacts.flatMap(([what, of, rating]) =>
        changed(place, what, of(old), of(now), ...rating(now)),
      ),
    ]
  })
