/**
 * Explanations as plain data: the steps for one object, the evaluation of an expression as a tree, the
 * results over a population. The command line and the page show them; your own tools can, too.
 * @module attrflow/views
 */

export {
  type ObjectStory,
  objectStory,
  type StoryAttribute,
  type StoryClause,
  type StoryFinding,
  type StoryScopeSet,
  storyOf,
} from './object-story.js'
export {
  type PopulationResults,
  type PopulationRow,
  type PopulationStatistics,
  populationResults,
} from './population-results.js'
export {
  type ClauseCounts,
  type GroupCounts,
  type ScopeChanges,
  type ScopeCounts,
  scopeCounts,
} from './scope-counts.js'
export { type TraceView, traceTree } from './trace-tree.js'
export { valueText } from './value-text.js'
