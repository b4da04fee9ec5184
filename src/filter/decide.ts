import type { AttributeScope } from '../check/attribute-scope.js'
import type { Filter } from '../schema/model.js'
import { Fault } from '../values/fault.js'
import type { Settings } from '../values/settings.js'
import type { Value } from '../values/value.js'
import {
  type ClauseExplanation,
  clauseSentence,
  clauseValue,
  explainClause,
  NO_FILTER,
  passingSentence,
  setSentence,
  type Verdict,
} from './explain.js'
import {
  type FilterSetName,
  isReady,
  type ResolvedClause,
  type ResolvedGroup,
  type ResolvedSet,
  resolveFilter,
} from './resolve.js'

/**
 * The reason for a decision about an object: the set, group and clause to look at first, and an explanation
 * in words.
 */
export interface ScopeDecision {
  readonly set?: FilterSetName
  readonly group?: string
  /** Absent if several clauses decide together: all those of a group that passes. */
  readonly clause?: string
  /** The value that the clause tested. */
  readonly value?: ClauseExplanation['value']
  readonly reason: string
}

type Read = (attribute: string) => Value

/** A group for one object: only the deciding clause is explained; the others are only tested. */
interface GroupDecision {
  readonly group: PreparedGroup
  readonly verdict: Verdict
  /** The first clause that is false, else the first that failed; for a group that passes, its only clause. */
  readonly clause: ClauseExplanation | undefined
  readonly sentence: string
}

interface PreparedGroup {
  readonly resolved: ResolvedGroup
  readonly passing: string
}

interface PreparedSet {
  readonly resolved: ResolvedSet
  readonly groups: readonly PreparedGroup[]
}

interface SetDecision {
  readonly set: FilterSetName
  readonly verdict: Verdict
  /** The group that decided; the first group of a set in which none passes. */
  readonly group: GroupDecision | undefined
  readonly sentence: string
}

/**
 * Decides about many objects, and explains why: like {@link filterExplainer}, but only for the deciding set,
 * group and clause.
 * @param attributes those that objects have: a clause that reads another fails. Default: any
 */
export const filterDecider = (
  filter: Filter | null | undefined,
  settings: Settings,
  attributes?: AttributeScope,
): ((read: Read) => ScopeDecision) => {
  const sets = resolveFilter(filter, settings, attributes).map(
    (resolved): PreparedSet => ({
      resolved,
      groups: resolved.groups.map((group) => ({
        resolved: group,
        passing: passingSentence(
          group.title,
          group.clauses.map(({ text }) => text),
        ),
      })),
    }),
  )
  return (read) => {
    const decisions: SetDecision[] = []
    let failed: SetDecision | undefined
    for (const set of sets) {
      const decision = decideSet(set, read)
      if (decision.verdict === false) return decisionOf(decision, decision.sentence)
      if (decision.verdict === 'error') failed ??= decision
      decisions.push(decision)
    }
    if (failed !== undefined) return decisionOf(failed, failed.sentence)
    const shown = decisions.find(({ set }) => set === 'groups') ?? decisions[0]
    if (shown === undefined) return { reason: NO_FILTER }
    return decisionOf(shown, decisions.map(({ sentence }) => sentence).join(' '))
  }
}

const decisionOf = ({ set, group }: SetDecision, reason: string): ScopeDecision => ({
  set,
  ...(group === undefined ? {} : { group: group.group.resolved.title }),
  ...(group?.clause === undefined ? {} : { clause: group.clause.text, value: group.clause.value }),
  reason,
})

const decideSet = ({ resolved, groups }: PreparedSet, read: Read): SetDecision => {
  const { name, nullPolicy } = resolved
  const decisions: GroupDecision[] = []
  let failed: GroupDecision | undefined
  for (const group of groups) {
    const decision = decideGroup(group, nullPolicy, read)
    if (decision.verdict === true)
      return {
        set: name,
        verdict: true,
        group: decision,
        sentence: setSentence(name, true, [decision.sentence]),
      }
    if (decision.verdict === 'error') failed ??= decision
    decisions.push(decision)
  }
  if (failed !== undefined)
    return {
      set: name,
      verdict: 'error',
      group: failed,
      sentence: setSentence(name, 'error', [failed.sentence]),
    }
  const sentences = decisions.map(({ sentence }) => sentence)
  return { set: name, verdict: false, group: decisions[0], sentence: setSentence(name, false, sentences) }
}

const decideGroup = (
  group: PreparedGroup,
  nullPolicy: ResolvedSet['nullPolicy'],
  read: Read,
): GroupDecision => {
  const { clauses, title } = group.resolved
  let failed: ResolvedClause | undefined
  for (const one of clauses) {
    const verdict = verdictOf(one, read)
    if (verdict === true) continue
    if (verdict === 'error') {
      failed ??= one
      continue
    }
    const clause = explainClause(one, title, nullPolicy, read)
    return { group, verdict, clause, sentence: clauseSentence(clause) }
  }
  if (failed !== undefined) {
    const clause = explainClause(failed, title, nullPolicy, read)
    return { group, verdict: 'error', clause, sentence: clauseSentence(clause) }
  }
  const [first, second] = clauses
  const only =
    first !== undefined && second === undefined ? explainClause(first, title, nullPolicy, read) : undefined
  return { group, verdict: true, clause: only, sentence: group.passing }
}

const verdictOf = (clause: ResolvedClause, read: Read): Verdict => {
  if (!isReady(clause)) return 'error'
  try {
    return clause.body.test(clauseValue(clause, read))
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown
    return 'error'
  }
}
