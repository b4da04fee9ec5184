import { shapeNames } from '../sources/shapes/index.js'
import type { OptionSpec, OptionTable } from './command.js'

/** The option of every command that reads a schema. */
export const jobOption = {
  type: 'string',
  value: 'NAME',
  doc: 'The schema, if the file contains several: the id or name of its job or template',
} as const satisfies OptionSpec

/** The option of every command that reads a configuration. */
export const configOption = {
  type: 'string',
  value: 'FILE',
  doc: 'The configuration; default: the nearest attrflow.config.json, from the folder of a file upwards',
} as const satisfies OptionSpec

/** The options that choose an object mapping. */
export const mappingOptions = {
  'object-mapping': {
    type: 'string',
    value: 'NAME',
    doc: 'The object mapping: its name, or SOURCE->TARGET by the names of its objects',
  },
  rule: { type: 'string', value: 'NAME', doc: 'The synchronization rule it belongs to' },
  job: jobOption,
} as const satisfies OptionTable

/** The options of every command that maps a population. */
export const populationOptions = {
  source: {
    type: 'string',
    value: 'USERS',
    doc: 'The objects: JSON, NDJSON, CSV or LDIF, also compressed by gzip; - is standard input',
  },
  shape: {
    type: 'string',
    choices: shapeNames,
    doc: 'The system whose attribute names the objects have; none: read only exact names. Default: recognised',
  },
  'app-roles': {
    type: 'string',
    value: 'FILE',
    doc: 'The appRoles of the application, for app role assignments that contain ids',
  },
  scim: {
    type: 'string',
    choices: ['legacy', 'compliant'],
    doc: 'The form of PATCH; compliant: as with the tenant URL flag aadOptscim062020',
  },
  now: { type: 'string', value: 'ISO', doc: 'The current time, ISO 8601; UTC if it has no zone' },
} as const satisfies OptionTable
