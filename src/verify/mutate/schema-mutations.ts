import { filterOperators, findOperator } from '../../filter/operators.js'
import { clauseText } from '../../filter/resolve.js'
import type { AttributeMapping, FilterClause } from '../../schema/model.js'
import { defineMutation, type Mutation, type SchemaChangeOf } from './mutation.js'

/** An attribute mapping with another value in one member. */
const withMember = <Name extends 'defaultValue' | 'flowType' | 'matchingPriority'>(
  mapping: AttributeMapping,
  member: Name,
  value: AttributeMapping[Name],
  what: string,
): SchemaChangeOf<AttributeMapping> => ({
  to: { ...mapping, [member]: value },
  before: String(mapping[member]),
  after: String(value ?? ''),
  what,
  at: { object: mapping, member },
})

const defaultValue = defineMutation({
  name: 'default value',
  doc: 'A mapping without its default value.',
  of: 'attribute',
  mutate: ({ mapping }) =>
    mapping.defaultValue === null || mapping.defaultValue === ''
      ? []
      : [withMember(mapping, 'defaultValue', null, 'no default value')],
})

const flowType = defineMutation({
  name: 'flow type',
  doc: 'A mapping that applies only during object creation, or always.',
  of: 'attribute',
  mutate: ({ mapping, rules }, { ends }) => {
    if (ends.ignoresFlowTypes || mapping.matchingPriority > 0 || !rules.hasSource) return []
    const to = mapping.flowType === 'Always' ? 'ObjectAddOnly' : 'Always'
    return [withMember(mapping, 'flowType', to, `flow type ${to} in place of ${mapping.flowType}`)]
  },
})

const matching = defineMutation({
  name: 'matching',
  doc: 'One of several matching attributes no longer matches.',
  of: 'attribute',
  mutate: ({ mapping }, compiled) =>
    mapping.matchingPriority === 0 || compiled.matching.length < 2
      ? []
      : [withMember(mapping, 'matchingPriority', 0, 'no matching attribute')],
})

const flowTypes = defineMutation({
  name: 'operation',
  doc: 'An object mapping without one of Add, Update and Delete.',
  of: 'mapping',
  mutate: (mapping) =>
    mapping.flowTypes.map((type) => {
      const rest = mapping.flowTypes.filter((other) => other !== type)
      return {
        to: { ...mapping, flowTypes: rest },
        before: mapping.flowTypes.join(','),
        after: rest.join(','),
        what: `without ${type}`,
        at: { object: mapping, member: 'flowTypes' },
      }
    }),
})

const opposites: ReadonlyMap<string, string> = new Map(
  filterOperators.flatMap(({ name, negates }) =>
    negates === undefined
      ? []
      : [
          [name, negates],
          [negates, name],
        ],
  ),
)

const borders: ReadonlyMap<string, string> = new Map([
  ['GREATER_THAN', 'GREATER_THAN_OR_EQUALS'],
  ['GREATER_THAN_OR_EQUALS', 'GREATER_THAN'],
])

const replaced = <T>(items: readonly T[], item: T, ...others: readonly T[]): readonly T[] =>
  items.flatMap((one) => (one === item ? others : [one]))

const clause = defineMutation({
  name: 'clause',
  doc: 'A scope without one of its clauses.',
  of: 'clause',
  mutate: (clause, { clauses }, groups) =>
    // Removing the only clause of a group removes the group, which is another mutation.
    clauses.length === 1 && groups.length > 1
      ? []
      : [{ clauses: replaced(clauses, clause), after: '', what: `without the clause ${clauseText(clause)}` }],
})

const operator = defineMutation({
  name: 'operator',
  doc: 'The opposite operator, or the one that includes or excludes the limit.',
  of: 'clause',
  mutate: (clause, { clauses }) => {
    const name = findOperator(clause.operatorName)?.name ?? ''
    return [opposites.get(name), borders.get(name)]
      .filter((other) => other !== undefined)
      .map((operatorName) => {
        const other: FilterClause = { ...clause, operatorName }
        return {
          clauses: replaced(clauses, clause, other),
          after: clauseText(other),
          what: `${operatorName} in place of ${clause.operatorName}`,
        }
      })
  },
})

const nulls = defineMutation({
  name: 'null policy',
  doc: 'A negative clause that no longer passes objects without the attribute, if the null policy lets them pass.',
  of: 'clause',
  mutate: (clause, { clauses }, _groups, nullPolicy) => {
    const found = findOperator(clause.operatorName)
    if (found === undefined || !found.supported || found.polarity !== 'negative' || found.arity === 'unary')
      return []
    // Under the documented policy null passes no negative clause, so the mutant would be equivalent.
    if (nullPolicy === 'documented') return []
    const present: FilterClause = {
      sourceOperandName: clause.sourceOperandName,
      operatorName: 'IS NOT NULL',
      targetOperand: null,
    }
    return [
      {
        clauses: replaced(clauses, clause, clause, present),
        after: `${clauseText(clause)} and ${clauseText(present)}`,
        what: `objects without ${clause.sourceOperandName} do not pass ${clauseText(clause)}`,
      },
    ]
  },
})

const operand = defineMutation({
  name: 'operand',
  doc: 'A clause with another value.',
  of: 'clause',
  mutate: (clause, { clauses }) => {
    const { targetOperand } = clause
    if (targetOperand === null) return []
    return targetOperand.values.map((value) => {
      const digits = /^\d{1,15}$/.test(value)
      const other: FilterClause = {
        ...clause,
        targetOperand: {
          ...targetOperand,
          values: replaced(targetOperand.values, value, digits ? `${Number(value) + 1}` : `${value}~`),
        },
      }
      return {
        clauses: replaced(clauses, clause, other),
        after: clauseText(other),
        what: `another value than ${value}`,
      }
    })
  },
})

const group = defineMutation({
  name: 'group',
  doc: 'A scope without one of its groups, or with two groups that must both hold.',
  of: 'groups',
  mutate: (groups) => {
    if (groups.length < 2) return []
    const nameOf = (index: number): string => groups[index]?.name ?? `group ${index + 1}`
    const gone = groups.map((one, index) => ({
      to: groups.filter((other) => other !== one),
      before: nameOf(index),
      after: '',
      what: `without the group ${nameOf(index)}`,
      at: { object: one },
    }))
    const joined = groups.flatMap((first, index) =>
      groups.slice(index + 1, index + 2).map((one) => ({
        to: replaced(groups, first, {
          ...first,
          clauses: [...first.clauses, ...one.clauses],
        }).filter((other) => other !== one),
        before: `${nameOf(index)} or ${nameOf(index + 1)}`,
        after: `${nameOf(index)} and ${nameOf(index + 1)}`,
        what: `both ${nameOf(index)} and ${nameOf(index + 1)} must hold`,
        at: { object: one },
      })),
    )
    return [...gone, ...joined]
  },
})

const nullFlow = defineMutation({
  name: 'null flow',
  doc: 'A mapping that no longer clears the target when its source is null.',
  of: 'nulls',
  mutate: ({ mapping, rules, analyzed }, { schema, rule, objectMapping }) => {
    if (!rules.clearsOnNull) return []
    const read = new Set(analyzed?.attributes ?? [])
    return [
      {
        to: {
          ...schema,
          directories: schema.directories.map((directory) =>
            directory.name !== rule.sourceDirectoryName
              ? directory
              : {
                  ...directory,
                  objects: directory.objects.map((object) =>
                    object.name !== objectMapping.sourceObjectName
                      ? object
                      : {
                          ...object,
                          attributes: object.attributes.map((one) =>
                            read.has(one.name) ? { ...one, flowNullValues: false } : one,
                          ),
                        },
                  ),
                },
          ),
        },
        before: 'clears',
        after: 'keeps',
        what: 'null does not clear the target',
        at: { object: mapping },
      },
    ]
  },
})

/** The mutations of attribute mappings, object mappings and scopes. */
export const schemaMutations: readonly Mutation[] = [
  defaultValue,
  flowType,
  matching,
  nullFlow,
  flowTypes,
  clause,
  operator,
  nulls,
  operand,
  group,
]
