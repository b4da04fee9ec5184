import { patchChoices, updateMethods } from '../../connect/scim/profile.js'
import type { scimMembers } from './job-target.js'

const text = (description: string): object => ({ type: 'string', description })
const count = (description: string, minimum = 1): object => ({ type: 'integer', minimum, description })
const flag = (description: string): object => ({ type: 'boolean', description })
const names = (description: string): object => ({ type: 'array', items: { type: 'string' }, description })
const byKind = (description: string): object => ({
  type: 'object',
  description,
  additionalProperties: { type: 'string' },
})
const open = (needed: readonly string[], properties: object): object => ({
  type: 'object',
  required: needed,
  properties,
})

const profile = {
  type: 'object',
  additionalProperties: false,
  properties: {
    version: { const: 1 },
    update: { enum: updateMethods },
    updateMembers: { enum: updateMethods },
    patch: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        Object.entries(patchChoices).map(([name, choices]) => [name, { enum: choices }]),
      ),
    },
    refused: names('Target attributes that are left out of requests'),
    dropped: names('Target attributes that the service accepts but does not store'),
    membersPerRequest: count('The most members in one request'),
    paging: { enum: ['index', 'cursor'] },
    pageSize: count('The most resources on a page'),
  },
}

const scim: Readonly<Record<(typeof scimMembers)[number], object>> = {
  scim: text('The base URL of a SCIM service'),
  token: text('The bearer token, from an environment variable'),
  tokenUrl: text('Where OAuth client credentials are exchanged for a token'),
  clientId: text('The OAuth client'),
  clientSecret: text('Its secret, from an environment variable'),
  scope: text('The OAuth scope to request'),
  requestTimeout: count('After how many milliseconds a request counts as unanswered; default 30000'),
  compliant: flag('The PATCH form of the tenant URL flag aadOptscim062020'),
  profile: {
    description: 'What attrflow target probe wrote: a file, or its members',
    anyOf: [{ type: 'string' }, profile],
  },
  concurrency: count('The most open requests; default 8'),
}

/**
 * The JSON Schema of job files, for editors. The members of directories and databases are described in their
 * guides, and checked when a job is read.
 */
export const jobFileSchema = (): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'attrflow job',
  description: 'A provisioning job. Paths are relative to the file.',
  type: 'object',
  required: ['schema', 'source', 'target'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    schema: text('The file of the synchronization schema, exported from Graph'),
    job: text('The id or name of the job or template whose schema is meant, if the file contains several'),
    objectMappings: names('The object mappings that run, by name; default: one for each kind of the source'),
    settings: { type: 'object', description: 'Settings, in the form of the --settings file' },
    source: {
      description: 'Where objects come from',
      anyOf: [
        {
          ...open(['files'], {
            files: byKind('The file of each kind of object: User: users.ndjson'),
            content: { enum: ['full', 'delta'], description: 'All objects, or only changes' },
            missing: { enum: ['softDeleted', 'hardDeleted', 'unassigned', 'ignore'] },
          }),
          additionalProperties: false,
        },
        open(['graph', 'token'], {
          graph: text('The service root, such as https://graph.microsoft.com/v1.0'),
          token: text('The bearer token, from an environment variable'),
          select: { type: 'object', additionalProperties: names('Properties to request') },
          collections: byKind('The collection of each kind; default: users and groups'),
        }),
        open(['ldap', 'bindDn', 'password', 'base', 'objects'], { ldap: text('ldaps://…') }),
        open(['sql', 'tables'], { sql: text('postgres://…, mariadb://… or sqlite:PATH') }),
        byKind('The file of each kind of object: User: users.ndjson'),
      ],
    },
    identifier: text(
      'The attribute that identifies an object; default: objectId, id, externalId, WorkerID or employeeId',
    ),
    target: {
      description: 'Where objects are provisioned',
      anyOf: [
        { ...open(['scim'], scim), additionalProperties: false },
        open(['ldap', 'bindDn', 'password', 'base'], { ldap: text('ldaps://…') }),
        open(['sql', 'tables'], { sql: text('postgres://…, mariadb://… or sqlite:PATH') }),
      ],
    },
    state: text(
      'A SQLite file, or postgres://user@host/database?schema=NAME; without it, every run is an initial cycle',
    ),
    deleteThreshold: count(
      'If a cycle has this many disables and deletes or more, none is carried out; default 500',
      0,
    ),
    skipOutOfScopeDeletions: flag('Do not disable or delete objects that leave the scope'),
    rate: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 100_000,
      description: 'The most requests per second',
    },
  },
})
