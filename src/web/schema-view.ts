import { standardLibrary } from '../index.js'
import { diagnoseSchema } from '../lint/index.js'
import { type CompiledObjectMapping, describeChoice, type ObjectMappingChoice } from '../mapping/index.js'
import { expressionTextOf, withExpression } from '../schema/expression-tree.js'
import type { AttributeMapping, ObjectMapping, SynchronizationSchema } from '../schema/index.js'
import type { SettingsInput } from '../values/settings.js'
import type { Finding, MappingRow, SchemaView } from './answers.js'
import { findingOf } from './finding.js'

/** A schema that is open in the page, with the chosen object mapping. */
export interface OpenSchema {
  readonly schema: SynchronizationSchema | undefined
  readonly name: string
  /** The findings from reading it. */
  readonly faults: readonly Finding[]
  readonly choices: readonly ObjectMappingChoice[]
  readonly chosen: number
  /** On top of the defaults. */
  readonly settings: SettingsInput
  readonly compiled: CompiledObjectMapping | undefined
  readonly changed: boolean
}

/** The table of the chosen object mapping, with the findings of check and lint in each row. */
export const schemaView = ({
  schema,
  name,
  faults,
  choices,
  chosen,
  settings,
  compiled,
  changed,
}: OpenSchema): SchemaView => {
  const choice = choices[chosen]
  const found =
    schema === undefined || choice === undefined
      ? []
      : diagnoseSchema(
          {
            ...schema,
            synchronizationRules: [{ ...choice.rule, objectMappings: [choice.objectMapping] }],
          },
          { settings },
        )
  const rows = (compiled?.attributes ?? []).map(({ mapping, expression, analyzed }, index): MappingRow => {
    const at = `.attributeMappings[${index}]`
    return {
      index,
      target: mapping.targetAttributeName,
      expression,
      type: mapping.source?.type ?? 'None',
      matching: mapping.matchingPriority,
      flowType: mapping.flowType,
      defaultValue: mapping.defaultValue ?? '',
      reads: analyzed?.attributes ?? [],
      findings: found.filter(({ path }) => path?.includes(`${at}.`) || path?.endsWith(at)).map(findingOf),
    }
  })
  return {
    name,
    faults: [...faults, ...found.filter(({ path }) => !path?.includes('.attributeMappings[')).map(findingOf)],
    mappings: choices.map(describeChoice),
    chosen,
    rows,
    source: choice?.rule.sourceDirectoryName ?? '',
    target: choice?.rule.targetDirectoryName ?? '',
    dialect: compiled?.dialect ?? 'provisioning',
    changed,
  }
}

/** The schema with one object mapping replaced; everything else is unchanged. */
export const withObjectMapping = (
  schema: SynchronizationSchema,
  choice: ObjectMappingChoice,
  edited: ObjectMapping,
): SynchronizationSchema => ({
  ...schema,
  synchronizationRules: schema.synchronizationRules.map((rule) =>
    rule === choice.rule
      ? {
          ...rule,
          objectMappings: rule.objectMappings.map((one) => (one === choice.objectMapping ? edited : one)),
        }
      : rule,
  ),
})

/**
 * An object mapping in which one attribute mapping has another expression, as text and stored tree; or why
 * that is impossible.
 */
export const withMappingExpression = (
  objectMapping: ObjectMapping,
  index: number,
  text: string,
): { readonly edited: ObjectMapping; readonly problem: string | undefined } => {
  const refused = (problem: string): { edited: ObjectMapping; problem: string } => ({
    edited: objectMapping,
    problem,
  })
  const mapping = objectMapping.attributeMappings[index]
  if (mapping === undefined || mapping.source === null)
    return refused('This mapping has no source to change.')
  if (text === expressionTextOf(mapping.source, standardLibrary))
    return { edited: objectMapping, problem: undefined }
  const { source, diagnostics } = withExpression(mapping.source, text, standardLibrary)
  if (source === null) return refused(diagnostics[0]?.message ?? 'The expression is faulty.')
  const attributeMappings = objectMapping.attributeMappings.map(
    (other, at): AttributeMapping => (at === index ? { ...other, source } : other),
  )
  return { edited: { ...objectMapping, attributeMappings }, problem: undefined }
}
