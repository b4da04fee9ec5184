import { catalogue } from '../diagnostics/catalogue.js'
import type { Settings } from '../values/settings.js'
import { diffLimitNames, sharePattern } from './config.js'
import { codeNamed, configurableNames, levels } from './levels.js'

const boolean = { type: 'boolean' } as const
const text = { type: 'string' } as const
const oneOf = (...values: readonly string[]): object => ({ enum: values })
const objectOf = (properties: object): object => ({ type: 'object', additionalProperties: false, properties })
const nullPolicy = oneOf('documented', 'complement')

const settings: { readonly [Name in keyof Settings]: object } = {
  caseInsensitiveFunctions: { ...boolean, description: 'Accept function names in any case.' },
  nullComparison: {
    ...oneOf('service', 'lenient'),
    description: 'Whether a comparison with null or "" is false, or null counts as "".',
  },
  coalesceSkipsEmpty: { ...boolean, description: 'Whether Coalesce skips "" as well as null.' },
  splitTrims: { ...boolean, description: 'Whether Split trims its items.' },
  branches: oneOf('lazy', 'eager'),
  emptyDates: oneOf('error', 'null'),
  hostTimeZone: { ...text, description: "IANA name of the zone the service's host runs in." },
  placeholders: {
    type: 'object',
    additionalProperties: text,
    description: 'Values of %Name% placeholders, by name without percent signs.',
  },
  defaultDomain: { type: ['string', 'null'], description: 'What DefaultDomain() returns.' },
  nullPolicy: objectOf({
    groups: nullPolicy,
    inputFilterGroups: nullPolicy,
    categoryFilterGroups: nullPolicy,
  }),
  multivaluedComparison: oneOf('byOperator', 'any', 'all'),
  flowNullValues: {
    type: 'array',
    items: text,
    description: 'Target attributes whose mapping lets null values flow.',
  },
  limits: objectOf({ regexSteps: { type: 'integer', minimum: 1 } }),
}

const limit = {
  anyOf: [
    { type: 'integer', minimum: 0 },
    { type: 'string', pattern: sharePattern.source },
  ],
}

const ruleProperty = (name: string): readonly [string, object] => {
  const code = codeNamed(name)
  if (code === undefined) throw new TypeError(`${name} is not a rule`)
  const { message, severity } = catalogue[code]
  const choices = severity === 'error' ? ['error'] : levels
  return [name, { enum: choices, default: severity, description: message }]
}

/** The JSON Schema of `attrflow.config.json`. */
export const configSchema = (): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'attrflow.config.json',
  description: 'What attrflow checks, and how it reads the language.',
  ...objectOf({
    $schema: text,
    rules: {
      description: 'Levels by rule. Errors cannot be turned off.',
      ...objectOf(Object.fromEntries(configurableNames().map(ruleProperty))),
    },
    settings: objectOf(settings),
    dialect: oneOf('provisioning', 'cloud-sync'),
    baseline: {
      ...text,
      description: 'Path of the file with the findings to pass over, from the folder of this file.',
    },
    diff: objectOf({
      limits: {
        description: 'The most objects that a change may touch: a number, or a share such as "2.5%".',
        ...objectOf(Object.fromEntries(diffLimitNames.map((name) => [name, limit]))),
      },
      accepted: {
        ...text,
        description: 'Path of the file with accepted changes, from the folder of this file.',
      },
    }),
  }),
})
