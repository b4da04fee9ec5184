import type { UnitInput } from '../ir/unit.js'
import type { EvaluationContext } from '../values/context.js'
import { EvaluationError } from '../values/fault.js'
import type { Result } from '../values/outcome.js'
import { readAttribute, type SourceRecord } from '../values/record.js'
import type { Frame } from './frame.js'
import type { Evaluator } from './plan.js'

/** The functions of a built module that evaluate a unit. */
export interface BuiltCode {
  /**
   * Like `Evaluator.run`, but a root that is not repeatable is left out: its result is undefined.
   * @param all whether all roots are evaluated without the guard
   */
  run(
    record: SourceRecord,
    context: EvaluationContext,
    early: (Result | undefined)[],
    inactive: boolean,
    all: boolean,
  ): (Result | undefined)[] | null | EvaluationError
  /** The roots that `run` leaves out, by index. Each may be evaluated once for an object. */
  readonly single: Readonly<
    Record<number, (record: SourceRecord, context: EvaluationContext, inactive: boolean) => Result>
  >
}

/** The evaluation of one object by a built module: the parts that were needed so far. */
interface BuiltFrame extends Frame {
  readonly record: SourceRecord
  readonly early: (Result | undefined)[]
  inactive: boolean
  /** The result of a run with the guard; undefined before it. */
  guarded: (Result | undefined)[] | null | EvaluationError | undefined
  /** The results of all roots, whatever the guard; undefined before they are needed. */
  all: (Result | undefined)[] | undefined
}

/**
 * The evaluator of a built module. Its code evaluates all roots in one run, so a root that is needed alone
 * brings the others along: they are repeatable, and those that nobody asks for have no effect.
 * @param early the indexes of the roots that are evaluated before the guard
 */
export const builtEvaluator = (
  { run, single }: BuiltCode,
  inputs: readonly UnitInput[],
  early: readonly number[],
  rootCount: number,
): Evaluator => {
  const guarded = (frame: BuiltFrame): NonNullable<BuiltFrame['guarded']> | null => {
    if (frame.guarded === undefined)
      frame.guarded = run(frame.record, frame.context, frame.early, frame.inactive, false)
    return frame.guarded
  }
  const all = (frame: BuiltFrame): readonly (Result | undefined)[] => {
    if (frame.all === undefined) {
      const results = run(frame.record, frame.context, frame.early, frame.inactive, true)
      frame.all = Array.isArray(results) ? results : []
    }
    return frame.all
  }
  const rootOf = (index: number): Evaluator['roots'][number] => {
    const alone = single[index]
    if (alone !== undefined)
      return (frame) => {
        const { record, context, inactive } = frame as BuiltFrame
        return alone(record, context, inactive)
      }
    const position = early.indexOf(index)
    return (frame) => {
      const built = frame as BuiltFrame
      if (built.all === undefined) {
        const results = guarded(built)
        if (position >= 0) return built.early[position] as Result
        if (Array.isArray(results)) return results[index] as Result
      }
      return all(built)[index] as Result
    }
  }
  return {
    // A mapping with roots that are not repeatable is never evaluated at once, so no result is undefined here.
    run: (record, context, found, inactive = false) =>
      run(record, context, found, inactive, false) as Result[] | null | EvaluationError,
    open: (record, context, inactive = false): BuiltFrame => ({
      values: [],
      context,
      record,
      early: [],
      inactive,
      guarded: undefined,
      all: undefined,
    }),
    input: (frame, index) => readAttribute((frame as BuiltFrame).record, inputs[index]!.name),
    change: (frame) => {
      const built = frame as BuiltFrame
      // Only IsSoftDeleted changes, and the code prefers the object's own value.
      built.inactive = true
      // The guard has decided, and its verdict stays.
      built.all = undefined
      all(built)
    },
    guard: (frame) => {
      const results = guarded(frame as BuiltFrame)
      return results instanceof EvaluationError ? results : results !== null
    },
    roots: Array.from({ length: rootCount }, (_, index) => rootOf(index)),
  }
}
