/**
 * Populations of objects: readers for their files, and the index of a target.
 * @module attrflow/sources
 */

export { type DecodedAs, decodePieces } from './decode.js'
export { linesOf } from './lines.js'
export type { Note, NoteCode } from './notes.js'
export { formats, type PopulationOptions, readPopulation } from './population.js'
export { readRawText } from './raw-text.js'
export { type AppRole, readAppRoles, Shaper, type ShaperOptions } from './shaper.js'
export { shapeNames, shapes } from './shapes/index.js'
export type { Shape } from './shapes/shape.js'
export type { RawText, SourceEntry } from './source-entry.js'
export { TargetIndex } from './target-index.js'
export { UnreadablePopulation } from './unreadable.js'
