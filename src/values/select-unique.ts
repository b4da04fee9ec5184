import type { EvaluationContext } from './context.js'
import { raise } from './fault.js'
import { Misuse } from './misuse.js'
import { textOf } from './text.js'
import type { Value } from './value.js'

/**
 * The first candidate that is not taken (semantics 25). Null and "" are skipped; null if there is no other
 * candidate. AF5006 when every candidate is taken.
 * @param candidate evaluates a candidate; later ones are not evaluated once one is free
 */
export const selectUnique = (
  count: number,
  candidate: (index: number) => Value,
  { isTaken }: EvaluationContext,
): string | null => {
  const taken: string[] = []
  for (let index = 0; index < count; index++) {
    const value = candidate(index)
    if (Array.isArray(value)) return raise('AF5003', { function: 'SelectUniqueValue', count: value.length })
    const text = textOf(value)
    if (text === null || text === '') continue
    if (isTaken === undefined) return text
    const answer: unknown = isTaken(text)
    if (typeof answer !== 'boolean')
      throw new Misuse(
        'isTaken must answer true or false at once; for an asynchronous look-up use evaluateUnique or mapObjectsUnique',
      )
    if (!answer) return text
    taken.push(text)
  }
  return taken.length === 0 ? null : raise('AF5006', { candidates: taken.join(', ') })
}
