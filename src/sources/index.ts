/**
 * Populations of objects: readers for their files, and the index of a target.
 * @module attrflow/sources
 */

export { type DecodedAs, decodePieces, decodeUtf8 } from './decode.js'
export { JsonLines, readJsonLines } from './json.js'
export { linesOf } from './lines.js'
export type { Note, NoteCode } from './notes.js'
export { formatOf, formats, type PopulationOptions, readPopulation, tellEncoding } from './population.js'
export { readRawText } from './raw-text.js'
export { isMarkedRemoved } from './removed.js'
export {
  type AppRole,
  mappingShaper,
  readAppRoles,
  Shaper,
  type ShaperOptions,
  type ShaperState,
} from './shaper.js'
export { shapeNames, shapes } from './shapes/index.js'
export type { Shape } from './shapes/shape.js'
export type { RawText, SourceEntry } from './source-entry.js'
export { TargetIndex } from './target-index.js'
export { UnreadablePopulation } from './unreadable.js'
