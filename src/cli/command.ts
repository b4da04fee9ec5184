import type { FunctionDefinition, FunctionLibrary } from '../functions/index.js'
import type { Dialect, SettingsInput } from '../values/settings.js'
import type { CliIo } from './io.js'
import type { Style } from './style.js'

/** An option of a command. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean'
  /** One letter. */
  readonly short?: string
  /** May be given more than once. */
  readonly multiple?: boolean
  /** What the value is called in the help: `FILE`. */
  readonly value?: string
  /** The values it takes. */
  readonly choices?: readonly string[]
  readonly doc: string
}

/** The options of a command, by name without dashes. */
export type OptionTable = Readonly<Record<string, OptionSpec>>

/** What the options of a table come to. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name]['type'] extends 'boolean'
    ? boolean
    : Table[Name]['multiple'] extends true
      ? readonly string[]
      : string | undefined
}

/** Functions from a module of the user's. */
export interface OwnFunctions {
  /** The module as the user wrote it. */
  readonly path: string
  readonly exports: Readonly<Record<string, FunctionDefinition>>
  /** The functions of the language, and these. */
  readonly library: FunctionLibrary
}

/** What every command takes, read and checked. */
export interface GlobalArguments {
  /** One of the command's formats. */
  readonly format: string
  /** The settings of the file named by `--settings`. */
  readonly settings: SettingsInput
  /** Undefined when not given: a command that reads a schema then takes it from there. */
  readonly dialect: Dialect | undefined
  /** Functions of the user's own, from the module named by `--functions`. */
  readonly functions: OwnFunctions | undefined
  /** The version of attrflow. */
  readonly version: string
  /** For standard output and standard error. */
  readonly style: Style
  readonly errorStyle: Style
}

/** The arguments that the library takes as options, without what was not given. */
export const languageOptions = ({
  settings,
  dialect,
  functions,
}: Pick<GlobalArguments, 'settings' | 'dialect' | 'functions'>): {
  readonly settings: SettingsInput
  readonly dialect?: Dialect
  readonly library?: FunctionLibrary
} => ({
  settings,
  ...(dialect === undefined ? {} : { dialect }),
  ...(functions === undefined ? {} : { library: functions.library }),
})

/** The arguments of one run. */
export interface CommandArguments<Table extends OptionTable = OptionTable> extends GlobalArguments {
  readonly positionals: readonly string[]
  readonly options: OptionValues<Table>
}

/** What a command takes and does: one file that parses arguments, calls the library and prints. */
export interface CommandBody<Table extends OptionTable = OptionTable> {
  /** What follows the name, one line for each way to call it. */
  readonly usage: readonly string[]
  /** Paragraphs of the help that say more. */
  readonly details?: readonly string[]
  readonly options: Table
  /** Values of `--format`, the default first. Default: pretty, json. */
  readonly formats?: readonly string[]
  readonly examples: readonly string[]
  /** Runs it. Gives the exit code: 0 fine, 1 problems found. Throws UsageError (exit code 2) for wrong use. */
  run(args: CommandArguments<Table>, io: CliIo): Promise<number>
}

/** A command with the name and summary under which it is listed. */
export interface Command extends CommandBody {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
}

/** Declares a command; its options give `run` the types of their values. */
export const defineCommand = <const Table extends OptionTable>(command: CommandBody<Table>): CommandBody =>
  command as unknown as CommandBody

/** The formats of a command. */
export const formatsOf = (command: CommandBody): readonly string[] => command.formats ?? ['pretty', 'json']
