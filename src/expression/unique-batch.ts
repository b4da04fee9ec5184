import type { ContextInput, EvaluationContext } from '../values/context.js'
import { Misuse, requireList } from '../values/misuse.js'
import type { Outcome } from '../values/outcome.js'
import { cryptoRandom, type RandomSource } from '../values/random.js'
import type { SourceRecord } from '../values/record.js'
import type { CompiledExpression } from './compile.js'

/** A value that SelectUniqueValue would return unless it is taken. */
export interface UniqueCandidate<Source extends SourceRecord = SourceRecord> {
  readonly value: string
  /** The target attribute; undefined for a single expression. */
  readonly attribute: string | undefined
  /** The first object that asks for it. */
  readonly record: Source
}

/**
 * Looks up which of several candidates are taken in the target. Returns those candidates, or texts that are
 * taken for every attribute. Each value of an attribute is looked up at most once.
 */
export type UniqueLookup<Source extends SourceRecord = SourceRecord> = (
  candidates: readonly UniqueCandidate<Source>[],
) => Promise<Iterable<string | UniqueCandidate>>

/** Whether a value is taken for an attribute. */
export type IsTaken = (value: string, attribute?: string) => boolean

/** How to evaluate the items of a batch. */
export interface UniqueBatch<Result, Source extends SourceRecord = SourceRecord> {
  readonly records: readonly Source[]
  /**
   * Evaluates an item. It is called again after a look-up, with the same clock and the same random numbers.
   */
  evaluate(record: Source, index: number, context: ContextInput | EvaluationContext, isTaken: IsTaken): Result
  /** Whether a result will be used, so that its values are taken for later items. */
  uses(result: Result): boolean
}

/**
 * Evaluates SelectUniqueValue for many records, with a look-up that takes time. The outcomes equal those of
 * evaluating one record after the other: the value of a record is taken for all later ones, in any case,
 * because directories that require uniqueness ignore case. The look-up is called at most twice: for the first
 * candidate of every record, then for all that are still possible. Without records or candidates it is not
 * called. The clock is read once; random candidates do not change between the two calls.
 * @param context its `isTaken`, if given, is called before the look-up
 * @returns the outcomes in the order of the records; rejected if the look-up is, and with a `TypeError` if it
 * returns no list
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
      evaluate: (record, _index, complete, isTaken) =>
        compiled.evaluate(record, { ...complete, isTaken: (value) => isTaken(value) }),
      uses: ({ kind }) => kind === 'value',
    },
    areTaken,
    context,
  )

/** Evaluates the items of a batch, in order, until each has values that are known to be free. */
export const resolveUnique = async <Result, Source extends SourceRecord>(
  batch: UniqueBatch<Result, Source>,
  areTaken: UniqueLookup<Source>,
  context: ContextInput | EvaluationContext,
): Promise<Result[]> => {
  requireList(batch.records, 'records')
  if (typeof areTaken !== 'function')
    throw new Misuse('expected a look-up, such as async (candidates) => []; it returns those that are taken')
  const run = new BatchRun(batch, context)
  for (let round = 1; ; round++) {
    const unknown = run.pass(round > 1)
    if (unknown.length === 0) return run.results()
    run.learn(unknown, await areTaken(unknown))
  }
}

/** A value for an attribute, as one text. */
const keyOf = (value: string, attribute: string | undefined): string => `${attribute ?? ''}\n${value}`

/** Within a batch, values that differ only in case are equal. */
const fold = (key: string): string => key.toLowerCase()

class BatchRun<Result, Source extends SourceRecord> {
  readonly #batch: UniqueBatch<Result, Source>
  readonly #context: ContextInput | EvaluationContext
  readonly #items: readonly { readonly record: Source; readonly tape: RandomTape }[]
  /** The answers of the look-up. */
  readonly #known: Map<string, boolean> = new Map()
  /** The final values of items, case-folded. */
  readonly #given: Set<string> = new Set()
  readonly #final: Map<number, Result> = new Map()

  constructor(batch: UniqueBatch<Result, Source>, context: ContextInput | EvaluationContext) {
    this.#batch = batch
    this.#context = { ...context, now: context.now ?? Date.now() } as ContextInput | EvaluationContext
    const random = context.random ?? cryptoRandom
    this.#items = batch.records.map((record) => ({ record, tape: new RandomTape(random) }))
  }

  /**
   * Evaluates every item that is not final; returns the candidates to look up.
   * @param thorough continues after a candidate that is not known to be free, to collect all that an item may
   * need
   */
  pass(thorough: boolean): readonly UniqueCandidate<Source>[] {
    const unknown = new Map<string, UniqueCandidate<Source>>()
    /** The possible values of items that are not final, case-folded. */
    const claims = new Set<string>()
    for (const [index, { record, tape }] of this.#items.entries()) {
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
      const random = tape.rewound()
      const result = this.#batch.evaluate(record, index, { ...this.#context, random }, isTaken)
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
    if (typeof taken !== 'object' || typeof taken?.[Symbol.iterator] !== 'function')
      throw new Misuse('the look-up must return a list of the candidates that are taken')
    const found = new Set(taken)
    for (const candidate of asked) {
      const { value, attribute } = candidate
      this.#known.set(keyOf(value, attribute), found.has(candidate) || found.has(value))
    }
  }

  results(): Result[] {
    return [...this.#final].sort(([a], [b]) => a - b).map(([, result]) => result)
  }
}

/** Random bytes that repeat from the start for each `rewound()` source. */
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
        bytes.set(this.#bytes.slice(position, position + bytes.length))
        position += bytes.length
        return bytes
      },
    }
  }
}
