import type { NoFlowReason } from '../mapping/reasons.js'
import type { Span } from '../text/span.js'
import type { IgnoredBranch } from './test-file.js'

/** A node or clause at which an object takes one of several branches. */
export interface Decision {
  readonly kind: 'conditional' | 'switch' | 'coalesce' | 'candidates' | 'match' | 'clause'
  /** Its place in the expression; undefined for clauses. */
  readonly span: Span | undefined
  /** Its place in the schema's text; undefined if the schema was made by hand. */
  readonly place: Span | undefined
}

/** A part of a mapping that a test can reach or miss: a branch, or a side of a clause. */
export interface CoveragePoint {
  /** The object mapping. */
  readonly mapping: string
  /** The target attribute; for a clause of the scope, `scope`. */
  readonly where: string
  /** What it is, as text: `IIF: when the condition holds`, `Switch: the key "SE"`, `clause is false`. */
  readonly what: string
  /** The index of its expression in `expressions`; undefined for clauses. */
  readonly expression: number | undefined
  /** The text of the branch or clause. */
  readonly text: string
  /** The place of the branch in its expression; undefined for clauses. */
  readonly span: Span | undefined
  /** Its place in the schema's text; undefined if the schema was made by hand. */
  readonly place: Span | undefined
  /** The decision that this branch belongs to. */
  readonly decision: Decision
  readonly hits: number
}

/** An expression of an attribute mapping, and how often it was evaluated. */
export interface CoveredExpression {
  readonly mapping: string
  /** The target attribute. */
  readonly where: string
  readonly text: string
  /** Its place in the schema's text; undefined if the schema was made by hand. */
  readonly place: Span | undefined
  readonly hits: number
}

/** The results of a target attribute. */
export interface CoveredAttribute {
  readonly mapping: string
  /** The target attribute. */
  readonly where: string
  /** How often a value flowed. */
  readonly flowed: number
  /** How often none did, by reason. */
  readonly notFlowed: { readonly [Reason in NoFlowReason]?: number }
}

/** What tests reach of a mapping. Plain data. */
export interface Coverage {
  readonly expressions: readonly CoveredExpression[]
  /** The results of each target attribute; those of cases out of scope do not count. */
  readonly attributes: readonly CoveredAttribute[]
  readonly points: readonly CoveragePoint[]
  /** How many of the points are reached. */
  readonly covered: number
  readonly total: number
}

/** The share of points that are reached, in whole percent; 100 if there are none. */
export const coveredShare = ({ covered, total }: Pick<Coverage, 'covered' | 'total'>): number =>
  total === 0 ? 100 : Math.floor((covered * 100) / total)

/**
 * Coverage without the branches that are listed as unreachable. Branches that were reached stay, because
 * listing them is a mistake.
 * @returns the coverage, and the listed branches that were reached or do not exist
 */
export const withoutIgnored = (
  coverage: Coverage,
  ignored: readonly IgnoredBranch[],
): { readonly coverage: Coverage; readonly stale: readonly IgnoredBranch[] } => {
  const names = ({ where, what, hits }: CoveragePoint, { attribute, branch }: IgnoredBranch): boolean =>
    hits === 0 && where === attribute && what === branch
  const points = coverage.points.filter((point) => !ignored.some((one) => names(point, one)))
  return {
    coverage: { ...coverage, points, total: points.length },
    stale: ignored.filter((one) => !coverage.points.some((point) => names(point, one))),
  }
}

/** Why nothing flowed, with counts: `null 3 ×, createOnly 1 ×`. */
export const reasonsText = (notFlowed: CoveredAttribute['notFlowed']): string =>
  Object.entries(notFlowed)
    .map(([reason, count]) => `${reason} ${count} ×`)
    .join(', ')
