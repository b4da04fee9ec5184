import { mapFullCarefully } from '../baseline/careful.js'
import { foldedByDecomposition, mapFilter, mapFull, mapSimple } from '../baseline/hand.js'
import { type Subject, subjectOf } from '../harness/subject.js'
import { benchNames, benchUsers } from './inputs.js'

/** The baselines written by hand. */
export const handSubjects: Readonly<Record<string, () => Subject>> = {
  'hand/full': () => subjectOf(benchUsers(), mapFull),
  'careful/full': () => subjectOf(benchUsers(), mapFullCarefully),
  'hand/simple': () => subjectOf(benchUsers(), mapSimple),
  'hand/filter': () => subjectOf(benchUsers(), mapFilter),
  'hand/diacritics': () => subjectOf(benchNames(), foldedByDecomposition),
}
