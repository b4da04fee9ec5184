import type { AttributeInfo } from '../check/attribute-scope.js'
import { type DocumentedFunction, type DocumentedParameter, signatureOf } from '../functions/define.js'
import {
  availability,
  exampleResult,
  exampleSetting,
  listBehaviour,
  nullBehaviour,
  parameterSummary,
} from '../functions/wording.js'
import type { ObjectAttributes } from '../schema/attributes.js'

/** Code in Markdown, also if it contains back-ticks. */
export const code = (text: string): string => {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return longest === 0 && text.trim() !== '' ? `\`${text}\`` : `${fence} ${text} ${fence}`
}

/** Blocks of Markdown, one below the other; empty ones are left out. */
export const blocks = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n')

const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n')

/** The result of a function, and its treatment of null and lists. */
const summary = (definition: DocumentedFunction): string => {
  const behaviour = [nullBehaviour(definition), listBehaviour(definition)].filter((one) => one !== undefined)
  return [definition.doc, ...behaviour, availability(definition)].join(' ')
}

const notes = (definition: DocumentedFunction): string => list(definition.notes.map(({ text }) => text))

/** A function without its signature and parameters. */
export const functionDoc = (definition: DocumentedFunction): string =>
  blocks(summary(definition), notes(definition))

/** A function in full, with its first example. */
export const functionPage = (definition: DocumentedFunction): string => {
  const example = definition.examples[0]
  const setting = example === undefined ? [] : exampleSetting(example)
  return blocks(
    code(signatureOf(definition)),
    summary(definition),
    list(definition.parameters.map(parameterDoc)),
    example &&
      `${code(example.expression)}${setting.length === 0 ? '' : `, where ${setting.map(code).join(', ')}`}, gives ${code(exampleResult(example))}.`,
    notes(definition),
  )
}

/** A parameter: its name, type and purpose. */
export const parameterDoc = (parameter: DocumentedParameter): string =>
  `**${parameter.name}** (${parameterSummary(parameter)}): ${parameter.doc}`

/** The type of an attribute in a few words: `Reference, multi-valued, required`. */
export const attributeType = ({ type, multivalued, required }: AttributeInfo): string =>
  [type, ...(multivalued ? ['multi-valued'] : []), ...(required ? ['required'] : [])].join(', ')

/**
 * The schema's facts about an attribute that differ from the defaults; undefined if there is no such
 * attribute.
 */
export const attributeDoc = (attributes: ObjectAttributes, name: string): string | undefined => {
  const definition = attributes.lookup(name)
  if (definition === undefined) return undefined
  const { anchor, caseExact, defaultValue, flowNullValues, mutability, referencedObjects, apiExpressions } =
    definition
  const references = referencedObjects.map(({ referencedObjectName, referencedProperty }) =>
    code(
      referencedProperty === null ? referencedObjectName : `${referencedObjectName}.${referencedProperty}`,
    ),
  )
  return blocks(
    `${code(`[${name}]`)}: ${attributeType(definition)}; an attribute of ${attributes.description}.`,
    list([
      ...(anchor ? ['It identifies the object.'] : []),
      ...(mutability === 'ReadWrite' ? [] : [`Mutability: ${mutability}`]),
      ...(caseExact ? ['Changes of case matter.'] : []),
      ...(flowNullValues ? ['Null may clear a target if the mapping allows it too.'] : []),
      ...(defaultValue === null ? [] : [`Default: ${code(defaultValue)}`]),
      ...(references.length === 0 ? [] : [`Refers to: ${references.join(', ')}`]),
      ...apiExpressions.flatMap(({ key, value }) => (value === null ? [] : [`${key}: ${code(value)}`])),
      ...(attributes.get(name) === undefined
        ? ['The service computes it; the schema does not list it.']
        : []),
    ]),
  )
}
