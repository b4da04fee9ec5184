import { dateFormatLeaf } from './date-leaf.js'
import {
  casingLeaf,
  groupReplacement,
  joinLeaf,
  leftLeaf,
  midLeaf,
  patternReplacement,
  splitItem,
  textReplacement,
  wordLeaf,
} from './leaves.js'

/** The factories of specialised leaves, by the names under which generated modules import them. */
export const leafFactories = {
  casingLeaf,
  dateFormatLeaf,
  groupReplacement,
  joinLeaf,
  leftLeaf,
  midLeaf,
  patternReplacement,
  splitItem,
  textReplacement,
  wordLeaf,
} as const

/** The name of a factory. */
export type LeafFactory = keyof typeof leafFactories
