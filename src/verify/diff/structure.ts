import { hasErrors } from '../../diagnostics/diagnostic.js'
import { standardLibrary } from '../../functions/standard.js'
import { expressionTextOf } from '../../schema/expression-tree.js'
import type {
  AttributeMapping,
  Filter,
  FilterGroup,
  ObjectMapping,
  SynchronizationRule,
  SynchronizationSchema,
} from '../../schema/model.js'
import { parseExpression } from '../../syntax/parser.js'
import { printExpression } from '../../syntax/print.js'

/** How much a change can do harm: `breaking` can hand accounts over, delete or disable, or stop values. */
export type Criticality = 'safe' | 'risky' | 'breaking'

/** One change between two schemas. */
export interface SchemaChange {
  /** Where, in the words of the portal: `User → User / userName`. */
  readonly path: string
  /** What changed: `expression`, `matchingPriority`, `clause`, … */
  readonly what: string
  /** Undefined when it is new. */
  readonly before: unknown
  /** Undefined when it is gone. */
  readonly after: unknown
  readonly criticality: Criticality
  readonly reason: string
}

/** What is compared of an attribute mapping, and how much a change of it can do harm. */
const attributeFacts: readonly {
  readonly what: string
  readonly of: (mapping: AttributeMapping) => unknown
  readonly criticality: Criticality
  readonly reason: string
}[] = [
  {
    what: 'matchingPriority',
    of: ({ matchingPriority }) => matchingPriority,
    criticality: 'breaking',
    reason: 'objects may be matched to other accounts, or not at all',
  },
  {
    what: 'expression',
    of: ({ source }) => (source === null ? null : canonical(expressionTextOf(source, standardLibrary))),
    criticality: 'risky',
    reason: 'values may change',
  },
  {
    what: 'defaultValue',
    of: ({ defaultValue }) => defaultValue,
    criticality: 'risky',
    reason: 'objects without a value may get another one',
  },
  {
    what: 'flowType',
    of: ({ flowType }) => flowType,
    criticality: 'risky',
    reason: 'the mapping applies at other times',
  },
  {
    what: 'flowBehavior',
    of: ({ flowBehavior }) => flowBehavior,
    criticality: 'safe',
    reason: 'only how often the value is sent changes',
  },
]

/** An expression as it is compared: layout does not count. */
const canonical = (text: string): string => {
  const { expression, diagnostics } = parseExpression(text)
  return hasErrors(diagnostics) ? text : printExpression(expression)
}

const keyOf = (rule: SynchronizationRule, mapping: ObjectMapping): string =>
  `${rule.sourceDirectoryName}/${mapping.sourceObjectName} → ${rule.targetDirectoryName}/${mapping.targetObjectName}`

const mappingsOf = (schema: SynchronizationSchema): ReadonlyMap<string, ObjectMapping> => {
  const found = new Map<string, ObjectMapping>()
  for (const rule of schema.synchronizationRules)
    for (const mapping of rule.objectMappings) {
      const key = keyOf(rule, mapping)
      let name = key
      for (let number = 2; found.has(name); number++) name = `${key} (${number})`
      found.set(name, mapping)
    }
  return found
}

const attributesOf = ({ attributeMappings }: ObjectMapping): ReadonlyMap<string, AttributeMapping> =>
  new Map(attributeMappings.map((one) => [one.targetAttributeName, one]))

const clausesOf = (groups: readonly FilterGroup[]): ReadonlyMap<string, string> =>
  new Map(
    groups.flatMap(({ name, clauses }, index) =>
      clauses.map(({ sourceOperandName, operatorName, targetOperand }) => {
        const values = (targetOperand?.values ?? []).join(', ')
        const text = `${sourceOperandName} ${operatorName} ${values}`.trim()
        return [`${name ?? `group ${index + 1}`}: ${text}`, text] as const
      }),
    ),
  )

const sets = ['groups', 'inputFilterGroups', 'categoryFilterGroups'] as const

const scopeChanges = (path: string, before: Filter | null, after: Filter | null): readonly SchemaChange[] =>
  sets.flatMap((set) => {
    const [old, now] = [clausesOf(before?.[set] ?? []), clausesOf(after?.[set] ?? [])]
    const gone = [...old].filter(([key]) => !now.has(key))
    const added = [...now].filter(([key]) => !old.has(key))
    return [
      ...gone.map(
        ([key, text]): SchemaChange => ({
          path: `${path} / scope / ${key}`,
          what: 'clause',
          before: text,
          after: undefined,
          criticality: 'risky',
          reason: 'objects may enter the scope',
        }),
      ),
      ...added.map(
        ([key, text]): SchemaChange => ({
          path: `${path} / scope / ${key}`,
          what: 'clause',
          before: undefined,
          after: text,
          criticality: 'breaking',
          reason: 'objects may leave the scope, and be disabled or deleted',
        }),
      ),
    ]
  })

const attributeChanges = (
  path: string,
  before: ObjectMapping,
  after: ObjectMapping,
): readonly SchemaChange[] => {
  const [old, now] = [attributesOf(before), attributesOf(after)]
  const names = [...new Set([...old.keys(), ...now.keys()])]
  return names.flatMap((name): readonly SchemaChange[] => {
    const [one, other] = [old.get(name), now.get(name)]
    const place = `${path} / ${name}`
    const expression = attributeFacts[1]!.of
    if (one === undefined)
      return [
        {
          path: place,
          what: 'attribute',
          before: undefined,
          after: expression(other!),
          criticality: 'risky',
          reason: 'the attribute is written from now on',
        },
      ]
    if (other === undefined)
      return [
        {
          path: place,
          what: 'attribute',
          before: expression(one),
          after: undefined,
          criticality: one.matchingPriority > 0 ? 'breaking' : 'risky',
          reason:
            one.matchingPriority > 0
              ? 'objects are no longer matched by it'
              : 'the attribute is not written any more, and keeps the value it has',
        },
      ]
    return attributeFacts.flatMap(({ what, of, criticality, reason }): readonly SchemaChange[] => {
      const [from, to] = [of(one), of(other)]
      if (from === to) return []
      const matching = what === 'expression' && other.matchingPriority > 0
      return [
        {
          path: place,
          what,
          before: from,
          after: to,
          criticality: matching ? 'breaking' : criticality,
          reason: matching ? 'objects may be matched to other accounts, or not at all' : reason,
        },
      ]
    })
  })
}

const mappingChanges = (
  path: string,
  before: ObjectMapping,
  after: ObjectMapping,
): readonly SchemaChange[] => {
  const enabled: readonly SchemaChange[] =
    before.enabled === after.enabled
      ? []
      : [
          {
            path,
            what: 'enabled',
            before: before.enabled,
            after: after.enabled,
            criticality: after.enabled ? 'risky' : 'breaking',
            reason: after.enabled
              ? 'its objects are provisioned from now on'
              : 'its objects are no longer provisioned',
          },
        ]
  const [old, now] = [before.flowTypes, after.flowTypes].map((types) => [...types].sort().join(', '))
  const flowTypes: readonly SchemaChange[] =
    old === now
      ? []
      : [
          {
            path,
            what: 'flowTypes',
            before: old,
            after: now,
            criticality:
              after.flowTypes.includes('Delete') && !before.flowTypes.includes('Delete')
                ? 'breaking'
                : 'risky',
            reason: 'other operations are allowed',
          },
        ]
  return [
    ...enabled,
    ...flowTypes,
    ...scopeChanges(path, before.scope, after.scope),
    ...attributeChanges(path, before, after),
  ]
}

/** What changed from one schema to another, mapping by mapping and clause by clause. The order of mappings does not count. */
export const schemaChanges = (
  before: SynchronizationSchema,
  after: SynchronizationSchema,
): readonly SchemaChange[] => {
  const [old, now] = [mappingsOf(before), mappingsOf(after)]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path): readonly SchemaChange[] => {
    const [one, other] = [old.get(path), now.get(path)]
    if (one !== undefined && other !== undefined) return mappingChanges(path, one, other)
    const gone = other === undefined
    return [
      {
        path,
        what: 'objectMapping',
        before: gone ? 'there' : undefined,
        after: gone ? undefined : 'there',
        criticality: gone ? 'breaking' : 'risky',
        reason: gone ? 'its objects are no longer provisioned' : 'its objects are provisioned from now on',
      },
    ]
  })
}
