import { discoverLdap } from '../../connect/discover/ldap.js'
import { discoverScim } from '../../connect/discover/scim.js'
import { discoverSql } from '../../connect/discover/sql.js'
import { type Answer, MissingDriver } from '../../connect/index.js'
import { ScimClient } from '../../connect/scim/client.js'
import { entraUser } from '../../schema/entra-objects.js'
import type { DirectoryDefinition, ObjectDefinition, SynchronizationSchema } from '../../schema/model.js'
import { type ProposedMapping, proposeMappings } from '../../schema/propose.js'
import { writeSchema } from '../../schema/write.js'
import { plural } from '../../text/plural.js'
import { shown } from '../../text/shown.js'
import type { GlobalArguments } from '../command.js'
import { type CliIo, UsageError } from '../io.js'
import { readYaml } from '../read-yaml-file.js'
import { directoryAccess, withEnvironment } from './environment.js'
import { sqlAddress, sqliteFile } from './job-sql.js'
import { scimAccess, type TargetFile, targetProblem } from './job-target.js'

/** The options of `schema discover`. */
interface DiscoverOptions {
  readonly out: string | undefined
  /** Which kinds of objects; for LDAP the object classes. Default: all, or the usual class of users. */
  readonly objects: readonly string[]
  readonly propose: boolean
}

const readTarget = async (path: string, io: CliIo): Promise<TargetFile> => {
  const value = await readYaml(io, path)
  const target =
    typeof value === 'object' && value !== null && Object.hasOwn(value, 'target')
      ? (value as { readonly target: unknown }).target
      : undefined
  const problem = targetProblem(target)
  if (problem !== undefined) throw new UsageError(`${shown(path)}: ${problem}`)
  return target as TargetFile
}

const ask = async (
  target: TargetFile,
  objects: readonly string[],
  at: (path: string) => string,
  io: CliIo,
): Promise<Answer<readonly ObjectDefinition[]>> => {
  if ('sql' in target) {
    const address = withEnvironment(target.sql, io)
    const file = sqliteFile(address)
    if (file !== undefined) await io.files.protect(at(file))
    return discoverSql(sqlAddress(address, at))
  }
  if ('ldap' in target) {
    const { activeDirectory = false, objectClasses } = target
    const usual = objectClasses?.at(-1) ?? (activeDirectory ? 'user' : 'inetOrgPerson')
    return discoverLdap(
      { ...target, ...directoryAccess('target', target, io) },
      objects.length === 0 ? [usual] : objects,
    )
  }
  return discoverScim(new ScimClient(scimAccess(target, io)))
}

const TARGET = 'Application'
const SOURCE = 'Azure Active Directory'

const directory = (name: string, objects: readonly ObjectDefinition[]): DirectoryDefinition => ({
  id: null,
  name,
  objects,
  readOnly: false,
  version: null,
  discoveryDateTime: null,
  discoverabilities: [],
})

/**
 * A schema with the discovered attributes, and with proposed mappings of users in a disabled object mapping.
 */
const schemaOf = (
  objects: readonly ObjectDefinition[],
  proposed: readonly (readonly [ObjectDefinition, readonly ProposedMapping[]])[],
): SynchronizationSchema => ({
  id: null,
  version: null,
  directories: [directory(SOURCE, [entraUser]), directory(TARGET, objects)],
  synchronizationRules:
    proposed.length === 0
      ? []
      : [
          {
            id: null,
            name: 'Proposed',
            priority: 1,
            editable: true,
            sourceDirectoryName: SOURCE,
            targetDirectoryName: TARGET,
            metadata: [],
            containerFilter: null,
            groupFilter: null,
            objectMappings: proposed.map(([object, mappings]) => ({
              name: `Users to ${object.name}`,
              enabled: false,
              flowTypes: ['Add', 'Update', 'Delete'],
              sourceObjectName: entraUser.name,
              targetObjectName: object.name,
              scope: null,
              attributeMappings: mappings.map(({ mapping }) => mapping),
              metadata: [],
            })),
          },
        ],
})

/** Reads the attributes of a job's target into a synchronization schema. */
export const discoverSchema = async (
  path: string,
  { out, objects: wanted, propose }: DiscoverOptions,
  args: GlobalArguments,
  io: CliIo,
): Promise<number> => {
  const target = await readTarget(path, io)
  let answer: Answer<readonly ObjectDefinition[]>
  try {
    answer = await ask(target, wanted, (name) => name, io)
  } catch (error) {
    if (error instanceof MissingDriver || error instanceof RangeError) throw new UsageError(error.message)
    throw error
  }
  if (answer.outcome !== 'done') {
    await io.stderr.write(`attrflow: the target could not be read: ${shown(answer.reason)}\n`)
    return 1
  }
  const found = answer.value.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  const missing = wanted.filter((name) => !found.some((one) => one.name === name))
  if (missing.length > 0 || found.length === 0)
    throw new UsageError(
      `the target has no ${missing.map(shown).join(', ') || 'objects'}${answer.value.length === 0 ? '' : `; it has ${answer.value.map(({ name }) => shown(name)).join(', ')}`}`,
    )
  const proposed = propose
    ? found
        .map((object) => [object, proposeMappings(entraUser, object)] as const)
        .filter(([, mappings]) => mappings.length > 0)
    : []
  const text = writeSchema(schemaOf(found, proposed))
  if (out === undefined) await io.stdout.write(text)
  else await io.files.write(out, text)
  const lines = found.map(
    ({ name, attributes }) => `${shown(name)}: ${plural(attributes.length, 'attribute')}`,
  )
  for (const [object, mappings] of proposed) {
    lines.push(`proposed for ${shown(object.name)}, for you to review; the object mapping is disabled:`)
    for (const { mapping, reason } of mappings)
      lines.push(
        `  ${shown(mapping.targetAttributeName)} ← ${shown(mapping.source?.expression ?? '')}  ${shown(reason)}`,
      )
  }
  if (out !== undefined) lines.push(`wrote ${shown(out)}`)
  if (args.format !== 'json') await io.stderr.write(`${lines.join('\n')}\n`)
  return 0
}
