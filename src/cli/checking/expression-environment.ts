import { sep } from 'node:path'
import { type CheckEnvironment, environmentOf } from '../../index.js'
import {
  describeChoice,
  dialectOf,
  mappingEnds,
  type ObjectMappingChoice,
  selectObjectMapping,
} from '../../mapping/index.js'
import type { SynchronizationSchema } from '../../schema/model.js'
import { type GlobalArguments, languageOptions } from '../command.js'
import { type CliIo, UsageError } from '../io.js'
import { extractsOf } from '../mapping/extracts.js'
import { openSchema } from '../schema-file.js'

/** The environment in which an expression of a file, or of the command line, is checked. */
export type ExpressionEnvironments = (file: string | undefined) => CheckEnvironment

/** The source object of an object mapping; expressions of mappings with the same source are checked alike. */
const sourceOf = ({ rule, objectMapping }: ObjectMappingChoice): string =>
  JSON.stringify([rule.sourceDirectoryName, objectMapping.sourceObjectName])

/** The named mapping, or the only one; its source object is the one that expressions read. */
const chosenMapping = (
  path: string,
  schema: SynchronizationSchema,
  name: string | undefined,
): ObjectMappingChoice => {
  const query = name === undefined ? {} : { objectMapping: name }
  const { choice, problem, candidates } = selectObjectMapping(schema, query)
  if (choice !== undefined) return choice
  const [first] = candidates
  if (problem === 'several' && first !== undefined && new Set(candidates.map(sourceOf)).size === 1)
    return first
  const list = candidates.map((candidate) => `\n  ${describeChoice(candidate)}`).join('')
  throw new UsageError(
    problem === 'several'
      ? `the object mappings of ${path} read different objects; choose one with --object-mapping:${list}`
      : `${path} has no ${name === undefined ? 'enabled object mapping' : `object mapping ${name}`}${list === '' ? '' : `; it has:${list}`}`,
  )
}

/** A path with forward slashes, as in extracts. */
const slashed = (path: string): string => path.split(sep).join('/')

/**
 * Environments of expressions without a schema, or with the attributes of one. A file whose path ends as
 * `schema extract` wrote it belongs to that object mapping; every other expression belongs to the chosen one.
 */
export const expressionEnvironments = async (
  schemaPath: string | undefined,
  { objectMapping, job }: { readonly objectMapping: string | undefined; readonly job: string | undefined },
  args: Pick<GlobalArguments, 'settings' | 'dialect' | 'functions' | 'errorStyle'>,
  io: CliIo,
): Promise<ExpressionEnvironments> => {
  const options = languageOptions(args)
  if (schemaPath === undefined) {
    if (objectMapping !== undefined) throw new UsageError('--object-mapping needs --schema FILE')
    const environment = environmentOf(options)
    return () => environment
  }
  const { schema } = await openSchema(schemaPath, args, io, job)
  const environmentFor = ({ rule, objectMapping }: ObjectMappingChoice): CheckEnvironment => {
    const ends = mappingEnds(schema, rule, objectMapping)
    return environmentOf({
      ...options,
      dialect: args.dialect ?? dialectOf(rule, ends),
      ...(ends.source === undefined ? {} : { attributes: ends.source }),
    })
  }
  if (objectMapping !== undefined) {
    const environment = environmentFor(chosenMapping(schemaPath, schema, objectMapping))
    return () => environment
  }
  const extracts = extractsOf(schema).map(({ path, at: [r, m] }) => {
    const rule = schema.synchronizationRules[r]
    return { path: `/${slashed(path)}`, rule, objectMapping: rule?.objectMappings[m] }
  })
  let chosen: CheckEnvironment | undefined
  return (file) => {
    const path = file === undefined ? undefined : `/${slashed(file)}`
    const { rule, objectMapping } = extracts.find((one) => path?.endsWith(one.path)) ?? {}
    if (rule !== undefined && objectMapping !== undefined) return environmentFor({ rule, objectMapping })
    chosen ??= environmentFor(chosenMapping(schemaPath, schema, undefined))
    return chosen
  }
}
