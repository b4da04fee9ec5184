import type { AttributeInfo, AttributeScope } from '../check/attribute-scope.js'
import type { ArgumentsOf, DiagnosticCode } from '../diagnostics/catalogue.js'
import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic, DiagnosticExtras } from '../diagnostics/diagnostic.js'
import { DotnetFailure } from '../dotnet/failure.js'
import { lopsidedAlternation } from '../dotnet/regex/alternation-borders.js'
import { cachedRegex } from '../dotnet/regex/regex.js'
import type { Filter } from '../schema/model.js'
import type { Span } from '../text/span.js'
import { requireMade } from '../values/misuse.js'
import type { Settings } from '../values/settings.js'
import type { FilterOperator } from './define.js'
import { cover, whyAlways, whyNever } from './group-outcome.js'
import { isUnanchoredNumericRange } from './numeric-pattern.js'
import {
  isReady,
  type ResolvedClause,
  type ResolvedGroup,
  type ResolvedSet,
  resolveFilter,
} from './resolve.js'
import { verdictForMissing } from './runtime/behaviour.js'
import { whyUnsupported } from './unsupported-attributes.js'

/** The options for linting a filter. */
export interface LintFilterOptions {
  readonly settings: Settings
  /** The attributes of the source object; if omitted, every name is accepted and may be null. */
  readonly attributes?: AttributeScope
  /** JSON path of the filter, which begins the paths of all findings. */
  readonly path: string
}

/**
 * Reports clauses that are legal but probably unintended (AF9100 to AF9108), and attributes that the source
 * does not have (AF2004). Clauses that cannot be evaluated are found by lowering.
 */
export const lintFilter = (
  filter: Filter | null | undefined,
  options: LintFilterOptions,
): readonly Diagnostic[] => {
  requireMade(options, 'settings', 'options such as { settings: defaultSettings }')
  const linter = new FilterLinter(options)
  for (const set of resolveFilter(filter, options.settings)) linter.lintSet(set)
  return linter.diagnostics
}

class FilterLinter {
  readonly diagnostics: Diagnostic[] = []
  readonly #settings: Settings
  readonly #attributes: AttributeScope | undefined
  readonly #path: string

  constructor({ settings, attributes, path }: LintFilterOptions) {
    this.#settings = settings
    this.#attributes = attributes
    this.#path = path
  }

  lintSet(set: ResolvedSet): void {
    for (const group of set.groups) {
      this.#lintGroup(group)
      for (const clause of group.clauses) this.#lintClause(clause, group, set)
    }
    set.groups.forEach((group, index) => {
      const other = set.groups.slice(0, index).find((earlier) => cover(earlier.clauses, group.clauses))
      if (other !== undefined) this.#report('AF9108', group, { group: group.title, other: other.title })
    })
  }

  #report<Code extends DiagnosticCode>(
    code: Code,
    at: { readonly span: Span; readonly path: string },
    args: ArgumentsOf<Code>,
    extras: DiagnosticExtras = {},
  ): void {
    this.diagnostics.push(diagnostic(code, at.span, args, { ...extras, path: this.#path + at.path }))
  }

  #lintGroup(group: ResolvedGroup): void {
    const never = whyNever(group.clauses, (name) => this.#attributes?.lookup(name)?.multivalued === true)
    if (never !== undefined) this.#report('AF9104', group, { group: group.title, reason: never })
    const always = whyAlways(group.clauses)
    if (always !== undefined) this.#report('AF9105', group, { group: group.title, reason: always })
  }

  #lintClause(clause: ResolvedClause, group: ResolvedGroup, set: ResolvedSet): void {
    const info = this.#lintAttribute(clause)
    if (!isReady(clause)) return
    const { operator } = clause
    this.#lintOperands(clause, operator)
    this.#lintType(clause, operator, info)
    if (info?.required !== true) this.#lintMissing(clause, operator, group, set)
  }

  /** Checks that the attribute exists and can be filtered by; returns its description. */
  #lintAttribute(clause: ResolvedClause): AttributeInfo | undefined {
    const { attribute } = clause
    const info = this.#attributes?.lookup(attribute)
    if (this.#attributes !== undefined && info === undefined && attribute !== '') {
      const meant = this.#attributes.suggest(attribute)
      const args = { object: this.#attributes.description, name: attribute }
      this.#report('AF2004', clause, args, meant === undefined ? {} : { hint: `Did you mean ${meant}?` })
    }
    const reason = whyUnsupported(attribute, info)
    if (reason !== undefined) this.#report('AF9102', clause, { attribute, reason })
    return info
  }

  #lintOperands(clause: ResolvedClause, operator: FilterOperator): void {
    if (operator.arity === 'unary') return
    const { operands } = clause
    if (operands.length > 1) {
      const meaning = operator.polarity === 'positive' ? 'any' : 'none'
      this.#report('AF9103', clause, { count: operands.length, meaning })
    }
    if (operator.name !== 'REGEX MATCH' && operator.negates !== 'REGEX MATCH') return
    for (const pattern of operands.filter(isUnanchoredNumericRange)) {
      this.#report('AF9100', clause, { pattern }, { hint: `Write ^(?:${pattern})$.` })
    }
    for (const pattern of operands.filter(
      (one) => !isUnanchoredNumericRange(one) && hasLopsidedBorders(one),
    )) {
      this.#report('AF9109', clause, { pattern: JSON.stringify(pattern) })
    }
  }

  #lintType(clause: ResolvedClause, operator: FilterOperator, info: AttributeInfo | undefined): void {
    if (info === undefined) return
    const { attribute } = clause
    const { name, attributeTypes } = operator
    if (info.multivalued) {
      this.#report('AF9106', clause, { attribute, operator: name, condition: this.#condition(operator) })
    }
    if (!attributeTypes.includes(info.type) && whyUnsupported(attribute, info) === undefined) {
      this.#report('AF9107', clause, { operator: name, type: info.type, attribute })
    }
  }

  /** The condition for an operator to hold for several values. */
  #condition({ name, negates, polarity }: FilterOperator): string {
    if (name === 'IS NULL') return 'if there are none'
    if (negates === 'IS NULL') return 'if there is one'
    const comparison = this.#settings.multivaluedComparison
    const all = comparison === 'byOperator' ? polarity === 'negative' : comparison === 'all'
    return all ? 'if it does for all of them' : 'if it does for any of them'
  }

  /**
   * Reports a clause whose verdict on a missing value depends on the null policy, unless another clause
   * settles it.
   */
  #lintMissing(
    clause: ResolvedClause,
    operator: FilterOperator,
    group: ResolvedGroup,
    set: ResolvedSet,
  ): void {
    const { nullPolicy: policy } = set
    const verdict = verdictForMissing(operator.behaviour, policy)
    if (!dependsOnPolicy(operator)) return
    const { attribute } = clause
    const isSettledHere = group.clauses.some(
      (other) => other.attribute === attribute && isFalseForMissing(other.operator),
    )
    const isSettledElsewhere = set.groups.some(
      ({ clauses: [only, ...rest] }) =>
        rest.length === 0 && only?.attribute === attribute && only.operator?.name === 'IS NULL',
    )
    if (isSettledHere || isSettledElsewhere) return
    const args = { operator: operator.name, attribute, verdict: String(verdict), policy }
    this.#report('AF9101', clause, args)
  }
}

const hasLopsidedBorders = (pattern: string): boolean => {
  try {
    return lopsidedAlternation(cachedRegex(pattern).ast)
  } catch (thrown) {
    // An invalid pattern is reported when the clause is resolved.
    if (!(thrown instanceof DotnetFailure)) throw thrown
    return false
  }
}

const dependsOnPolicy = ({ behaviour }: FilterOperator): boolean =>
  verdictForMissing(behaviour, 'documented') !== verdictForMissing(behaviour, 'complement')

const isFalseForMissing = (operator: FilterOperator | undefined): boolean =>
  operator !== undefined &&
  !verdictForMissing(operator.behaviour, 'documented') &&
  !verdictForMissing(operator.behaviour, 'complement')
