import { resolveFilter } from '../filter/resolve.js'
import { operandsOf } from '../ir/children.js'
import type { IrNode } from '../ir/node.js'
import type { CompiledAttribute, CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import type { MappedObject } from '../mapping/mapped-object.js'
import type { Instrument } from '../plan/closures.js'
import { placeInText, placeOf } from '../schema/locate.js'
import type { ObjectMapping } from '../schema/model.js'
import type { Span } from '../text/span.js'
import type { IgnoredBranch } from './test-file.js'

/** What decides which way an object takes. */
export interface Decision {
  readonly kind: 'conditional' | 'switch' | 'coalesce' | 'candidates' | 'clause'
  /** Where it stands in its expression; undefined for clauses. */
  readonly span: Span | undefined
  /** Where it stands in the schema's text; undefined when the schema was made by hand. */
  readonly place: Span | undefined
}

/** A part of a mapping that a test can reach or leave out: a branch, or a side of a clause. */
export interface CoveragePoint {
  /** The object mapping. */
  readonly mapping: string
  /** The target attribute; for a clause of the scope, `scope`. */
  readonly where: string
  /** What it is, in words: `IIF: when the condition holds`, `Switch: the key "SE"`, `clause is false`. */
  readonly what: string
  /** The place of its expression in `expressions`; undefined for clauses. */
  readonly expression: number | undefined
  /** The text of the branch or clause. */
  readonly text: string
  /** Where the branch stands in its expression; undefined for clauses. */
  readonly span: Span | undefined
  /** Where it stands in the schema's text; undefined when the schema was made by hand. */
  readonly place: Span | undefined
  /** What has this branch as one of its ways. */
  readonly decision: Decision
  readonly hits: number
}

/** An expression of an attribute mapping, and how often it was evaluated. */
export interface CoveredExpression {
  readonly mapping: string
  /** The target attribute. */
  readonly where: string
  readonly text: string
  /** Where it stands in the schema's text; undefined when the schema was made by hand. */
  readonly place: Span | undefined
  readonly hits: number
}

/** What tests reach of a mapping. Plain data. */
export interface Coverage {
  readonly expressions: readonly CoveredExpression[]
  readonly points: readonly CoveragePoint[]
  /** How many of the points are reached. */
  readonly covered: number
  readonly total: number
}

/** The share of points that are reached, in whole percent; 100 when there are none. */
export const coveredShare = ({ covered, total }: Pick<Coverage, 'covered' | 'total'>): number =>
  total === 0 ? 100 : Math.floor((covered * 100) / total)

/**
 * Coverage without the branches that no object can reach. Those that were reached stay: their being listed is a mistake.
 * @returns the coverage, and what is listed in vain
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

interface Branch {
  readonly what: string
  readonly text: string
  readonly node: IrNode
  readonly of: IrNode
  readonly kind: Decision['kind']
}

const shorten = (text: string): string => {
  const plain = text.replace(/\s+/g, ' ')
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain
}

/** The branches of an expression, in the order of its text. */
const branchesOf = (root: IrNode, text: string): readonly Branch[] => {
  const found: Branch[] = []
  const textOf = ({ span }: IrNode): string => shorten(text.slice(span.start, span.end)) || 'nothing'
  const visit = (of: IrNode): void => {
    const add = (kind: Decision['kind'], what: string, node: IrNode): void => {
      found.push({ what, text: textOf(node), node, of, kind })
    }
    switch (of.op) {
      case 'conditional':
        add('conditional', 'IIF: when the condition holds', of.chosen)
        add('conditional', 'IIF: when it does not', of.otherwise)
        break
      case 'switch':
        for (const { key, value } of of.cases) add('switch', `Switch: the key ${textOf(key)}`, value)
        add('switch', 'Switch: the default', of.otherwise)
        break
      case 'coalesce':
        of.args.forEach((argument, index) => {
          if (index > 0) add('coalesce', `Coalesce: argument ${index + 1}`, argument)
        })
        break
      case 'selectUnique':
        of.candidates.forEach((candidate, index) => {
          if (index > 0) add('candidates', `SelectUniqueValue: candidate ${index + 1}`, candidate)
        })
        break
      default:
        break
    }
    for (const operand of operandsOf(of)) visit(operand)
  }
  visit(root)
  return found
}

/** The place of a part of an attribute's expression in the schema's text; where its text is not stored, of its source. */
const placeIn = ({ mapping, expression }: CompiledAttribute, span: Span): Span | undefined => {
  const { source } = mapping
  if (source === null) return undefined
  const place = placeInText(source, 'expression', expression, span) ?? placeOf(source, '').span
  return place.end === 0 ? undefined : place
}

/** Several findings about one thing, as one: hits are added. */
const merged = <One extends { readonly hits: number }>(
  found: Iterable<readonly [key: string, one: One]>,
): ReadonlyMap<string, One> => {
  const all = new Map<string, One>()
  for (const [key, one] of found) all.set(key, { ...one, hits: one.hits + (all.get(key)?.hits ?? 0) })
  return all
}

/**
 * Counts which expressions, which branches of them and which sides of the scope's clauses are reached. One gatherer
 * serves the object mappings of one schema, compiled with its instrument; they may be compiled again for other settings.
 */
export class CoverageGatherer {
  readonly #clauseHits = new Map<string, number>()
  readonly #counts = new Map<IrNode, number>()
  readonly #mappings = new Set<CompiledObjectMapping>()

  /** To be handed to `compileMapping`: it counts how often each part is evaluated. */
  readonly instrument: Instrument = (node, evaluate) => (frame) => {
    this.#counts.set(node, (this.#counts.get(node) ?? 0) + 1)
    return evaluate(frame)
  }

  /** Counts an object that the mapping was applied to. */
  add(compiled: CompiledObjectMapping, mapped: MappedObject): void {
    this.#mappings.add(compiled)
    if (mapped.scope.inScope === undefined) return
    const mapping = keyOf(compiled)
    for (const set of Object.values(mapped.scope.explain().sets))
      set?.groups.forEach(({ clauses }, group) => {
        clauses.forEach(({ verdict }, clause) => {
          const key = clauseKey(mapping, set.set, group, clause, verdict)
          this.#clauseHits.set(key, (this.#clauseHits.get(key) ?? 0) + 1)
        })
      })
  }

  coverage(): Coverage {
    const mappings = [...this.#mappings]
    const clauses = new Map(mappings.flatMap((one) => this.#clausesOf(one)))
    const expressions = merged(mappings.flatMap((one) => this.#expressionsOf(one)))
    const numbers = new Map([...expressions.keys()].map((key, number) => [key, number]))
    const branches = merged(mappings.flatMap((one) => this.#branchesOf(one, numbers)))
    const points = [...clauses.values(), ...branches.values()]
    return {
      expressions: [...expressions.values()],
      points,
      covered: points.filter(({ hits }) => hits > 0).length,
      total: points.length,
    }
  }

  /** A mapping that is compiled again has the same clauses, whose hits are counted by their places. */
  #clausesOf(compiled: CompiledObjectMapping): readonly (readonly [string, CoveragePoint])[] {
    const { objectMapping, settings } = compiled
    const mapping = keyOf(compiled)
    return resolveFilter(objectMapping.scope, settings).flatMap((set) =>
      set.groups.flatMap((group, groupIndex) =>
        group.clauses.flatMap(({ text, span }, clauseIndex) =>
          [true, false].map((side) => {
            const key = clauseKey(mapping, set.name, groupIndex, clauseIndex, side)
            const place = span.end === 0 ? undefined : span
            const point: CoveragePoint = {
              mapping: nameOf(objectMapping),
              where: 'scope',
              what: `clause is ${side}`,
              expression: undefined,
              text: `${group.title} ${text}`,
              span: undefined,
              place,
              decision: { kind: 'clause', span: undefined, place },
              hits: this.#clauseHits.get(key) ?? 0,
            }
            return [key, point] as const
          }),
        ),
      ),
    )
  }

  #branchesOf(
    compiled: CompiledObjectMapping,
    numbers: ReadonlyMap<string, number>,
  ): readonly (readonly [string, CoveragePoint])[] {
    return compiled.unit.roots.flatMap((root, index) => {
      const attribute = compiled.attributes[index]!
      const expression = expressionKey(compiled, index)
      return branchesOf(root.node, attribute.expression).map(({ what, text, node, of, kind }) => {
        const { start, end } = node.span
        const point: CoveragePoint = {
          mapping: nameOf(compiled.objectMapping),
          where: root.name,
          what,
          expression: numbers.get(expression),
          text,
          span: node.span,
          place: placeIn(attribute, node.span),
          decision: { kind, span: of.span, place: placeIn(attribute, of.span) },
          hits: this.#counts.get(node) ?? 0,
        }
        return [JSON.stringify([expression, of.span.start, start, end, what]), point] as const
      })
    })
  }

  #expressionsOf(compiled: CompiledObjectMapping): readonly (readonly [string, CoveredExpression])[] {
    return compiled.unit.roots.flatMap((root, index) => {
      const attribute = compiled.attributes[index]!
      const { expression: text } = attribute
      if (text === '') return []
      const one: CoveredExpression = {
        mapping: nameOf(compiled.objectMapping),
        where: root.name,
        text,
        place: placeIn(attribute, { start: 0, end: text.length }),
        hits: this.#counts.get(root.node) ?? 0,
      }
      return [[expressionKey(compiled, index), one] as const]
    })
  }
}

const nameOf = ({ name, sourceObjectName, targetObjectName }: ObjectMapping): string =>
  name ?? `${sourceObjectName} → ${targetObjectName}`

/** An object mapping, however often it was compiled. */
const keyOf = ({ rule, objectMapping }: CompiledObjectMapping): string =>
  JSON.stringify([rule.name, objectMapping.name])

const expressionKey = (compiled: CompiledObjectMapping, index: number): string =>
  JSON.stringify([keyOf(compiled), index])

const clauseKey = (mapping: string, set: string, group: number, clause: number, side: unknown): string =>
  JSON.stringify([mapping, set, group, clause, side])
