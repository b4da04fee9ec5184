import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { origin, type SynchronizationSchema } from '../schema/model.js'
import { readSchema } from '../schema/read.js'
import { type OptionRules, requireOptions, text } from '../values/options.js'
import type { SourceRecord } from '../values/record.js'
import {
  compileObjectMapping,
  type ObjectMappingOptions,
  objectMappingRules,
  type TypedObjectMapping,
} from './compile-object-mapping.js'
import { describeChoice, type ObjectMappingSelection, selectObjectMapping } from './select.js'

/** The options for compiling a schema's mapping. */
export interface MappingOptions<Source extends SourceRecord = SourceRecord>
  extends ObjectMappingOptions<Source> {
  /** Name of the object mapping, of its source or target object, or both as `User->urn:…:User`. Default: the only enabled one. */
  readonly objectMapping?: string
  /** Name or id of its synchronization rule. Default: any. */
  readonly rule?: string
  /** Id or name of the job or template whose schema is meant, if the input holds several. */
  readonly job?: string
}

const rules: OptionRules<MappingOptions> = {
  ...objectMappingRules,
  objectMapping: text,
  rule: text,
  job: text,
}

/** A schema cannot be read, or the choice of the object mapping is not clear. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError'
  /** The faults of the text; empty if it could be read. */
  readonly diagnostics: readonly Diagnostic[]

  constructor(message: string, diagnostics: readonly Diagnostic[] = []) {
    super(message)
    this.diagnostics = diagnostics
  }
}

/** Whether it is the model from `readSchema`, not JSON. */
const isSchema = (input: unknown): input is SynchronizationSchema =>
  typeof input === 'object' && input !== null && origin in input

const schemaFrom = (input: unknown, job: string | undefined): SynchronizationSchema => {
  if (isSchema(input)) return input
  const { schema, diagnostics } = readSchema(input, undefined, job)
  if (schema !== undefined) return schema
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  throw new SchemaError(errors.map(({ code, message }) => `${code}: ${message}`).join('\n'), diagnostics)
}

const whyUnclear = (
  { problem, candidates }: ObjectMappingSelection,
  options: Pick<MappingOptions, 'objectMapping'>,
): string => {
  const list = candidates.map((candidate) => `\n  ${describeChoice(candidate)}`).join('')
  const asked = options.objectMapping === undefined ? '' : ` ${options.objectMapping}`
  if (problem === 'several')
    return options.objectMapping === undefined
      ? `the schema has several enabled object mappings; name one in the option objectMapping:${list}`
      : `objectMapping${asked} fits several object mappings; add the option rule, or name one of:${list}`
  const wanted = options.objectMapping === undefined ? 'enabled object mapping' : `object mapping${asked}`
  return `the schema has no ${wanted}${list === '' ? '' : `; it has:${list}`}`
}

/**
 * Reads a schema, chooses its object mapping and compiles it, in one call. `compileMapping<User>` sets the
 * type of the objects to map.
 * @param schema the text of a schema, its bytes, its parsed JSON, or the model from `readSchema`
 * @throws {SchemaError} if it cannot be read, or if the choice of the object mapping is not clear
 * @throws {TypeError} for invalid options
 * @example
 * const mapping = compileMapping(readFileSync('schema.json'))
 * flowingValues(mapObject(mapping, user)).get('userName') // 'ada.tester@contoso.com'
 */
export const compileMapping = <Source extends SourceRecord = SourceRecord>(
  schema: unknown,
  options: MappingOptions<Source> = {},
): TypedObjectMapping<Source> => {
  requireOptions(options, rules)
  const { objectMapping, rule, job, ...rest } = options
  const model = schemaFrom(schema, job)
  const selection = selectObjectMapping(model, {
    ...(objectMapping === undefined ? {} : { objectMapping }),
    ...(rule === undefined ? {} : { rule }),
  })
  const { choice } = selection
  if (choice === undefined) throw new SchemaError(whyUnclear(selection, options))
  return compileObjectMapping<Source>(model, choice.rule, choice.objectMapping, rest)
}
