/**
 * Maps populations from file to file. Every entry ends in the output or the escrow, and is counted in the
 * report. An interrupted run can be continued.
 */

export { AppendedFile } from './appended-file.js'
export { type BlockWorker, mapInParallel } from './block-pool.js'
export { BlockReader } from './block-reader.js'
export { buffersOf, type DeferredBlock, mapDeferred } from './deferred-block.js'
export { EntryMapper, type EntryMapperOptions, type WrittenEntry } from './entry-mapper.js'
export { csvWriter, type EntryWriter, jsonWriter, type UnreadableEntry } from './entry-writer.js'
export { readEscrow } from './escrow.js'
export { type LineBlock, LineBlocks, type LinePlace } from './line-blocks.js'
export { NoState, PreviousRun } from './previous-run.js'
export {
  type AttributeCount,
  type EntryReason,
  type FailureCount,
  type OutcomeCount,
  RunReport,
  type RunReportData,
  type RunReportJson,
} from './run-report.js'
export { settleBlock } from './settle-block.js'
export {
  CannotResume,
  folderOfRun,
  type PartTexts,
  type RunFiles,
  type RunFingerprint,
  type SourcePlace,
  UnfinishedRun,
} from './unfinished-run.js'
