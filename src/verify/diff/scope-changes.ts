import { clauseText, filterSetNames } from '../../filter/resolve.js'
import type { Filter, FilterClause, FilterGroup } from '../../schema/model.js'
import { pairsOf } from './pairing.js'
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
