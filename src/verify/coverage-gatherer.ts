import { resolveFilter } from '../filter/resolve.js'
import type { IrNode, Yield } from '../ir/node.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import type { MappedObject } from '../mapping/mapped-object.js'
import type { PlannedAttribute } from '../mapping/mapping-plan.js'
import type { NoFlowReason } from '../mapping/reasons.js'
import type { Instrument } from '../plan/closures.js'
import { placeInText, placeOf } from '../schema/locate.js'
import type { Span } from '../text/span.js'
import { FlowMarker } from '../values/marker.js'
import { textForm } from '../values/text.js'
import { branchesOf } from './branches.js'
import type { Coverage, CoveragePoint, CoveredAttribute, CoveredExpression } from './coverage.js'
import { mappingName } from './mapping-name.js'

/**
 * How often a node was evaluated, how often its text differed from its first argument or equalled it, and its
 * last value.
 */
interface Counts {
  evaluated: number
  changed: number
  kept: number
  last: Yield
}

const isSameText = (a: Yield, b: Yield): boolean =>
  a === b ||
  (!(a instanceof FlowMarker) &&
    !(b instanceof FlowMarker) &&
    JSON.stringify(textForm(a)) === JSON.stringify(textForm(b)))

/**
 * The place of a part of an attribute's expression in the schema's text; if the text is not stored, the place
 * of its source.
 */
const placeIn = ({ mapping, expression }: PlannedAttribute, span: Span): Span | undefined => {
  const { source } = mapping
  if (source === null) return undefined
  const place = placeInText(source, 'expression', expression, span) ?? placeOf(source, '').span
  return place.end === 0 ? undefined : place
}

/** Merges several points about the same thing: hits are added. */
const merged = <One extends { readonly hits: number }>(
  found: Iterable<readonly [key: string, one: One]>,
): ReadonlyMap<string, One> => {
  const all = new Map<string, One>()
  for (const [key, one] of found) all.set(key, { ...one, hits: one.hits + (all.get(key)?.hits ?? 0) })
  return all
}

/**
 * Counts which expressions, branches and sides of scope clauses are reached. One gatherer serves the object
 * mappings of one schema, compiled with its instrument; they may be compiled again for other settings.
 */
export class CoverageGatherer {
  readonly #counts = new Map<IrNode, Counts>()
  readonly #clauseHits = new Map<CompiledObjectMapping, Map<string, number>>()
  /** For each attribute, the counts by the reason why nothing flowed; `flowed` if a value did. */
  readonly #flows = new Map<PlannedAttribute, Map<NoFlowReason | 'flowed', number>>()
  #reached = 0

  /** How many points were reached. It increases with each object that reaches a new one. */
  get reached(): number {
    return this.#reached
  }

  /** To be passed to `compileMapping`: counts how often each part is evaluated. */
  readonly instrument: Instrument = (node, evaluate) => {
    const counts: Counts = { evaluated: 0, changed: 0, kept: 0, last: null }
    this.#counts.set(node, counts)
    const source =
      node.op === 'call' && node.callee.keepsUnmatched === true && node.args[0] !== undefined
        ? this.#counts.get(node.args[0])
        : undefined
    return (frame) => {
      if (counts.evaluated++ === 0) this.#reached++
      const value = evaluate(frame)
      counts.last = value
      // Operands are built and evaluated first.
      if (source !== undefined && source.last !== null) {
        const way = isSameText(source.last, value) ? 'kept' : 'changed'
        if (counts[way]++ === 0) this.#reached++
      }
      return value
    }
  }

  /** Counts an object that was mapped. */
  add(compiled: CompiledObjectMapping, mapped: MappedObject): void {
    const hits = this.#clauseHits.get(compiled) ?? new Map<string, number>()
    this.#clauseHits.set(compiled, hits)
    for (const { attribute, decision } of mapped.attributes) {
      const flows = this.#flows.get(attribute) ?? new Map<NoFlowReason | 'flowed', number>()
      this.#flows.set(attribute, flows)
      count(flows, decision.flows ? 'flowed' : decision.reason)
    }
    if (mapped.scope.inScope === undefined) return
    for (const set of Object.values(mapped.scope.explain().sets))
      set?.groups.forEach(({ clauses }, group) => {
        clauses.forEach(({ verdict }, clause) => {
          const key = clauseKey(set.set, group, clause, verdict)
          if (!hits.has(key)) this.#reached++
          count(hits, key)
        })
      })
  }

  coverage(): Coverage {
    const mappings = [...this.#clauseHits.keys()]
    const clauses = merged(mappings.flatMap((one) => this.#clausesOf(one)))
    const expressions = merged(mappings.flatMap((one) => this.#expressionsOf(one)))
    const numbers = new Map([...expressions.keys()].map((key, number) => [key, number]))
    const branches = merged(mappings.flatMap((one) => this.#branchesOf(one, numbers)))
    const points = [...clauses.values(), ...branches.values()]
    return {
      expressions: [...expressions.values()],
      attributes: this.#attributes(mappings),
      points,
      covered: points.filter(({ hits }) => hits > 0).length,
      total: points.length,
    }
  }

  #clausesOf(compiled: CompiledObjectMapping): readonly (readonly [string, CoveragePoint])[] {
    const { objectMapping, settings } = compiled
    return resolveFilter(objectMapping.scope, settings).flatMap((set) =>
      set.groups.flatMap((group, groupIndex) =>
        group.clauses.flatMap(({ text, span }, clauseIndex) =>
          [true, false].map((side) => {
            const key = clauseKey(set.name, groupIndex, clauseIndex, side)
            const place = span.end === 0 ? undefined : span
            const point: CoveragePoint = {
              mapping: mappingName(objectMapping),
              where: 'scope',
              what: `clause is ${side}`,
              expression: undefined,
              text: `${group.title} ${text}`,
              span: undefined,
              place,
              decision: { kind: 'clause', span: undefined, place },
              hits: this.#clauseHits.get(compiled)?.get(key) ?? 0,
            }
            return [`${keyOf(compiled)}/${key}`, point] as const
          }),
        ),
      ),
    )
  }

  #attributes(mappings: readonly CompiledObjectMapping[]): readonly CoveredAttribute[] {
    const all = new Map<string, CoveredAttribute>()
    for (const compiled of mappings)
      compiled.attributes.forEach((attribute, index) => {
        const key = expressionKey(compiled, index)
        const known = all.get(key)
        const notFlowed: Partial<Record<NoFlowReason, number>> = { ...known?.notFlowed }
        let flowed = known?.flowed ?? 0
        for (const [reason, times] of this.#flows.get(attribute) ?? [])
          if (reason === 'flowed') flowed += times
          else notFlowed[reason] = (notFlowed[reason] ?? 0) + times
        const where = attribute.mapping.targetAttributeName
        all.set(key, { mapping: mappingName(compiled.objectMapping), where, flowed, notFlowed })
      })
    return [...all.values()]
  }

  #branchesOf(
    compiled: CompiledObjectMapping,
    numbers: ReadonlyMap<string, number>,
  ): readonly (readonly [string, CoveragePoint])[] {
    return compiled.unit.roots.flatMap((root, index) => {
      const attribute = compiled.attributes[index]
      if (attribute === undefined) return []
      const expression = expressionKey(compiled, index)
      return branchesOf(root.node, attribute.expression).map(({ what, text, node, of, kind, counted }) => {
        const { start, end } = node.span
        const point: CoveragePoint = {
          mapping: mappingName(compiled.objectMapping),
          where: root.name,
          what,
          expression: numbers.get(expression),
          text,
          span: node.span,
          place: placeIn(attribute, node.span),
          decision: { kind, span: of.span, place: placeIn(attribute, of.span) },
          hits: this.#counts.get(node)?.[counted] ?? 0,
        }
        return [JSON.stringify([expression, of.span.start, start, end, what]), point] as const
      })
    })
  }

  #expressionsOf(compiled: CompiledObjectMapping): readonly (readonly [string, CoveredExpression])[] {
    return compiled.unit.roots.flatMap((root, index) => {
      const attribute = compiled.attributes[index]
      if (attribute === undefined) return []
      const { expression: text } = attribute
      if (text === '') return []
      const one: CoveredExpression = {
        mapping: mappingName(compiled.objectMapping),
        where: root.name,
        text,
        place: placeIn(attribute, { start: 0, end: text.length }),
        hits: this.#counts.get(root.node)?.evaluated ?? 0,
      }
      return [[expressionKey(compiled, index), one] as const]
    })
  }
}

/** Identifies an object mapping, however often it was compiled. */
const keyOf = ({ rule, objectMapping }: CompiledObjectMapping): string =>
  JSON.stringify([
    rule.name,
    objectMapping.name,
    objectMapping.sourceObjectName,
    objectMapping.targetObjectName,
  ])

const expressionKey = (compiled: CompiledObjectMapping, index: number): string =>
  JSON.stringify([keyOf(compiled), index])

const clauseKey = (set: string, group: number, clause: number, side: unknown): string =>
  `${set}/${group}/${clause}/${side}`

const count = <Key>(counts: Map<Key, number>, key: Key): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
