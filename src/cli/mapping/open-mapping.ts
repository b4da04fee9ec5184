import { type Diagnostic, hasErrors, type SourceText } from '../../index.js'
import {
  type CompiledObjectMapping,
  checkSchema,
  compileObjectMapping,
  describeChoice,
  type ObjectMappingOptions,
  type ObjectMappingSelection,
  selectObjectMapping,
} from '../../mapping/index.js'
import type { Backend } from '../../plan/plan.js'
import type { JsonDocument } from '../../schema/json-document.js'
import type { SynchronizationSchema } from '../../schema/model.js'
import { plural } from '../../text/plural.js'
import { shown } from '../../text/shown.js'
import { type GlobalArguments, languageOptions } from '../command.js'
import { type CliIo, UsageError } from '../io.js'
import { frames } from '../report.js'
import { openSchema } from '../schema-file.js'

interface MappingChoice {
  readonly 'object-mapping': string | undefined
  readonly rule: string | undefined
}

/** An object mapping, compiled from a file. */
export interface OpenMapping {
  readonly compiled: CompiledObjectMapping
  /** The file of the schema. */
  readonly source: SourceText
}

/** Chooses an object mapping of a schema and compiles it. Throws UsageError if the choice is ambiguous. */
export const compileChosen = (
  path: string,
  schema: SynchronizationSchema,
  choice: MappingChoice,
  options: ObjectMappingOptions,
): CompiledObjectMapping => {
  const { 'object-mapping': objectMapping, rule } = choice
  const selection = selectObjectMapping(schema, {
    ...(rule === undefined ? {} : { rule }),
    ...(objectMapping === undefined ? {} : { objectMapping }),
  })
  const { choice: chosen } = selection
  if (chosen === undefined) throw new UsageError(whyUnclear(path, selection, choice))
  return compileObjectMapping(schema, chosen.rule, chosen.objectMapping, options)
}

/**
 * Reads a schema, chooses the object mapping and compiles it. Findings go to standard error. Throws
 * UsageError if the file is not a schema, or the choice is ambiguous.
 */
export const openMapping = async (
  path: string,
  choice: MappingChoice & { readonly job: string | undefined },
  args: GlobalArguments,
  io: CliIo,
  backend?: Backend,
): Promise<OpenMapping> => {
  const reading = await openSchema(path, args, io, choice.job)
  const { schema, document } = reading
  const compiled = compileChosen(path, schema, choice, {
    ...languageOptions(args),
    ...(backend && { backend }),
  })
  const only = {
    ...schema,
    synchronizationRules: [
      { ...compiled.rule, objectMappings: [{ ...compiled.objectMapping, enabled: true }] },
    ],
  }
  const found = checkSchema(only, { ...languageOptions(args), dialect: compiled.dialect })
  await report([...reading.diagnostics, ...found], path, document, args, io)
  return { compiled, source: document.source }
}

/** Refuses further arguments of a command that takes one schema. Objects are named by --source. */
export const refuseMoreThanSchema = (
  command: string,
  schema: string,
  [extra]: readonly string[],
  source: string | undefined,
): void => {
  if (extra === undefined) return
  const hint =
    source === undefined ? `; for objects: attrflow ${command} ${shown(schema)} --source ${shown(extra)}` : ''
  throw new UsageError(`${command} takes one schema, and ${shown(extra)} is one argument too many${hint}`)
}

/** Why no object mapping could be chosen, with a list of the existing ones. */
const whyUnclear = (
  path: string,
  { problem, candidates }: ObjectMappingSelection,
  { 'object-mapping': name, rule }: MappingChoice,
): string => {
  const list = candidates.map((candidate) => `\n  ${describeChoice(candidate)}`).join('')
  if (problem === 'several') {
    return name === undefined
      ? `${path} has several enabled object mappings; choose one with --object-mapping:${list}`
      : `--object-mapping ${name} matches several object mappings; add --rule, or name one of:${list}`
  }
  const wanted = name === undefined ? 'enabled object mapping' : `object mapping ${name}`
  const where = rule === undefined ? path : `${path}, rule ${rule},`
  return `${where} has no ${wanted}${list === '' ? '' : `; it has:${list}`}`
}

/** Shows errors, but only the number of warnings; `check` shows those. */
const report = async (
  diagnostics: readonly Diagnostic[],
  path: string,
  document: JsonDocument,
  args: GlobalArguments,
  io: CliIo,
): Promise<void> => {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  await io.stderr.write(frames(errors, document, args.errorStyle))
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length
  if (hasErrors(diagnostics) && warnings > 0)
    await io.stderr.write(`${plural(warnings, 'warning')} more: attrflow check ${path}\n\n`)
}
