import { Batch } from '../../batch.js'
import { linesOf } from '../../sources/lines.js'
import { type GlobalArguments, languageOptions } from '../command.js'
import { type CliIo, streamText } from '../io.js'

/** Answers are collected up to about this many characters before they are written. */
const FLUSH_AT = 1 << 16

/**
 * Answers JSON lines with JSON lines, in order; at most one piece of input and one buffer of output are held.
 * Gives 1 when a line was no request: the outcome of a request is an answer, even when it is an error.
 */
export const runBatch = async (
  path: string,
  args: Pick<GlobalArguments, 'settings' | 'dialect' | 'functions'>,
  now: Date | undefined,
  io: CliIo,
): Promise<number> => {
  const batch = new Batch({
    ...languageOptions(args),
    ...(now === undefined ? {} : { now }),
  })
  let code = 0
  let buffer = ''
  for await (const lines of linesOf(streamText(io, path))) {
    for (const line of lines) {
      if (line.trim() === '') continue
      const answer = batch.answer(line)
      if (!answer.wellFormed) code = 1
      buffer += `${answer.line}\n`
      if (buffer.length >= FLUSH_AT) {
        await io.stdout.write(buffer)
        buffer = ''
      }
    }
    if (buffer !== '') await io.stdout.write(buffer)
    buffer = ''
  }
  return code
}
