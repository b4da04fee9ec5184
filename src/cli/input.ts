import { type CliIo, readText, UsageError } from './io.js'

/** What an argument stands for, as it was read. */
export interface Target {
  /** The file, or undefined for an expression of the command line or of standard input. */
  readonly file: string | undefined
  readonly kind: 'expression' | 'schema'
  readonly text: string
}

/** What a file holds, judged by its name: JSON is a schema, and every other file holds one expression. */
const kindOfFile = (path: string): Target['kind'] => (/\.json$/i.test(path) ? 'schema' : 'expression')

/** Whether an argument can only have been meant as a file: a path with a file's extension, and no expression. */
const isMissingFile = (argument: string): boolean =>
  /^[^"()&=<>%,]*\.(?:json|jsonl|ndjson|csv|txt|expr)$/i.test(argument)

/** No expression begins with a brace, or with a list of objects. */
const isJsonObject = (text: string): boolean => /^\s*(?:\{|\[\s*\{)/.test(text)

/** Whether a file holds objects: users, not an expression and not a schema. */
const isPopulation = (path: string, text: string): boolean =>
  /\.(?:ndjson|jsonl|csv|tsv|ldif)$/i.test(path) || (!/\.json$/i.test(path) && isJsonObject(text))

/** Reads what an argument stands for: a file, standard input, or an expression. */
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

/** Reads an argument of a command that takes nothing but expressions. */
export const readExpressionTarget = async (command: string, argument: string, io: CliIo): Promise<Target> => {
  const target = await readTarget(argument, io)
  if (target.kind === 'expression') return target
  throw new UsageError(`${command} does not read ${argument}: it is not an expression`)
}
