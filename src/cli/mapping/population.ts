import type { CompiledObjectMapping } from '../../mapping/index.js'
import { readPopulation, type SourceEntry, TargetIndex } from '../../sources/index.js'
import { type CliIo, streamText, UsageError, untilAborted } from '../io.js'

/** The entries of a population file, or of standard input for `-`, in groups as they arrive. */
export const readEntries = (
  io: CliIo,
  path: string,
  signal?: AbortSignal,
): AsyncGenerator<readonly SourceEntry[]> =>
  readPopulation(untilAborted(streamText(io, path), signal), path === '-' ? '' : path)

/** What the file of an argument is called in messages. */
export const nameOfInput = (path: string): string => (path === '-' ? 'standard input' : path)

/** Why there is no object on a line. */
export const faultOf = (
  path: string,
  { line, diagnostics }: Extract<SourceEntry, { record: undefined }>,
): string => `${nameOfInput(path)}:${line}: ${diagnostics[0]!.message}`

/** Reads the objects of the target. A line that cannot be read would hide a match: it is a UsageError. */
export const readTargets = async (
  io: CliIo,
  path: string,
  compiled: CompiledObjectMapping,
): Promise<TargetIndex> => {
  const index = new TargetIndex(compiled)
  for await (const entries of readEntries(io, path)) {
    for (const entry of entries) {
      if (entry.record === undefined) throw new UsageError(faultOf(path, entry))
      index.add(entry.record)
    }
  }
  return index
}
