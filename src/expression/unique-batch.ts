import type { ContextInput, EvaluationContext } from '../values/context.js'
import type { Outcome } from '../values/outcome.js'
import { cryptoRandom, type RandomSource } from '../values/random.js'
import type { SourceRecord } from '../values/record.js'
import type { CompiledExpression } from './compile.js'

/** A value that SelectUniqueValue would give, unless it is taken. */
export interface UniqueCandidate<Source extends SourceRecord = SourceRecord> {
  readonly value: string
  /** The target attribute that is to have it; undefined for an expression by itself. */
  readonly attribute: string | undefined
  /** The object that asks for it first. */
  readonly record: Source
}

/**
 * Tells which of several candidates are taken in the target: the candidates themselves, or texts that are taken for
 * every attribute. It is asked for each value of an attribute at most once.
 */
export type UniqueLookup<Source extends SourceRecord = SourceRecord> = (
  candidates: readonly UniqueCandidate<Source>[],
) => Promise<Iterable<string | UniqueCandidate>>

/** Whether a value is taken for an attribute. */
export type IsTaken = (value: string, attribute?: string) => boolean

/** How the items of a batch are evaluated. */
export interface UniqueBatch<Result, Source extends SourceRecord = SourceRecord> {
  readonly records: readonly Source[]
  /** Evaluates an item. It is called again after a look-up, with the same clock and the same random draws. */
  evaluate(index: number, context: ContextInput | EvaluationContext, isTaken: IsTaken): Result
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
export const evaluateUnique = <Source extends SourceRecord = SourceRecord>(
  compiled: CompiledExpression<Source>,
  records: readonly NoInfer<Source>[],
  areTaken: UniqueLookup<NoInfer<Source>>,
  context: ContextInput | EvaluationContext = {},
): Promise<Outcome[]> =>
  resolveUnique<Outcome, Source>(
    {
      records,
      evaluate: (index, complete, isTaken) =>
        compiled.evaluate(records[index]!, { ...complete, isTaken: (value) => isTaken(value) }),
      uses: ({ kind }) => kind === 'value',
    },
    areTaken,
    context,
  )

/** Evaluates the items of a batch until each has values that are known to be free, in order. */
export const resolveUnique = async <Result, Source extends SourceRecord>(
  batch: UniqueBatch<Result, Source>,
  areTaken: UniqueLookup<Source>,
  context: ContextInput | EvaluationContext,
): Promise<Result[]> => {
  const run = new BatchRun(batch, context)
  for (let round = 1; ; round++) {
    const unknown = run.pass(round > 1)
    if (unknown.length === 0) return run.results()
    run.learn(unknown, await areTaken(unknown))
  }
}

/** A value for an attribute, as one text. */
const keyOf = (value: string, attribute: string | undefined): string => `${attribute ?? ''}\n${value}`

/** Within a batch, values that differ in case only are the same. */
const fold = (key: string): string => key.toLowerCase()

class BatchRun<Result, Source extends SourceRecord> {
  readonly #batch: UniqueBatch<Result, Source>
  readonly #context: ContextInput | EvaluationContext
  readonly #tapes: readonly RandomTape[]
  /** What the look-up has said. */
  readonly #known: Map<string, boolean> = new Map()
  /** What items have got for certain, folded. */
  readonly #given: Set<string> = new Set()
  readonly #final: Map<number, Result> = new Map()

  constructor(batch: UniqueBatch<Result, Source>, context: ContextInput | EvaluationContext) {
    this.#batch = batch
    this.#context = { ...context, now: context.now ?? Date.now() } as ContextInput | EvaluationContext
    const random = context.random ?? cryptoRandom
    this.#tapes = batch.records.map(() => new RandomTape(random))
  }

  /**
   * Evaluates every item that is not final, and gives the candidates that have to be looked up.
   *
   * @param thorough goes on behind a candidate that is not certain to be free, to learn all that an item may need
   */
  pass(thorough: boolean): readonly UniqueCandidate<Source>[] {
    const unknown = new Map<string, UniqueCandidate<Source>>()
    /** What items that are not final may still get, folded. */
    const claims = new Set<string>()
    for (const [index, record] of this.#batch.records.entries()) {
      if (this.#final.has(index)) continue
      const free = new Set<string>()
      let certain = true
      const isTaken = (value: string, attribute?: string): boolean => {
        const exact = keyOf(value, attribute)
        const key = fold(exact)
        const known = this.#given.has(key) || this.#context.isTaken?.(value) || this.#known.get(exact)
        if (known === true) return true
        free.add(key)
        if (known === false && !claims.has(key)) return false
        certain = false
        if (known === undefined && !unknown.has(exact)) unknown.set(exact, { value, attribute, record })
        return thorough
      }
      const random = this.#tapes[index]!.rewound()
      const result = this.#batch.evaluate(index, { ...this.#context, random }, isTaken)
      if (!certain) for (const key of free) claims.add(key)
      else this.#finish(index, result, free)
    }
    return [...unknown.values()]
  }

  #finish(index: number, result: Result, values: ReadonlySet<string>): void {
    this.#final.set(index, result)
    if (this.#batch.uses(result)) for (const key of values) this.#given.add(key)
  }

  learn(asked: readonly UniqueCandidate[], taken: Iterable<string | UniqueCandidate>): void {
    const found = new Set(taken)
    for (const candidate of asked) {
      const { value, attribute } = candidate
      this.#known.set(keyOf(value, attribute), found.has(candidate) || found.has(value))
    }
  }

  results(): Result[] {
    return this.#batch.records.map((_, index) => this.#final.get(index)!)
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
