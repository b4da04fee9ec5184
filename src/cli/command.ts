import type { FunctionDefinition, FunctionLibrary } from '../functions/index.js'
import type { Dialect, SettingsInput } from '../values/settings.js'
import type { CliIo } from './io.js'
import type { JsonForm } from './json-form.js'
import type { Style } from './style.js'

/** An option of a command. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean'
  /** A single letter. */
  readonly short?: string
  /** Whether it may be given several times. */
  readonly multiple?: boolean
  /** The name of the value in the help, such as `FILE`. */
  readonly value?: string
  /** Whether it writes: to the file or folder that it names or, if it is a boolean, to files that are read. */
  readonly writes?: true
  /** The values that it accepts. */
  readonly choices?: readonly string[]
  readonly doc: string
}

/** The options of a command, by name without dashes. */
export type OptionTable = Readonly<Record<string, OptionSpec>>

/** The type of the values of a table's options. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name]['type'] extends 'boolean'
    ? boolean
    : Table[Name]['multiple'] extends true
      ? readonly string[]
      : string | undefined
}

/** Functions from the user's module. */
export interface OwnFunctions {
  /** The path of the module as the user wrote it. */
  readonly path: string
  readonly exports: Readonly<Record<string, FunctionDefinition>>
  /** The functions of the language and these. */
  readonly library: FunctionLibrary
}

/** The arguments that every command takes, read and checked. */
export interface GlobalArguments {
  /** One of the command's formats. */
  readonly format: string
  /** The settings of the file named by `--settings`. */
  readonly settings: SettingsInput
  /** Undefined if not given: then a command that reads a schema takes it from there. */
  readonly dialect: Dialect | undefined
  /** The user's functions, from the module named by `--functions`. */
  readonly functions: OwnFunctions | undefined
  /** The version of attrflow. */
  readonly version: string
  /** For standard output and standard error. */
  readonly style: Style
  readonly errorStyle: Style
}

/** The arguments as options of the library, without those that were not given. */
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

/** What a command takes and does. The file of a command parses arguments, calls the library and prints. */
export interface CommandBody<Table extends OptionTable = OptionTable> {
  /** The text after the name, one line for each form of use. */
  readonly usage: readonly string[]
  /** Further paragraphs of the help. */
  readonly details?: readonly string[]
  readonly options: Table
  /** Values of `--format`, the default first. Default: pretty, json. */
  readonly formats?: readonly string[]
  /** What it prints as JSON, if json is one of its formats. */
  readonly json?: readonly JsonForm[]
  readonly examples: readonly string[]
  /**
   * Runs the command. Returns the exit code: 0 success, 1 problems found. Throws UsageError (exit code 2) for
   * wrong use.
   */
  run(args: CommandArguments<Table>, io: CliIo): Promise<number>
}

/** A command with its name and summary. */
export interface Command extends CommandBody {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
}

/** Declares a command. Its options determine the types of the values that `run` receives. */
export const defineCommand = <const Table extends OptionTable>(command: CommandBody<Table>): CommandBody =>
  command as unknown as CommandBody

/** The formats of a command. */
export const formatsOf = (command: CommandBody): readonly string[] => command.formats ?? ['pretty', 'json']
