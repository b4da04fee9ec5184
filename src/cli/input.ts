import { type CliIo, readText, UsageError } from './io.js'

/** The meaning of an argument, and its text. */
export interface Target {
  /** The file; undefined for an expression from the command line or standard input. */
  readonly file: string | undefined
  readonly kind: 'expression' | 'schema'
  readonly text: string
}

/** The contents of a file, judged by its name: JSON is a schema, every other file is one expression. */
const kindOfFile = (path: string): Target['kind'] => (/\.json$/i.test(path) ? 'schema' : 'expression')

/** Whether an argument can only be a file: it is a path with a file extension and not an expression. */
const isMissingFile = (argument: string): boolean =>
  /^[^"()&=<>%,]*\.(?:json|jsonl|ndjson|csv|txt|expr)$/i.test(argument)

/** No expression begins with a brace, or with a list of objects. */
const isJsonObject = (text: string): boolean => /^\s*(?:\{|\[\s*\{)/.test(text)

/** The names of files that only a population has. */
export const populationName = /\.(?:ndjson|jsonl|csv|tsv|ldif)$/i

/** Whether a file is a population, not an expression or a schema. */
const isPopulation = (path: string, text: string): boolean =>
  populationName.test(path) || (!/\.json$/i.test(path) && isJsonObject(text))

/** Reads an argument: a file, standard input, or an expression. */
export const readTarget = async (argument: string, io: CliIo): Promise<Target> => {
  if (argument === '-') {
    const text = await readText(io, argument)
    return { file: undefined, kind: isJsonObject(text) ? 'schema' : 'expression', text }
  }
  const found = await io.files.kind(argument)
  if (found === 'file') {
    const text = await readText(io, argument)
    if (isPopulation(argument, text))
      throw new UsageError(
        `${argument} is a population, not an expression or a schema; attrflow map SCHEMA --source ${argument} maps its objects`,
      )
    return { file: argument, kind: kindOfFile(argument), text }
  }
  if (!isMissingFile(argument)) return { file: undefined, kind: 'expression', text: argument }
  const why = found === 'directory' ? 'it is a directory' : 'there is no such file'
  throw new UsageError(`cannot read ${argument}: ${why}`)
}

/** Reads an argument of a command that accepts only expressions. */
export const readExpressionTarget = async (command: string, argument: string, io: CliIo): Promise<Target> => {
  const target = await readTarget(argument, io)
  if (target.kind === 'expression') return target
  throw new UsageError(`${command} does not read ${argument}: it is not an expression`)
}
