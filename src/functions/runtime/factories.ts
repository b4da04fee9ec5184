/** The factories of specialised leaves, under the names by which generated modules import them. */
export { dateFormatLeaf } from './date-leaf.js'
export {
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
