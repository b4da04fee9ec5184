import { SourceText } from '../text/source-text.js'
import type { Span } from '../text/span.js'
import { requireList } from '../values/misuse.js'
import type { Coverage, CoveragePoint, Decision } from './coverage.js'

/** The coverage of one schema, with the text that its places refer to. */
export interface SchemaCoverage {
  /** The path of the schema. */
  readonly schema: string
  readonly text: string
  readonly coverage: Coverage
}

interface Location {
  readonly line: number
  readonly column: number
}

/** A range in Istanbul's form: lines from 1, columns from 0, exclusive end. */
export interface CoverageRange {
  readonly start: Location
  readonly end: Location
}

/** The coverage of one file in Istanbul's form. */
export interface FileCoverageMap {
  readonly path: string
  readonly statementMap: Readonly<Record<string, CoverageRange>>
  readonly s: Readonly<Record<string, number>>
  readonly branchMap: Readonly<
    Record<
      string,
      {
        readonly type: string
        readonly line: number
        readonly loc: CoverageRange
        readonly locations: readonly CoverageRange[]
      }
    >
  >
  readonly b: Readonly<Record<string, readonly number[]>>
  readonly fnMap: Readonly<Record<string, never>>
  readonly f: Readonly<Record<string, never>>
}

/** Istanbul's names of decisions. */
const branchTypes: Readonly<Record<Decision['kind'], string>> = {
  conditional: 'cond-expr',
  switch: 'switch',
  coalesce: 'binary-expr',
  candidates: 'binary-expr',
  match: 'cond-expr',
  clause: 'cond-expr',
}

/** The points of one decision, with their places in the text. */
interface PlacedDecision {
  readonly kind: Decision['kind']
  readonly place: Span
  readonly points: { readonly place: Span; readonly hits: number }[]
}

/** Points grouped by decision, in the order of the text. */
const decisionsOf = (points: readonly CoveragePoint[]): readonly PlacedDecision[] => {
  const groups = new Map<string, PlacedDecision>()
  for (const point of points) {
    const { kind, place } = point.decision
    if (place === undefined || point.place === undefined) continue
    const key = JSON.stringify([point.mapping, point.where, kind, place.start, place.end])
    const group = groups.get(key) ?? { kind, place, points: [] }
    group.points.push({ place: point.place, hits: point.hits })
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => a.place.start - b.place.start)
}

const numbered = <Value>(values: readonly Value[]): Readonly<Record<string, Value>> =>
  Object.fromEntries(values.map((value, index) => [String(index), value]))

const fileCoverage = ({ schema, text, coverage }: SchemaCoverage): FileCoverageMap => {
  const source = new SourceText(text)
  const location = (offset: number): Location => {
    const { line, column } = source.position(offset)
    return { line, column: column - 1 }
  }
  const range = ({ start, end }: Span): CoverageRange => ({ start: location(start), end: location(end) })
  const decisions = decisionsOf(coverage.points)
  const clauses = decisions.filter(({ kind }) => kind === 'clause')
  // A clause is also a statement: it is evaluated once for each object.
  const statements = [
    ...coverage.expressions.flatMap(({ place, hits }) => (place === undefined ? [] : [{ place, hits }])),
    ...clauses.flatMap(({ points }) =>
      points
        .slice(0, 1)
        .map(({ place }) => ({ place, hits: points.reduce((sum, { hits }) => sum + hits, 0) })),
    ),
  ].sort((a, b) => a.place.start - b.place.start)
  return {
    path: schema,
    statementMap: numbered(statements.map(({ place }) => range(place))),
    s: numbered(statements.map(({ hits }) => hits)),
    branchMap: numbered(
      decisions.map(({ kind, place, points }) => {
        const loc = range(place)
        return {
          type: branchTypes[kind],
          line: loc.start.line,
          loc,
          locations: points.map((point) => range(point.place)),
        }
      }),
    ),
    b: numbered(decisions.map(({ points }) => points.map(({ hits }) => hits))),
    fnMap: {},
    f: {},
  }
}

/**
 * The coverage of schemas as an Istanbul coverage map, which reporters of lcov, Cobertura and many tools
 * read: expressions and clauses are statements, and each IIF, Switch, Coalesce and clause is a branch, at its
 * place in the schema's text. Plain data. Points without a place in a text are left out.
 */
export const coverageMap = (
  schemas: readonly SchemaCoverage[],
): Readonly<Record<string, FileCoverageMap>> => {
  requireList(schemas, 'schemas with their coverage')
  return Object.fromEntries(schemas.map((one) => [one.schema, fileCoverage(one)]))
}
