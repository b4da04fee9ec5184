import {
  type FunctionDefinition,
  type FunctionExample,
  type FunctionFamily,
  isOptional,
  isStrict,
  type Parameter,
} from './define.js'

/** The families in the order of the reference, with their headings. */
export const families: readonly (readonly [FunctionFamily, string])[] = [
  ['text', 'Text'],
  ['logic', 'Logic'],
  ['conversion', 'Conversion'],
  ['datetime', 'Dates'],
  ['collection', 'Multi-valued attributes'],
  ['directory', 'Directory'],
  ['own', 'Functions of your own'],
]

const dialectNames = { provisioning: 'app provisioning', 'cloud-sync': 'cloud sync' } as const

/** Where the function is documented, as a sentence. */
export const availability = ({ dialects }: FunctionDefinition): string =>
  dialects.length === 0
    ? 'Not on a reference page of Microsoft.'
    : `Documented for ${dialects.map((dialect) => dialectNames[dialect]).join(' and ')}.`

const parameterTypes = {
  String: 'text',
  Integer: 'integer',
  DateTime: 'date',
  Any: 'any value',
} as const

/** The values that the parameter takes, and whether it may be omitted or repeated: `text, optional`. */
export const parameterSummary = (parameter: Parameter): string =>
  [
    parameter.values?.join(' or ') ?? parameterTypes[parameter.type],
    ...(isOptional(parameter) ? ['optional'] : []),
    ...(parameter.repeating
      ? [(parameter.atLeast ?? 1) > 1 ? `${parameter.atLeast} or more` : 'repeats']
      : []),
  ].join(', ')

/** How the function treats null, as a sentence; undefined if no argument is required. */
export const nullBehaviour = ({ parameters }: FunctionDefinition): string | undefined => {
  const strict = parameters.filter(isStrict)
  if (strict.length === 0) return undefined
  if (strict.length === parameters.length) return 'Null in any argument gives null.'
  return strict.length > 2
    ? 'Null in any required argument gives null.'
    : `Null in ${strict.map(({ name }) => name).join(' or ')} gives null.`
}

/** How the function treats a list, as a sentence; undefined if it does nothing special. */
export const listBehaviour = ({ mapsOverLists }: FunctionDefinition): string | undefined =>
  mapsOverLists
    ? 'A multi-valued attribute is processed value by value; null results are dropped.'
    : undefined

/** The result of an example: a value in JSON, an error's code, a marker or a pattern. */
export const exampleResult = (example: FunctionExample): string => {
  if (example.error !== undefined) return `error ${example.error}`
  if (example.marker !== undefined) {
    return example.marker === 'ignoreAttribute' ? 'IgnoreAttributeFlow' : 'IgnoreObjectFlow'
  }
  return example.pattern === undefined ? JSON.stringify(example.result) : `text like ${example.pattern}`
}

/** The environment of an example: attributes, clock, values taken and settings. */
export const exampleSetting = ({ input, now, taken, settings }: FunctionExample): readonly string[] => [
  ...Object.entries(input ?? {}).map(([name, value]) => `[${name}] is ${JSON.stringify(value)}`),
  ...(now === undefined ? [] : [`now is ${now}`]),
  ...(taken === undefined ? [] : [`taken: ${taken.join(', ')}`]),
  ...Object.entries(settings ?? {}).map(([name, value]) => `setting ${name}: ${JSON.stringify(value)}`),
]
