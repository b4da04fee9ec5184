import { resolveFilter } from '../../filter/resolve.js'
import type { CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import { mapObject } from '../../mapping/map-object.js'
import { visit } from '../../syntax/walk.js'
import type { Span } from '../../text/span.js'
import type { CoveragePoint } from '../coverage.js'
import { CoverageGatherer } from '../coverage-gatherer.js'
import { constantsIn } from '../source-values.js'
import { candidatesOf, commonValues, valuesNear, valuesNearOperands } from './candidate-values.js'
import type { SourceObject } from './source-object.js'

/** Compiles a mapping with the instrument of a gatherer. */
export type InstrumentedSide = (gatherer: CoverageGatherer) => CompiledObjectMapping

/** The values to try for the attributes that a decision reads, the most promising first. */
type Guard = readonly (readonly [attribute: string, values: readonly unknown[]])[]

/** How many objects are created for one branch at a time. */
const MOST_VARIANTS = 200

const isWithin = (inner: Span, outer: Span): boolean => outer.start <= inner.start && inner.end <= outer.end

const decisionOf = ({ where, text, decision: { span } }: CoveragePoint): string =>
  JSON.stringify([where, span ?? text])

/**
 * The attributes and values that determine whether a branch is taken: those that its decision reads outside
 * its branches.
 */
const guardOfBranch = (
  { attributes }: CompiledObjectMapping,
  point: CoveragePoint,
  points: readonly CoveragePoint[],
  candidates: ReadonlyMap<string, readonly unknown[]>,
): Guard => {
  const { span, kind } = point.decision
  const expression = attributes.find(({ mapping }) => mapping.targetAttributeName === point.where)?.analyzed
    ?.expression
  if (expression === undefined || span === undefined) return []
  // Coalesce chooses an argument by those before it; Replace has no branches but may find something.
  const branches = points
    .filter((one) => decisionOf(one) === decisionOf(point) && kind !== 'coalesce' && kind !== 'match')
    .flatMap((one) => one.span ?? [])
  const names = new Set<string>()
  const compared = new Map<string, Set<string>>()
  const values: unknown[] = []
  visit(expression, (node) => {
    if (!isWithin(node.span, span) || branches.some((branch) => isWithin(node.span, branch))) return
    if (node.type === 'AttributeReference') names.add(node.name)
    if (node.type === 'Comparison') constantsIn(node, compared)
    values.push(...valuesNear(node))
  })
  return [...names].map((name) => [
    name,
    [...new Set([...(compared.get(name) ?? []), ...values, ...(candidates.get(name) ?? commonValues)])],
  ])
}

const guardOfClause = ({ objectMapping, settings }: CompiledObjectMapping, { text }: CoveragePoint): Guard =>
  resolveFilter(objectMapping.scope, settings).flatMap(({ groups }) =>
    groups.flatMap(({ title, clauses }) =>
      clauses
        .filter((clause) => `${title} ${clause.text}` === text)
        .map(
          ({ attribute, operands }) =>
            [attribute, [...valuesNearOperands(operands), ...commonValues]] as const,
        ),
    ),
  )

/** Combinations with one value for each attribute; early values come first. */
const choices = function* (guard: Guard): Generator<SourceObject> {
  const of = function* (at: number, sum: number): Generator<SourceObject> {
    const entry = guard[at]
    if (entry === undefined) {
      if (sum === 0) yield {}
      return
    }
    const [name, values] = entry
    for (let index = 0; index <= Math.min(sum, values.length - 1); index++)
      for (const rest of of(at + 1, sum - index)) yield { [name]: values[index], ...rest }
  }
  const most = guard.reduce((sum, [, values]) => sum + values.length - 1, 0)
  for (let sum = 0; sum <= most; sum++) yield* of(0, sum)
}

const present = (object: SourceObject): SourceObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))

/** One side of a comparison, and what objects have reached in it. */
class Side {
  readonly #gatherer = new CoverageGatherer()
  readonly #compiled: CompiledObjectMapping
  /** For each decision, the first object that reached it. */
  readonly #bases = new Map<string, SourceObject>()
  readonly #candidates: ReadonlyMap<string, readonly unknown[]>

  constructor(compile: InstrumentedSide, now: Date) {
    this.#compiled = compile(this.#gatherer)
    this.#candidates = candidatesOf([this.#compiled], now)
  }

  note(object: SourceObject): void {
    const before = this.#gatherer.reached
    this.#gatherer.add(this.#compiled, mapObject(this.#compiled, object))
    if (this.#gatherer.reached === before) return
    for (const point of this.points())
      if (point.hits > 0 && !this.#bases.has(decisionOf(point))) this.#bases.set(decisionOf(point), object)
  }

  get reached(): number {
    return this.#gatherer.reached
  }

  points(): readonly CoveragePoint[] {
    return this.#gatherer.coverage().points
  }

  /**
   * Objects that may reach a branch: one that reached its decision, with other values of the attributes that
   * the decision reads.
   */
  *variants(point: CoveragePoint): Generator<SourceObject> {
    const base = this.#bases.get(decisionOf(point))
    if (base === undefined) return
    const guard =
      point.decision.kind === 'clause'
        ? guardOfClause(this.#compiled, point)
        : guardOfBranch(this.#compiled, point, this.points(), this.#candidates)
    let left = MOST_VARIANTS
    for (const choice of choices(guard)) {
      if (left-- === 0) return
      yield present({ ...base, ...choice })
    }
  }
}

/**
 * Directs a search by coverage. For a branch that no object has reached, it tries objects that reached its
 * decision, with the constants of the decision. Objects that reach something new are the start of the next
 * attempts, so nested branches are reached one by one.
 */
export class Steering {
  readonly #sides: readonly Side[]
  readonly #firsts: SourceObject[] = []

  constructor(now: Date, ...sides: readonly InstrumentedSide[]) {
    this.#sides = sides.map((side) => new Side(side, now))
  }

  /** Records what an object reaches. */
  note(object: SourceObject): void {
    const before = this.#reached
    for (const side of this.#sides) side.note(object)
    if (this.#reached > before) this.#firsts.push(object)
  }

  /** The objects that reached something first, the last ones, which are often the deepest, first. */
  get firsts(): readonly SourceObject[] {
    return this.#firsts.toReversed()
  }

  /**
   * Objects for the branches that were not reached, until none of them reaches anything new. The caller must
   * note each.
   */
  *objects(): Generator<SourceObject> {
    for (let before = -1; before < this.#reached; ) {
      before = this.#reached
      for (const side of this.#sides)
        for (const point of side.points().filter(({ hits }) => hits === 0)) {
          const reached = side.reached
          for (const object of side.variants(point)) {
            yield object
            if (side.reached > reached) break
          }
        }
    }
  }

  get #reached(): number {
    return this.#sides.reduce((sum, { reached }) => sum + reached, 0)
  }

  /** The branches and clauses of the last side that no object has reached. */
  unreached(): readonly CoveragePoint[] {
    return (
      this.#sides
        .at(-1)
        ?.points()
        .filter(({ hits }) => hits === 0) ?? []
    )
  }
}
