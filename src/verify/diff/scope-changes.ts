import { clauseText, filterSetNames } from '../../filter/resolve.js'
import type { Filter, FilterClause, FilterGroup } from '../../schema/model.js'
import { eitherOf, pairsOf } from './pairing.js'
import { type Criticality, changed, type SchemaChange } from './schema-change.js'

const ENTER = 'objects may enter the scope'
export const LEAVE = 'objects may leave the scope, and be disabled or deleted'
const attributesIn = ({ clauses }: FilterGroup): string =>
  clauses.map(({ sourceOperandName }) => sourceOperandName).join(', ')

const textOf = ({ clauses }: FilterGroup): string => clauses.map(clauseText).sort().join(' and ')

/** All clauses of a group must hold, so an added one narrows the scope. */
const clauseChanges = (path: string, before: FilterGroup, after: FilterGroup): readonly SchemaChange[] =>
  pairsOf<FilterClause>(
    before.clauses,
    after.clauses,
    clauseText,
    (one) => `${one.sourceOperandName} ${one.operatorName}`,
    (one) => one.sourceOperandName,
  ).flatMap((pair) => {
    const [old, now] = pair
    const [from, to] = pair.map((one) => one && clauseText(one))
    const [criticality, reason]: [Criticality, string] =
      old === undefined
        ? ['breaking', LEAVE]
        : now === undefined
          ? ['risky', ENTER]
          : ['breaking', `${ENTER}, or leave it`]
    return changed(`${path}${eitherOf(pair).sourceOperandName}`, 'clause', from, to, criticality, reason)
  })

/**
 * The changes in the scope of an object mapping. One group that passes is enough, so an added one widens the
 * scope, unless there was none. The order of groups and clauses does not count.
 */
export const scopeChanges = (
  path: string,
  before: Filter | null,
  after: Filter | null,
): readonly SchemaChange[] =>
  filterSetNames.flatMap((set) => {
    const groupsOf = (filter: typeof before): readonly FilterGroup[] =>
      (filter?.[set] ?? []).filter(({ clauses }) => clauses.length > 0)
    const [oldGroups, newGroups] = [groupsOf(before), groupsOf(after)]
    return pairsOf(
      oldGroups,
      newGroups,
      textOf,
      ({ name }) => name ?? undefined,
      attributesIn,
      () => '',
    ).flatMap((pair) => {
      const [old, now] = pair
      const { name } = eitherOf(pair)
      const place = `${path} / scope / ${name === null ? '' : `${name}: `}`
      if (old !== undefined && now !== undefined) return clauseChanges(place, old, now)
      const narrows = (oldGroups.length > 0 && newGroups.length > 0) === (now === undefined)
      const [from, to] = [old, now].map((one) => one && textOf(one))
      return changed(
        place + attributesIn(eitherOf(pair)),
        'group',
        from,
        to,
        narrows ? 'breaking' : 'risky',
        narrows ? LEAVE : ENTER,
      )
    })
  })
