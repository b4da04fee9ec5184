import { hasErrors } from '../../diagnostics/diagnostic.js'
import { clauseText, filterSetNames } from '../../filter/resolve.js'
import { standardLibrary } from '../../functions/standard.js'
import { expressionTextOf } from '../../schema/expression-tree.js'
import type {
  AttributeMapping,
  Filter,
  FilterClause,
  FilterGroup,
  ObjectMapping,
  SynchronizationRule,
  SynchronizationSchema,
} from '../../schema/model.js'
import { parseExpression } from '../../syntax/parser.js'
import { printExpression } from '../../syntax/print.js'
import { pairsOf } from './pairing.js'

/** The harm that a change can do: `breaking` can hand over, delete or disable accounts, or stop values. */
export type Criticality = 'safe' | 'risky' | 'breaking'

/** One change between two schemas. */
export interface SchemaChange {
  /** Where, in the terms of the portal: `User → User / userName`. */
  readonly path: string
  /** What changed: `expression`, `matchingPriority`, `clause`, … */
  readonly what: string
  /** Undefined if it is new. */
  readonly before: unknown
  /** Undefined if it is gone. */
  readonly after: unknown
  readonly criticality: Criticality
  readonly reason: string
}

/** A change of one place, or none where both sides are equal. */
const changed = (
  path: string,
  what: string,
  before: unknown,
  after: unknown,
  criticality: Criticality,
  reason: string,
): readonly SchemaChange[] => (before === after ? [] : [{ path, what, before, after, criticality, reason }])

const ENTER = 'objects may enter the scope'
const LEAVE = 'objects may leave the scope, and be disabled or deleted'
const OTHERS = 'objects may be matched to other accounts, or not at all'
const STARTS = 'its objects are provisioned from now on'
const STOPS = 'its objects are no longer provisioned'

/** An expression in the form in which it is compared, without its layout. */
const expressionOf = ({ source }: AttributeMapping): string | null => {
  if (source === null) return null
  const text = expressionTextOf(source, standardLibrary)
  const { expression, diagnostics } = parseExpression(text)
  return hasErrors(diagnostics) ? text : printExpression(expression)
}

/** The compared members of an attribute mapping, with the criticality of a change. */
const attributeFacts: readonly (readonly [
  what: string,
  of: (mapping: AttributeMapping) => unknown,
  criticality: Criticality,
  reason: string,
])[] = [
  ['matchingPriority', (one) => one.matchingPriority, 'breaking', OTHERS],
  ['expression', expressionOf, 'risky', 'values may change'],
  ['defaultValue', (one) => one.defaultValue, 'risky', 'objects without a value may get another one'],
  ['flowType', (one) => one.flowType, 'risky', 'the mapping applies at other times'],
  ['flowBehavior', (one) => one.flowBehavior, 'safe', 'only how often the value is sent changes'],
]

const attributeChanges = (
  path: string,
  before: ObjectMapping,
  after: ObjectMapping,
): readonly SchemaChange[] =>
  pairsOf(
    before.attributeMappings,
    after.attributeMappings,
    (one) => one.targetAttributeName,
    (one) => expressionOf(one) ?? undefined,
  ).flatMap(([old, now]) => {
    const target = (now ?? old)!.targetAttributeName
    const place = `${path} / ${target}`
    const matches = (old?.matchingPriority ?? now?.matchingPriority ?? 0) > 0
    if (old === undefined)
      return changed(
        place,
        'attribute',
        old,
        expressionOf(now),
        'risky',
        'the attribute is written from now on',
      )
    const gone = 'the attribute is not written any more, and keeps the value it has'
    if (now === undefined)
      return matches
        ? changed(
            place,
            'attribute',
            expressionOf(old),
            now,
            'breaking',
            'objects are no longer matched by it',
          )
        : changed(place, 'attribute', expressionOf(old), now, 'risky', gone)
    return [
      ...changed(
        place,
        'target',
        old.targetAttributeName,
        target,
        matches ? 'breaking' : 'risky',
        matches ? OTHERS : `${gone}; another one gets the value`,
      ),
      ...attributeFacts.flatMap(([what, of, criticality, reason]) =>
        what === 'expression' && now.matchingPriority > 0
          ? changed(place, what, of(old), of(now), 'breaking', OTHERS)
          : changed(place, what, of(old), of(now), criticality, reason),
      ),
    ]
  })

const attributesIn = ({ clauses }: FilterGroup): string =>
  clauses.map(({ sourceOperandName }) => sourceOperandName).join(', ')

const textOf = ({ clauses }: FilterGroup): string => clauses.map(clauseText).sort().join(' and ')

/** The clauses of a group hold together: one that is added narrows the scope. */
const clauseChanges = (path: string, before: FilterGroup, after: FilterGroup): readonly SchemaChange[] =>
  pairsOf<FilterClause>(
    before.clauses,
    after.clauses,
    clauseText,
    (one) => `${one.sourceOperandName} ${one.operatorName}`,
    (one) => one.sourceOperandName,
  ).flatMap(([old, now]) => {
    const [from, to] = [old, now].map((one) => one && clauseText(one))
    const [criticality, reason]: [Criticality, string] =
      old === undefined
        ? ['breaking', LEAVE]
        : now === undefined
          ? ['risky', ENTER]
          : ['breaking', `${ENTER}, or leave it`]
    return changed(`${path}${(now ?? old)!.sourceOperandName}`, 'clause', from, to, criticality, reason)
  })

/** Groups are alternatives: one that is added widens the scope, unless there was none. */
const scopeChanges = (path: string, before: Filter | null, after: Filter | null): readonly SchemaChange[] =>
  filterSetNames.flatMap((set) => {
    const sides = [before, after].map((filter) =>
      (filter?.[set] ?? []).filter(({ clauses }) => clauses.length > 0),
    )
    return pairsOf(
      sides[0]!,
      sides[1]!,
      textOf,
      ({ name }) => name ?? undefined,
      attributesIn,
      () => '',
    ).flatMap(([old, now]) => {
      const { name } = (now ?? old)!
      const place = `${path} / scope / ${name === null ? '' : `${name}: `}`
      if (old !== undefined && now !== undefined) return clauseChanges(place, old, now)
      const narrows = sides.every(({ length }) => length > 0) === (now === undefined)
      const [from, to] = [old, now].map((one) => one && textOf(one))
      return changed(
        place + attributesIn((now ?? old)!),
        'group',
        from,
        to,
        narrows ? 'breaking' : 'risky',
        narrows ? LEAVE : ENTER,
      )
    })
  })

interface PlacedMapping {
  readonly rule: SynchronizationRule
  readonly mapping: ObjectMapping
}

const mappingsOf = ({ synchronizationRules }: SynchronizationSchema): readonly PlacedMapping[] =>
  synchronizationRules.flatMap((rule) => rule.objectMappings.map((mapping) => ({ rule, mapping })))

const objectsOf = ({ mapping }: PlacedMapping): string =>
  `${mapping.sourceObjectName} → ${mapping.targetObjectName}`

const endsOf = ({ rule, mapping }: PlacedMapping): string =>
  `${rule.sourceDirectoryName}/${mapping.sourceObjectName} → ${rule.targetDirectoryName}/${mapping.targetObjectName}`

/** The attributes that are written: mappings that write the same ones are the same under another name. */
const targetsOf = ({ mapping }: PlacedMapping): string | undefined =>
  mapping.attributeMappings
    .map((one) => one.targetAttributeName)
    .sort()
    .join() || undefined

const flowTypesOf = ({ flowTypes }: ObjectMapping): string => [...flowTypes].sort().join(', ')

/**
 * The changes from one schema to another, mapping by mapping and clause by clause. The order of mappings does
 * not count.
 */
export const schemaChanges = (
  before: SynchronizationSchema,
  after: SynchronizationSchema,
): readonly SchemaChange[] =>
  pairsOf(mappingsOf(before), mappingsOf(after), endsOf, objectsOf, targetsOf).flatMap(([old, now]) => {
    const path = endsOf((now ?? old)!)
    if (old === undefined) return changed(path, 'objectMapping', old, endsOf(now), 'risky', STARTS)
    if (now === undefined) return changed(path, 'objectMapping', endsOf(old), now, 'breaking', STOPS)
    const [one, other] = [old.mapping, now.mapping]
    const deletes = other.flowTypes.includes('Delete') && !one.flowTypes.includes('Delete')
    return [
      ...changed(path, 'ends', endsOf(old), path, 'breaking', OTHERS),
      ...changed(
        path,
        'enabled',
        one.enabled,
        other.enabled,
        other.enabled ? 'risky' : 'breaking',
        other.enabled ? STARTS : STOPS,
      ),
      ...changed(
        path,
        'flowTypes',
        flowTypesOf(one),
        flowTypesOf(other),
        deletes ? 'breaking' : 'risky',
        'other operations are allowed',
      ),
      ...scopeChanges(path, one.scope, other.scope),
      ...attributeChanges(path, one, other),
    ]
  })
