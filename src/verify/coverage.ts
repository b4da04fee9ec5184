import { operandsOf } from '../ir/children.js'
import type { IrNode } from '../ir/node.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import type { MappedObject } from '../mapping/mapped-object.js'
import type { Instrument } from '../plan/closures.js'
import type { Span } from '../text/span.js'

/** A part of a mapping that a test can reach or leave out. */
export interface CoveragePoint {
  /** The target attribute; for a clause of the scope, `scope`. */
  readonly where: string
  /** What it is, in words: `IIF: when the condition holds`, `Switch: the key "SE"`, `clause is false`. */
  readonly what: string
  /** The text of the branch or clause. */
  readonly text: string
  /** Where the branch stands in its expression; undefined for clauses. */
  readonly span: Span | undefined
  readonly hits: number
}

/** What tests reach of a mapping. Plain data. */
export interface Coverage {
  readonly points: readonly CoveragePoint[]
  readonly covered: number
  readonly total: number
}

interface Branch {
  readonly where: string
  readonly what: string
  readonly text: string
  readonly span: Span
  readonly node: IrNode
}

const shorten = (text: string): string => {
  const plain = text.replace(/\s+/g, ' ')
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain
}

/** The branches of an expression, in the order of its text. */
const branchesOf = (where: string, root: IrNode, text: string): readonly Branch[] => {
  const found: Branch[] = []
  const textOf = ({ span }: IrNode): string => shorten(text.slice(span.start, span.end)) || 'nothing'
  const add = (what: string, node: IrNode): void => {
    found.push({ where, what, text: textOf(node), span: node.span, node })
  }
  const visit = (node: IrNode): void => {
    switch (node.op) {
      case 'conditional':
        add('IIF: when the condition holds', node.chosen)
        add('IIF: when it does not', node.otherwise)
        break
      case 'switch':
        for (const { key, value } of node.cases) add(`Switch: the key ${textOf(key)}`, value)
        add('Switch: the default', node.otherwise)
        break
      case 'coalesce':
        node.args.forEach((argument, index) => {
          if (index > 0) add(`Coalesce: argument ${index + 1}`, argument)
        })
        break
      default:
        break
    }
    for (const operand of operandsOf(node)) visit(operand)
  }
  visit(root)
  return found
}

/**
 * Counts which branches of the expressions and which sides of the scope's clauses are reached. One gatherer serves one
 * mapping that was compiled with its instrument; it may be compiled again for other settings.
 */
export class CoverageGatherer {
  readonly #hits = new Map<string, { readonly point: Omit<CoveragePoint, 'hits'>; hits: number }>()
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
    for (const set of Object.values(mapped.scope.explain().sets)) {
      set?.groups.forEach((group, index) => {
        for (const { text, verdict } of group.clauses)
          for (const side of [true, false]) {
            const key = `${set.set}/${index}/${text}/${side}`
            const known = this.#hits.get(key) ?? {
              point: { where: 'scope', what: `clause is ${side}`, text, span: undefined },
              hits: 0,
            }
            if (verdict === side) known.hits++
            this.#hits.set(key, known)
          }
      })
    }
  }

  coverage(): Coverage {
    const points = new Map(this.#hits)
    for (const compiled of this.#mappings) {
      compiled.unit.roots.forEach((root, index) => {
        const expression = compiled.attributes[index]!.expression
        for (const { node, ...branch } of branchesOf(root.name, root.node, expression)) {
          const key = `${branch.where}/${branch.span.start}/${branch.span.end}/${branch.what}`
          const before = points.get(key)?.hits ?? 0
          points.set(key, { point: branch, hits: before + (this.#counts.get(node) ?? 0) })
        }
      })
    }
    const all = [...points.values()].map(({ point, hits }): CoveragePoint => ({ ...point, hits }))
    return { points: all, covered: all.filter(({ hits }) => hits > 0).length, total: all.length }
  }
}
