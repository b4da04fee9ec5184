import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { closest } from '../text/suggest.js'
import type { Dialect } from '../values/settings.js'
import { findDirectory, type ObjectAttributes, objectAttributes } from './attributes.js'
import { didYouMean, Findings, type ValidationOptions } from './findings.js'
import type {
  DirectoryDefinition,
  ObjectMapping,
  SynchronizationRule,
  SynchronizationSchema,
} from './model.js'
import { requireSchema } from './require-schema.js'
import { validateObjectMapping } from './validate-mapping.js'

const duplicates = (directories: readonly DirectoryDefinition[]): readonly DirectoryDefinition[] =>
  directories.filter((directory, index) => directories.findIndex((d) => d.name === directory.name) < index)

/**
 * Validates a schema beyond its form: names that do not resolve, duplicates, anchors, matching attributes,
 * defaults, required attributes, and the expressions. Disabled object mappings are skipped: real exports
 * contain stubs. Spans point into the file that the schema was read from, paths are JSON paths. Never throws.
 * @param dialectOf the dialect of each rule, if it is not the same for all
 * @example
 * const { schema } = readSchema(readFileSync('schema.json'))
 * schema && validateSchema(schema).length // 0
 */
export const validateSchema = (
  schema: SynchronizationSchema,
  options: ValidationOptions = {},
  dialectOf?: (rule: SynchronizationRule) => Dialect,
): readonly Diagnostic[] => {
  requireSchema(schema)
  const findings = new Findings()
  if (schema.synchronizationRules.length === 0)
    findings.add('AF4009', schema, '$', 'synchronizationRules', { what: 'The schema has no rules' })
  const named = schema.directories.length > 0
  if (!named) findings.add('AF4100', schema, '$', undefined, {})
  for (const directory of duplicates(schema.directories)) {
    const givenPath = `$.directories[${schema.directories.indexOf(directory)}]`
    findings.add('AF4111', directory, givenPath, 'name', { what: 'directories', name: directory.name })
  }
  schema.synchronizationRules.forEach((rule, index) => {
    const givenPath = `$.synchronizationRules[${index}]`
    if (rule.objectMappings.length === 0)
      findings.add('AF4009', rule, givenPath, 'objectMappings', {
        what: `The rule ${rule.name ?? index + 1} has no object mappings`,
      })
    if (
      (rule.containerFilter?.includedContainers.length ?? 0) > 0 &&
      (rule.groupFilter?.includedGroups.length ?? 0) > 0
    )
      findings.add('AF4113', rule, givenPath, 'groupFilter', {})
    if (named) validateDirectories(schema, rule, givenPath, findings)
    rule.objectMappings.forEach((mapping, position) => {
      if (!mapping.enabled) return
      const at = `${givenPath}.objectMappings[${position}]`
      const source = named ? resolve(schema, rule, mapping, 'source', at, findings) : undefined
      const target = named ? resolve(schema, rule, mapping, 'target', at, findings) : undefined
      const dialect = dialectOf?.(rule)
      const context = {
        source,
        target,
        findings,
        options: dialect === undefined ? options : { ...options, dialect },
      }
      validateObjectMapping(mapping, at, context)
    })
  })
  return findings.diagnostics
}

const validateDirectories = (
  schema: SynchronizationSchema,
  rule: SynchronizationRule,
  givenPath: string,
  findings: Findings,
): void => {
  const names = schema.directories.map((directory) => directory.name)
  for (const member of ['sourceDirectoryName', 'targetDirectoryName'] as const) {
    const name = rule[member]
    if (findDirectory(schema, name) === undefined)
      findings.add('AF4101', rule, givenPath, member, { name }, didYouMean(closest(name, names)))
  }
}

/** The attributes of one side of an object mapping; reports an object that does not exist, and its anchors. */
const resolve = (
  schema: SynchronizationSchema,
  rule: SynchronizationRule,
  mapping: ObjectMapping,
  side: 'source' | 'target',
  givenPath: string,
  findings: Findings,
): ObjectAttributes | undefined => {
  const directory = findDirectory(schema, rule[`${side}DirectoryName`])
  if (directory === undefined) return undefined
  const member = `${side}ObjectName` as const
  const name = mapping[member]
  const attributes = objectAttributes(schema, directory.name, name)
  if (attributes === undefined) {
    const names = directory.objects.map((object) => object.name)
    findings.add(
      'AF4102',
      mapping,
      givenPath,
      member,
      { directory: directory.name, name },
      didYouMean(closest(name, names)),
    )
    return undefined
  }
  const count = attributes.definitions.filter((definition) => definition.anchor).length
  if (count !== 1) {
    const object = directory.objects.find((candidate) => candidate.name === name)
    if (object === undefined) return attributes
    const at = `$.directories[${schema.directories.indexOf(directory)}].objects[${directory.objects.indexOf(object)}]`
    findings.add('AF4105', object, at, undefined, { object: name, directory: directory.name, count })
  }
  return attributes
}
