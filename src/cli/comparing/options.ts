import { effectTags } from '../../verify/index.js'
import type { CommandArguments } from '../command.js'
import { configOption, mappingOptions, populationOptions } from '../shared-options.js'

/** The options of `attrflow diff`. */
export const diffOptions = {
  against: {
    type: 'string',
    value: 'REF',
    doc: 'Compare with the file as it is in this git revision, such as main',
  },
  accept: {
    type: 'boolean',
    writes: true,
    doc: 'Store NEW as the accepted schema: the next comparison with one file starts from it. The exit code is 0',
  },
  source: populationOptions.source,
  shape: populationOptions.shape,
  'app-roles': populationOptions['app-roles'],
  now: populationOptions.now,
  target: { type: 'string', value: 'USERS', doc: 'The current objects of the target' },
  ...mappingOptions,
  list: {
    type: 'string',
    value: 'TAG',
    choices: Object.keys(effectTags),
    doc: `List the objects with this tag, one on each line: ${Object.keys(effectTags).join(', ')}`,
  },
  tries: {
    type: 'string',
    value: 'N',
    doc: 'Without --source: how many generated objects to try in search of a difference. Default 4000; 0: none',
  },
  readings: {
    type: 'boolean',
    doc: 'With --source: name the contested points on which the effect depends. They do not affect the exit code',
  },
  accepted: {
    type: 'string',
    value: 'FILE',
    doc: 'Accepted changes, each with a reason and optionally a last day: YAML or JSON. They do not affect the exit code',
  },
  'max-removals': {
    type: 'string',
    value: 'N',
    doc: 'The most objects that NEW may disable or delete. Default: the limit of the configuration, else 0',
  },
  config: configOption,
} as const

export type DiffArguments = CommandArguments<typeof diffOptions>
