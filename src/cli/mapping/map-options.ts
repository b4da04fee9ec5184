import type { OptionTable } from '../command.js'
import { mappingOptions, populationOptions } from '../shared-options.js'

/** The options of `map`. */
export const mapOptions = {
  source: populationOptions.source,
  replay: {
    type: 'string',
    value: 'ESCROW',
    doc: 'Map the objects of an escrow file again, instead of --source',
  },
  shape: populationOptions.shape,
  'app-roles': populationOptions['app-roles'],
  ...mappingOptions,
  operation: {
    type: 'string',
    choices: ['create', 'update'],
    doc: 'Assume that the target object is missing (create) or exists (update); default: by --target, else create',
  },
  target: {
    type: 'string',
    value: 'USERS',
    doc: 'The current objects of the target: SCIM resources, or values by target attribute name',
  },
  scim: populationOptions.scim,
  out: {
    type: 'string',
    writes: true,
    value: 'FILE',
    doc: 'Write the objects to a file; the summary stays on the terminal',
  },
  escrow: {
    type: 'string',
    writes: true,
    value: 'FILE',
    doc: 'Write objects that fail to this file instead, with line, diagnostics and source values, for --replay',
  },
  report: {
    type: 'string',
    value: 'FILE.html',
    writes: true,
    doc: 'Write the outcomes as a page with charts: reasons, failures, attributes that rarely flow',
  },
  resume: {
    type: 'boolean',
    doc: 'Continue an interrupted run, if there is one; needs --out',
  },
  'checkpoint-every': {
    type: 'string',
    value: 'N',
    doc: 'Make a checkpoint for --resume after every N objects. Default 20000',
  },
  previous: {
    type: 'string',
    writes: true,
    value: 'STATE',
    doc: 'Write only objects that changed or are gone since the run that wrote this state; then replace the state',
  },
  'delete-threshold': {
    type: 'string',
    value: 'N',
    doc: 'Write nothing if N or more objects would be disabled or deleted; needs --out',
  },
  'in-scope-only': {
    type: 'boolean',
    doc: 'Write only objects that are in scope or fail; lines that cannot be in scope are not parsed',
  },
  workers: {
    type: 'string',
    value: 'N|auto',
    doc: 'Map NDJSON in N threads; auto: one for each core. Default 1',
  },
  now: populationOptions.now,
  limit: { type: 'string', value: 'N', doc: 'Stop after this many objects' },
  brief: { type: 'boolean', doc: 'One line for each object' },
  csv: { type: 'boolean', doc: 'Short for --format csv: a row for each object, a column for each attribute' },
} as const satisfies OptionTable
