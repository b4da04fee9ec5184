import { type FilterSetName, filterOperators, filterSetNames } from '../filter/index.js'
import { type CompiledObjectMapping, checkSchema, compileObjectMapping } from '../mapping/index.js'
import type { Filter, FilterClause, FilterGroup, ObjectMapping } from '../schema/index.js'
import { scopeCounts } from '../views/index.js'
import type { ClauseDraft, FilterDraft, FilterView, GroupDraft, OperatorChoice } from './answers.js'
import { findingOf } from './finding.js'
import { type ReadUsers, titlesOf } from './users.js'

/** How many users are counted while editing. */
const MOST_COUNTED = 10_000

/** How many users who enter or leave the scope are listed. */
const MOST_NAMED = 20

const operators: readonly OperatorChoice[] = filterOperators.map(({ name, arity, doc }) => ({
  name,
  unary: arity === 'unary',
  doc,
}))

const draftGroup = ({ name, clauses }: FilterGroup): GroupDraft => ({
  name: name ?? '',
  clauses: clauses.map(({ sourceOperandName, operatorName, targetOperand }) => ({
    attribute: sourceOperandName,
    operator: operatorName,
    values: targetOperand?.values ?? [],
  })),
})

/** A filter in the form in which it is edited. */
const draftOf = (filter: Filter | null): FilterDraft => {
  const draft: Partial<Record<FilterSetName, readonly GroupDraft[]>> = {}
  for (const name of filterSetNames) draft[name] = (filter?.[name] ?? []).map(draftGroup)
  return draft as FilterDraft
}

const clauseOf = ({ attribute, operator, values }: ClauseDraft): FilterClause => {
  const unary = operators.find(({ name }) => name === operator)?.unary === true
  return {
    sourceOperandName: attribute,
    operatorName: operator,
    targetOperand: unary && values.length === 0 ? null : { values },
  }
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** A group of the schema with its edits; an unedited one stays the object that was read. */
const groupOf = (draft: GroupDraft, stored: FilterGroup | undefined): FilterGroup =>
  stored !== undefined && same(draftGroup(stored), draft)
    ? stored
    : {
        ...stored,
        name: draft.name === '' ? null : draft.name,
        clauses: draft.clauses.map((clause, index) => {
          const before = stored?.clauses[index]
          const drafted = stored === undefined ? undefined : draftGroup(stored).clauses[index]
          return before !== undefined && same(drafted, clause) ? before : clauseOf(clause)
        }),
      }

/** The scope of an object mapping with its edits; null if the scope was null and is still empty. */
export const scopeOf = (draft: FilterDraft, stored: Filter | null): Filter | null => {
  if (same(draft, draftOf(stored))) return stored
  const groups = (name: FilterSetName): readonly FilterGroup[] =>
    draft[name].map((group, index) => groupOf(group, stored?.[name][index]))
  return {
    ...stored,
    groups: groups('groups'),
    inputFilterGroups: groups('inputFilterGroups'),
    categoryFilterGroups: groups('categoryFilterGroups'),
  }
}

/** An object mapping compiled with another scope. */
const withScope = (compiled: CompiledObjectMapping, scope: Filter | null): CompiledObjectMapping => {
  const { schema, rule, objectMapping, settings } = compiled
  const edited: ObjectMapping = { ...objectMapping, scope }
  return compileObjectMapping(schema, rule, edited, { settings })
}

/**
 * The filter of a mapping applied to users.
 * @param read gives the users with the attributes that the filter reads
 * @param draft the edited filter; if given, the users who enter or leave the scope are listed
 */
export const filterView = (
  compiled: CompiledObjectMapping,
  read: ReadUsers['reading'],
  draft?: FilterDraft,
): FilterView => {
  const stored = compiled.objectMapping.scope
  const scope = draft === undefined ? stored : scopeOf(draft, stored)
  const edited = scope === stored ? compiled : withScope(compiled, scope)
  const records = read(edited.unit.inputs.map(({ name }) => name))
  const counted = records.slice(0, MOST_COUNTED)
  const counts = scopeCounts(edited, counted, edited === compiled ? undefined : compiled)
  const names = (indexes: readonly number[]): readonly string[] =>
    titlesOf(compiled, records, indexes.slice(0, MOST_NAMED)).map(({ title }) => title)
  const found = checkSchema({
    ...compiled.schema,
    synchronizationRules: [
      { ...compiled.rule, objectMappings: [{ ...edited.objectMapping, attributeMappings: [] }] },
    ],
  })
  return {
    draft: draft ?? draftOf(stored),
    operators,
    attributes: (compiled.ends.source?.definitions ?? []).map(({ name }) => name),
    counts,
    counted: counted.length,
    findings: found.filter(({ path }) => path?.includes('.scope') === true).map(findingOf),
    enter: names(counts.changes.enter),
    leave: names(counts.changes.leave),
  }
}
