import { shownLines } from '../text/shown.js'
import { closest } from '../text/suggest.js'
import type { Dialect, SettingsInput } from '../values/settings.js'
import { commandIndex, globalOptions, type ParsedArguments, parseArguments } from './arguments.js'
import {
  type Command,
  type CommandArguments,
  formatsOf,
  type OptionTable,
  type OwnFunctions,
} from './command.js'
import { commands } from './commands/index.js'
import { commandHelp, generalHelp } from './help.js'
import { type CliIo, OutputClosed, UsageError } from './io.js'
import { type ColorChoice, safeOutput, styleFor, widthOf } from './style.js'
import { commandMeant } from './synonyms.js'

/**
 * The exit codes. Problems (1) are faults in the input that a command works on: an expression, an object, for
 * `check` also a schema. Wrong use (2) means that a command has nothing to work on, because of its arguments
 * or a file that they name.
 */
export const exitCode = { ok: 0, problems: 1, usage: 2 } as const

/** Options before the command are options of every command; options after it may also be its own. */
const split = (args: readonly string[]): { name: string | undefined; rest: readonly string[] } => {
  const index = commandIndex(args)
  if (index < 0) return { name: undefined, rest: args }
  // Sending uploads to a job is also a verb of `job`.
  if (args[index] === 'job' && args[index + 1] === 'send') return split(args.toSpliced(index, 1))
  return { name: args[index], rest: [...args.slice(0, index), ...args.slice(index + 1)] }
}

const commandNamed = async (name: string): Promise<Command> => {
  const command = commands.find((candidate) => candidate.name === name)
  if (command !== undefined) return command.load()
  const near =
    commandMeant(name) ??
    closest(
      name,
      commands.map((candidate) => candidate.name),
    )
  const meant = near === undefined ? 'attrflow --help lists the commands' : `did you mean ${near}?`
  throw new UsageError(`unknown command ${name}; ${meant}`)
}

const formatOf = (command: Command, values: ParsedArguments['values']): string => {
  const formats = formatsOf(command)
  const named = values.format as string | undefined
  if (values.json === true && named !== undefined && named !== 'json')
    throw new UsageError(`--json and --format ${named} contradict each other`)
  const format = values.json === true ? 'json' : (named ?? formats[0] ?? '')
  if (!formats.includes(format))
    throw new UsageError(`attrflow ${command.name} prints ${formats.join(', ')}, not ${format}`)
  return format
}

/** Refuses two options that would write to one file: one of them would be lost. */
const refuseOneFileTwice = async (
  table: OptionTable,
  values: ParsedArguments['values'],
  { files }: CliIo,
): Promise<void> => {
  const written = Object.entries(table).flatMap(([name, { type, writes }]) =>
    writes === undefined || type === 'boolean'
      ? []
      : [values[name] ?? []].flat().map((path) => [`--${name}`, String(path)] as const),
  )
  for (const [index, [option, path]] of written.entries())
    for (const [other, another] of written.slice(0, index))
      if (await files.isSame(path, another))
        throw new UsageError(`${other} and ${option} name the same file; each needs its own`)
}

const settingsFrom = async (io: CliIo, path: string | undefined): Promise<SettingsInput> =>
  path === undefined ? {} : (await import('./read-json-file.js')).readSettings(io, path)

const functionsFrom = async (io: CliIo, path: string | undefined): Promise<OwnFunctions | undefined> =>
  path === undefined ? undefined : (await import('./own-functions.js')).readFunctions(io, path)

const run = async (args: readonly string[], io: CliIo, version: string): Promise<number> => {
  const { name, rest } = split(args)
  const width = widthOf(io.stdout)
  if (name === undefined || name === 'help') {
    const { values, positionals } = parseArguments(rest, globalOptions)
    const style = styleFor(io.stdout, io.env, (values.color as ColorChoice | undefined) ?? 'auto')
    if (values.version === true) {
      await io.stdout.write(`${version}\n`)
      return exitCode.ok
    }
    const asked = name === 'help' || values.help === true
    const topic = positionals[0]
    const text =
      topic === undefined
        ? generalHelp(commands, width, style)
        : commandHelp(await commandNamed(topic), width, style)
    await (asked ? io.stdout : io.stderr).write(text)
    return asked ? exitCode.ok : exitCode.usage
  }
  const command = await commandNamed(name)
  const table: OptionTable = { ...command.options, ...globalOptions }
  const { values, positionals } = parseArguments(rest, table)
  const color = (values.color as ColorChoice | undefined) ?? 'auto'
  const style = styleFor(io.stdout, io.env, color)
  if (values.help === true || values.version === true) {
    await io.stdout.write(values.help === true ? commandHelp(command, width, style) : `${version}\n`)
    return exitCode.ok
  }
  const parsed: CommandArguments = {
    positionals,
    // The table above guarantees the type of every option.
    options: values as CommandArguments['options'],
    format: formatOf(command, values),
    settings: await settingsFrom(io, values.settings as string | undefined),
    functions: await functionsFrom(io, values.functions as string | undefined),
    dialect: values.dialect as Dialect | undefined,
    version,
    style,
    errorStyle: styleFor(io.stderr, io.env, color),
  }
  await refuseOneFileTwice(table, values, io)
  const safe: CliIo = {
    ...io,
    stdout: safeOutput(io.stdout, style.color, parsed.format === 'github'),
    stderr: safeOutput(io.stderr, parsed.errorStyle.color, false),
  }
  return command.run(parsed, safe)
}

/** Limits of the engine that input can exceed: that is no internal error. */
const engineLimits: readonly (readonly [says: RegExp, message: string])[] = [
  [/call stack/i, 'the input is nested too deeply, or a filter has too many clauses'],
  [
    // Input without line breaks does that.
    /invalid string length/i,
    'the input has a line or an object of more than 536,870,888 characters, the most that Node.js can hold',
  ],
]

/** What is wrong with the input or the use; undefined for an internal error. */
const reasonOf = (error: unknown): string | undefined => {
  if (error instanceof UsageError) return error.message
  return error instanceof RangeError
    ? engineLimits.find(([says]) => says.test(error.message))?.[1]
    : undefined
}

/**
 * Runs attrflow with the arguments of a command line and returns its exit code. Throws only for internal
 * errors.
 */
export const runCli = async (args: readonly string[], io: CliIo, version: string): Promise<number> => {
  try {
    return await run(args, io, version)
  } catch (error) {
    if (error instanceof OutputClosed) return exitCode.ok
    const reason = reasonOf(error)
    if (reason === undefined) throw error
    await io.stderr.write(shownLines(`attrflow: ${reason}\n`))
    return exitCode.usage
  }
}
