import { clauseWords, type FilterSetName, filterSetNames } from '../filter/resolve.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import { mapObject } from '../mapping/map-object.js'
import { requireMapping } from '../mapping/mapping-plan.js'
import { requireList } from '../values/misuse.js'
import type { SourceRecord } from '../values/record.js'

/** A clause, and how many objects of a population pass it. */
export interface ClauseCounts {
  readonly text: string
  readonly passes: number
  /** Why one of the objects does not pass; "" if all do. */
  readonly example: string
}

/** A group, and how many objects of a population pass it: those for which all of its clauses hold. */
export interface GroupCounts {
  readonly title: string
  readonly passes: number
  readonly clauses: readonly ClauseCounts[]
}

/** Objects whose verdict changes with another filter, by their index in the population. */
export interface ScopeChanges {
  readonly enter: readonly number[]
  readonly leave: readonly number[]
}

/** How many objects of a population pass the scope of an object mapping. Plain data. */
export interface ScopeCounts {
  readonly inScope: number
  readonly outOfScope: number
  /** Objects for which a clause fails, or that are not imported: neither in nor out of scope. */
  readonly undecided: number
  /** The sets that have groups, each with its groups in the order of the schema. */
  readonly sets: readonly { readonly set: FilterSetName; readonly groups: readonly GroupCounts[] }[]
  /** Compared with the previous scope; empty without one. */
  readonly changes: ScopeChanges
}

interface Tally {
  passes: number
  example: string
}

/**
 * Counts how many objects pass the scope and each of its clauses, by the evaluation that mapping uses.
 * @param before the same mapping with the previous filter; if given, the objects that enter or leave the
 * scope are returned
 */
export const scopeCounts = (
  compiled: CompiledObjectMapping,
  records: readonly SourceRecord[],
  before?: CompiledObjectMapping,
): ScopeCounts => {
  requireMapping(compiled)
  requireList(records, 'records')
  const counts = { inScope: 0, outOfScope: 0, undecided: 0 }
  const tallies = new Map<string, Tally>()
  const changes = { enter: [] as number[], leave: [] as number[] }
  const count = (key: string, verdict: unknown, example: string): void => {
    const tally = tallies.get(key) ?? { passes: 0, example: '' }
    tallies.set(key, tally)
    if (verdict === true) tally.passes++
    else if (tally.example === '') tally.example = example
  }
  records.forEach((record, index) => {
    const { scope } = mapObject(compiled, record)
    if (scope.inScope === true) counts.inScope++
    else if (scope.inScope === false) counts.outOfScope++
    else counts.undecided++
    for (const set of Object.values(scope.explain().sets))
      set?.groups.forEach((group, g) => {
        count(`${set.set}/${g}`, group.verdict, '')
        group.clauses.forEach((clause, c) => {
          count(`${set.set}/${g}/${c}`, clause.verdict, clause.reason)
        })
      })
    if (before === undefined) return
    const was = mapObject(before, record).scope.inScope === true
    const is = scope.inScope === true
    if (was !== is) changes[is ? 'enter' : 'leave'].push(index)
  })
  const { sets } = compiled.explainScope(() => null)
  const of = (key: string): Tally => tallies.get(key) ?? { passes: 0, example: '' }
  return {
    ...counts,
    sets: filterSetNames.flatMap((name) => {
      const groups = sets[name]?.groups.map(
        ({ title, clauses }, g): GroupCounts => ({
          title,
          passes: of(`${name}/${g}`).passes,
          clauses: clauses.map((clause, c) => ({ text: clauseWords(clause), ...of(`${name}/${g}/${c}`) })),
        }),
      )
      return groups === undefined ? [] : [{ set: name, groups }]
    }),
    changes,
  }
}
