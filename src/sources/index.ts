/**
 * Populations of objects: readers for their files, and the index of a target.
 * @module attrflow/sources
 */

export { linesOf } from './lines.js'
export { formatOfName, readPopulation } from './population.js'
export type { PopulationFormat, SourceEntry } from './source-entry.js'
export { TargetIndex } from './target-index.js'
