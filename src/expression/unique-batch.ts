import type { ContextInput, EvaluationContext } from '../values/context.js'
import type { Outcome } from '../values/outcome.js'
import { cryptoRandom, type RandomSource } from '../values/random.js'
import type { SourceRecord } from '../values/record.js'
import type { CompiledExpression } from './compile.js'

/** Tells which of several candidates are taken in the target. It is asked for each candidate at most once. */
export type UniqueLookup = (candidates: readonly string[]) => Promise<Iterable<string>>

/** How the items of a batch are evaluated. */
export interface UniqueBatch<Result> {
  /** The number of items. */
  readonly count: number
  /** Evaluates an item. It is called again after a look-up, with the same clock and the same random draws. */
  evaluate(index: number, context: ContextInput | EvaluationContext): Result
  /** Whether a result is going to be used, so that its values are taken for the items after it. */
  uses(result: Result): boolean
}

/**
 * Evaluates SelectUniqueValue for many records, with a look-up that takes time. The outcomes are those of
 * evaluating one record after the other: what a record gets is taken for those after it, also where it differs
 * in case only, for the directories that demand uniqueness ignore case. The look-up is asked at most twice:
 * for the first candidate of every record, and then for all that are still possible. Without records or
 * candidates it is not asked. The clock is read once; random candidates do not change between the two.
 *
 * @param context its `isTaken`, where given, is asked before the look-up
 * @returns the outcomes in the order of the records; rejected when the look-up is
 * @example
 * const alias = compileExpression('SelectUniqueValue([alias], Append([alias], "2"))')
 * await evaluateUnique(alias, [{ alias: 'ada' }, { alias: 'ada' }], async () => [])
 * // [{ kind: 'value', value: 'ada' }, { kind: 'value', value: 'ada2' }]
 */
export const evaluateUnique = (
  compiled: CompiledExpression,
  records: readonly SourceRecord[],
  areTaken: UniqueLookup,
  context: ContextInput | EvaluationContext = {},
): Promise<Outcome[]> =>
  resolveUnique<Outcome>(
    {
      count: records.length,
      evaluate: (index, complete) => compiled.evaluate(records[index]!, complete),
      uses: ({ kind }) => kind === 'value',
    },
    areTaken,
    context,
  )

/** Evaluates the items of a batch until each has values that are known to be free, in order. */
export const resolveUnique = async <Result>(
  batch: UniqueBatch<Result>,
  areTaken: UniqueLookup,
  context: ContextInput | EvaluationContext,
): Promise<Result[]> => {
  const run = new BatchRun(batch, context)
  for (let round = 1; ; round++) {
    const unknown = run.pass(round > 1)
    if (unknown.length === 0) return run.results()
    run.learn(unknown, await areTaken(unknown))
  }
}

/** Within a batch, candidates that differ in case only are the same. */
const fold = (candidate: string): string => candidate.toLowerCase()

class BatchRun<Result> {
  readonly #batch: UniqueBatch<Result>
  readonly #context: ContextInput | EvaluationContext
  readonly #tapes: readonly RandomTape[]
  /** What the look-up has said. */
  readonly #known: Map<string, boolean> = new Map()
  /** What items have got for certain, folded. */
  readonly #given: Set<string> = new Set()
  readonly #final: Map<number, Result> = new Map()

  constructor(batch: UniqueBatch<Result>, context: ContextInput | EvaluationContext) {
    this.#batch = batch
    this.#context = { ...context, now: context.now ?? Date.now() } as ContextInput | EvaluationContext
    const random = context.random ?? cryptoRandom
    this.#tapes = Array.from({ length: batch.count }, () => new RandomTape(random))
  }

  /**
   * Evaluates every item that is not final, and gives the candidates that have to be looked up.
   *
   * @param thorough goes on behind a candidate that is not certain to be free, to learn all that an item may need
   */
  pass(thorough: boolean): readonly string[] {
    const unknown = new Set<string>()
    /** What items that are not final may still get, folded. */
    const claims = new Set<string>()
    for (let index = 0; index < this.#batch.count; index++) {
      if (this.#final.has(index)) continue
      const free = new Set<string>()
      let certain = true
      const isTaken = (candidate: string): boolean => {
        const key = fold(candidate)
        const known = this.#given.has(key) || this.#context.isTaken?.(candidate) || this.#known.get(candidate)
        if (known === true) return true
        free.add(key)
        if (known === false && !claims.has(key)) return false
        certain = false
        if (known === undefined) unknown.add(candidate)
        return thorough
      }
      const random = this.#tapes[index]!.rewound()
      const result = this.#batch.evaluate(index, { ...this.#context, isTaken, random })
      if (!certain) for (const key of free) claims.add(key)
      else this.#finish(index, result, free)
    }
    return [...unknown]
  }

  #finish(index: number, result: Result, values: ReadonlySet<string>): void {
    this.#final.set(index, result)
    if (this.#batch.uses(result)) for (const key of values) this.#given.add(key)
  }

  learn(asked: readonly string[], taken: Iterable<string>): void {
    const found = new Set(taken)
    for (const candidate of asked) this.#known.set(candidate, found.has(candidate))
  }

  results(): Result[] {
    return Array.from({ length: this.#batch.count }, (_, index) => this.#final.get(index)!)
  }
}

/** Random bytes that come again from the start whenever the tape is rewound. */
class RandomTape {
  readonly #source: RandomSource
  readonly #bytes: number[] = []

  constructor(source: RandomSource) {
    this.#source = source
  }

  rewound(): RandomSource {
    let position = 0
    return {
      fill: (bytes) => {
        const missing = position + bytes.length - this.#bytes.length
        if (missing > 0) this.#bytes.push(...this.#source.fill(new Uint8Array(missing)))
        for (let i = 0; i < bytes.length; i++) bytes[i] = this.#bytes[position++]!
        return bytes
      },
    }
  }
}
