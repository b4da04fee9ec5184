import { dirname, relative, resolve } from 'node:path'
import { stringify } from 'yaml'
import { type SchemaOutline, schemaOutline } from '../../mapping/index.js'
import { shown } from '../../text/shown.js'
import type { GlobalArguments } from '../command.js'
import { type CliIo, UsageError } from '../io.js'
import { openSchema } from '../schema-file.js'

/** A text as a value of YAML. */
const yaml = (value: string): string => stringify(value).trimEnd()

/** The kinds of objects that the enabled object mappings of a schema read. */
const kindsOf = ({ rules }: SchemaOutline): readonly string[] => [
  ...new Set(
    rules.flatMap(({ objectMappings }) =>
      objectMappings.flatMap(({ enabled, source }) => (enabled && source !== '' ? [source] : [])),
    ),
  ),
]

/** The path relative to the folder of a file. */
const from = (file: string | undefined, path: string): string =>
  file === undefined ? path : relative(dirname(resolve(file)), resolve(path)) || path

const textOf = (
  schema: string,
  job: string | undefined,
  kinds: readonly string[],
): string => `# A provisioning job. Paths are relative to this file; \${NAME} is taken from the environment.
# To see what it would do: attrflow job plan FILE. To do it: attrflow job run FILE

schema: ${yaml(schema)}
${job === undefined ? '' : `# Which of the schemas in the file.\njob: ${yaml(job)}\n`}
# The objects of each kind: JSON, NDJSON, CSV or LDIF, as attrflow map reads them.
source:
${kinds.map((kind) => `  ${yaml(kind)}: ${yaml(`${kind.toLowerCase().replace(/[^a-z0-9]+/g, '-')}s.ndjson`)}`).join('\n')}
# The attribute that identifies an object. Default: objectId, id, externalId, WorkerID or employeeId.
# identifier: objectId

# A SCIM service. Others: an LDAP directory (ldap: ldaps://…) or a database (sql: postgres://…); see the documentation.
target:
  scim: https://app.example/scim/v2
  token: \${SCIM_TOKEN}
  # The PATCH form of the tenant URL flag aadOptscim062020.
  # compliant: true
  # How the service differs from what Entra expects, as written by: attrflow target probe URL --out profile.json
  # profile: profile.json

# What the job remembers. Without it, every run is an initial cycle.
state: job.sqlite

# If a cycle has this many disables and deletes or more, none is carried out.
deleteThreshold: 500

# Do not disable or delete objects that leave the scope.
# skipOutOfScopeDeletions: true

# The most requests per second.
# rate: 25
`

/** Writes a job file for a schema, for the user to complete. Never overwrites an existing file. */
export const newJob = async (
  schemaPath: string,
  { out, job }: { readonly out: string | undefined; readonly job: string | undefined },
  args: GlobalArguments,
  io: CliIo,
): Promise<number> => {
  const { schema } = await openSchema(schemaPath, args, io, job)
  const kinds = kindsOf(schemaOutline(schema))
  if (kinds.length === 0) throw new UsageError(`${shown(schemaPath)} has no enabled object mapping`)
  if (out !== undefined && /\.json$/i.test(out))
    throw new UsageError(`job init writes YAML with comments: use ${shown(out.replace(/\.json$/i, '.yaml'))}`)
  if (out !== undefined && (await io.files.kind(out)) !== 'absent')
    throw new UsageError(`${shown(out)} already exists; name another file`)
  const at = (path: string): string => resolve(io.files.directory, path)
  const text = textOf(
    from(out === undefined ? undefined : at(out), out === undefined ? schemaPath : at(schemaPath)),
    job,
    kinds,
  )
  if (out === undefined) await io.stdout.write(text)
  else {
    await io.files.write(out, text)
    await io.stdout.write(
      `wrote ${out}: name the files of the objects and the target in it, set SCIM_TOKEN, then: attrflow job plan ${out}\n`,
    )
  }
  return 0
}
