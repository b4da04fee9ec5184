import { Batch, type BatchAnswer, readJson } from '../../batch.js'
import {
  type ParseExpressionOptions,
  type ParseExpressionRequest,
  parseExpressionResponse,
} from '../../graph/index.js'
import { linesOf } from '../../sources/lines.js'
import { jsonText } from '../../values/text.js'
import { type GlobalArguments, languageOptions } from '../command.js'
import { type CliIo, streamText } from '../io.js'

/** Answers are collected up to about this many characters before they are written. */
const FLUSH_AT = 1 << 16

/** Members of Graph's parseExpression body that attrflow's own requests do not have. */
const ofGraph: readonly string[] = ['testInputObject', 'targetAttributeDefinition']

/** Answers a parseExpression body in Graph's form; undefined for any other line. */
const graphAnswers =
  (options: ParseExpressionOptions) =>
  (line: string): BatchAnswer | undefined => {
    if (!ofGraph.some((name) => line.includes(`"${name}"`))) return undefined
    const request = parsed(line)
    if (request === undefined || !ofGraph.some((name) => Object.hasOwn(request, name))) return undefined
    const { expression } = request
    if (typeof expression !== 'string') return undefined
    return {
      line: jsonText(parseExpressionResponse({ ...request, expression }, options)),
      wellFormed: true,
    }
  }

const parsed = (line: string): Partial<ParseExpressionRequest> | undefined => {
  try {
    const value = readJson(line)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** The lines of a file. One request spread over several lines counts as one. */
async function* requestLines(chunks: AsyncIterable<string>): AsyncIterable<readonly string[]> {
  let whole: string[] | undefined
  for await (const lines of linesOf(chunks)) {
    const first = whole === undefined ? lines.find((line) => line.trim() !== '')?.trim() : undefined
    if (whole === undefined && first === '{') whole = []
    if (whole === undefined) yield lines
    else whole.push(...lines)
  }
  if (whole !== undefined) yield [whole.join(' ')]
}

/**
 * Answers JSON lines with JSON lines, in order. At most one piece of input and one buffer of output are in
 * memory. Returns 1 if a line was not a request; a request whose outcome is an error is answered normally.
 */
export const runBatch = async (
  path: string,
  args: Pick<GlobalArguments, 'settings' | 'dialect' | 'functions'>,
  now: Date | undefined,
  io: CliIo,
): Promise<number> => {
  const options = languageOptions(args)
  const clock = now === undefined ? {} : { now }
  const batch = new Batch({ ...options, ...clock })
  const answerGraph = graphAnswers({ ...options, context: clock })
  let code = 0
  let buffer = ''
  for await (const lines of requestLines(streamText(io, path))) {
    for (const line of lines) {
      if (line.trim() === '') continue
      const answer = answerGraph(line) ?? batch.answer(line)
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
