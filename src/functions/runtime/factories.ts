/** The factories of specialised leaves, under the names by which generated modules import them. */
export { dateFormatLeaf } from './date-leaf.js'
export {
  casingLeaf,
  joinLeaf,
  leftLeaf,
  midLeaf,
  splitItem,
  textReplacement,
  wordLeaf,
} from './leaves.js'
export { groupReplacement, patternReplacement } from './pattern-leaves.js'
