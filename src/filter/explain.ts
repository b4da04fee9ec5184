import type { AttributeScope } from '../check/attribute-scope.js'
import { catalogue } from '../diagnostics/catalogue.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { Filter } from '../schema/model.js'
import { Fault, toEvaluationError } from '../values/fault.js'
import type { NullPolicy, Settings } from '../values/settings.js'
import { textForm } from '../values/text.js'
import type { Value } from '../values/value.js'
import { reasonFor } from './reason.js'
import {
  type FilterSetName,
  isReady,
  type ResolvedClause,
  type ResolvedGroup,
  type ResolvedSet,
  resolveFilter,
} from './resolve.js'

/** The verdict of a clause, group, set or filter on an object. With an `error`, the object is neither in nor out of scope. */
export type Verdict = boolean | 'error'

/** One clause, with the value it tested. */
export interface ClauseExplanation {
  /** `{title of the group} {attribute} {operator} {value}`, as the portal prints it. */
  readonly text: string
  readonly sourceOperandName: string
  readonly operatorName: string
  readonly operands: readonly string[]
  /** The value of the attribute as text, one text for each element of a list; null if it has none. */
  readonly value: string | readonly string[] | null
  readonly verdict: Verdict
  /** Why, in words: `"Sales" does not equal "sales"`. */
  readonly reason: string
  /** The error, when the verdict is one. */
  readonly diagnostic?: Diagnostic
}

/** One group: its clauses hold together. */
export interface GroupExplanation {
  readonly name: string | null
  /** The name, or `group 2` for one without. */
  readonly title: string
  readonly verdict: Verdict
  readonly clauses: readonly ClauseExplanation[]
  /** The clause that decided: the first that is false or failed. Undefined if all hold. */
  readonly decidedBy: ClauseExplanation | undefined
}

/** One set: its groups are alternatives. */
export interface SetExplanation {
  readonly set: FilterSetName
  readonly nullPolicy: NullPolicy
  readonly verdict: Verdict
  readonly groups: readonly GroupExplanation[]
  /** The group that decided: the first that passes or failed. If none passes, each of them decides. */
  readonly decidedBy: GroupExplanation | undefined
  readonly sentence: string
}

/** Why an object passes a filter or does not. */
export interface FilterExplanation {
  readonly verdict: Verdict
  /** Only the sets with groups; the others pass. */
  readonly sets: { readonly [Name in FilterSetName]?: SetExplanation }
  /** The set that decided: the first that is false or failed. Undefined if all pass. */
  readonly decidedBy: SetExplanation | undefined
  readonly sentence: string
}

/** All (`deciding` false) or any (true) of the verdicts: the first that decides, else the first error. */
const firstDeciding = <Part extends { readonly verdict: Verdict }>(
  parts: readonly Part[],
  deciding: boolean,
): Part | undefined =>
  parts.find(({ verdict }) => verdict === deciding) ?? parts.find(({ verdict }) => verdict === 'error')

/**
 * Explains a filter for one object, clause by clause. Its verdicts are those of the lowered filter.
 * @param read returns the value of an attribute; null if the object does not have it
 */
export const explainFilter = (
  filter: Filter | null | undefined,
  read: (attribute: string) => Value,
  settings: Settings,
): FilterExplanation => filterExplainer(filter, settings)(read)

/**
 * Like {@link explainFilter}, for many objects: the filter is prepared once.
 * @param attributes those that objects have: a clause that reads another fails. Default: any
 */
export const filterExplainer = (
  filter: Filter | null | undefined,
  settings: Settings,
  attributes?: AttributeScope,
): ((read: (attribute: string) => Value) => FilterExplanation) => {
  const resolved = resolveFilter(filter, settings, attributes)
  return (read) => {
    const all = resolved.map((set) => explainSet(set, read))
    const sets: { [Name in FilterSetName]?: SetExplanation } = {}
    for (const set of all) sets[set.set] = set
    const decidedBy = firstDeciding(all, false)
    const sentence =
      decidedBy?.sentence ?? (all.length === 0 ? NO_FILTER : all.map((s) => s.sentence).join(' '))
    return { verdict: decidedBy?.verdict ?? true, sets, decidedBy, sentence }
  }
}

const explainSet = (set: ResolvedSet, read: (attribute: string) => Value): SetExplanation => {
  const groups = set.groups.map((group) => explainGroup(group, set.nullPolicy, read))
  const decidedBy = firstDeciding(groups, true)
  const verdict = decidedBy?.verdict ?? false
  return {
    set: set.name,
    nullPolicy: set.nullPolicy,
    verdict,
    groups,
    decidedBy,
    sentence: sentenceFor(set.name, verdict, decidedBy, groups),
  }
}

const explainGroup = (
  group: ResolvedGroup,
  nullPolicy: NullPolicy,
  read: (attribute: string) => Value,
): GroupExplanation => {
  const clauses = group.clauses.map((clause) => explainClause(clause, group.title, nullPolicy, read))
  const decidedBy = firstDeciding(clauses, false)
  return { name: group.name, title: group.title, verdict: decidedBy?.verdict ?? true, clauses, decidedBy }
}

/** The value that a clause tests. */
export const clauseValue = ({ attribute }: ResolvedClause, read: (attribute: string) => Value): Value =>
  attribute === '' ? null : read(attribute)

/** One clause for one object. */
export const explainClause = (
  clause: ResolvedClause,
  title: string,
  nullPolicy: NullPolicy,
  read: (attribute: string) => Value,
): ClauseExplanation => {
  const { attribute, operatorName, operands } = clause
  const value = clauseValue(clause, read)
  let verdict: Verdict
  let reason: string
  let found: Diagnostic | undefined
  try {
    if (!isReady(clause)) {
      const { code, args } = clause.body
      throw new Fault(code, args, catalogue[code])
    }
    verdict = clause.body.test(value)
    reason = reasonFor(clause.operator, clause.body, value, verdict, nullPolicy)
  } catch (thrown) {
    if (thrown instanceof Fault) thrown.site ??= { span: clause.span, calls: [title, clause.text] }
    found = toEvaluationError(thrown).diagnostics[0]
    verdict = 'error'
    reason = found?.message ?? ''
  }
  return {
    text: `${title} ${clause.text}`,
    sourceOperandName: attribute,
    operatorName,
    operands,
    value: textForm(value),
    verdict,
    reason,
    ...(found === undefined ? {} : { diagnostic: found }),
  }
}

export const clauseSentence = (clause: ClauseExplanation): string =>
  clause.verdict === 'error'
    ? `“${clause.text}” failed: ${clause.reason}`
    : `“${clause.text}” is false: ${clause.reason}`

const groupSentence = ({ decidedBy, clauses, title }: GroupExplanation): string =>
  decidedBy === undefined
    ? passingSentence(
        title,
        clauses.map(({ text }) => text.slice(title.length + 1)),
      )
    : clauseSentence(decidedBy)

/** The explanation for a group that an object passes. */
export const passingSentence = (title: string, clauses: readonly string[]): string =>
  clauses.length === 0
    ? `group “${title}” has no clauses`
    : `in group “${title}” every clause holds: ${clauses.map((text) => `“${text}”`).join(', ')}`

const sentenceFor = (
  set: FilterSetName,
  verdict: Verdict,
  decidedBy: GroupExplanation | undefined,
  groups: readonly GroupExplanation[],
): string => setSentence(set, verdict, (decidedBy === undefined ? groups : [decidedBy]).map(groupSentence))

/** The explanation for a set, from those of the groups that decide. */
export const setSentence = (set: FilterSetName, verdict: Verdict, causes: readonly string[]): string => {
  const lead =
    verdict === 'error'
      ? `Whether the object passes ${set} is unknown`
      : `The object ${verdict ? 'passes' : 'does not pass'} ${set}`
  return `${lead}: ${causes.join('; ').replace(/\.$/, '')}.`
}

/** The explanation if no set has groups. */
export const NO_FILTER = 'There is no filter, so every object passes.'
