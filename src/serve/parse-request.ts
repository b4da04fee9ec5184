import { isJsonObject } from '../values/json-object.js'

const isAbsent = (value: unknown): boolean => value === undefined || value === null

/**
 * Returns what is wrong with the body of a parseExpression request, as a sentence; undefined if it is valid.
 */
export const parseRequestProblem = (body: unknown): string | undefined => {
  if (!isJsonObject(body)) return 'The body is not an object.'
  if (isAbsent(body.expression)) return 'expression is missing.'
  if (typeof body.expression !== 'string') return 'expression must be text.'
  const { testInputObject: input, targetAttributeDefinition: target } = body
  if (!isAbsent(target)) {
    if (!isJsonObject(target)) return 'targetAttributeDefinition must be an object or null.'
    if (!isAbsent(target.name) && typeof target.name !== 'string')
      return 'targetAttributeDefinition.name must be text.'
  }
  if (isAbsent(input)) return undefined
  if (!isJsonObject(input)) return 'testInputObject must be an object or null.'
  if (!isAbsent(input.definition) && !isJsonObject(input.definition))
    return 'testInputObject.definition must be an object or null.'
  if (isAbsent(input.properties)) return undefined
  if (!Array.isArray(input.properties)) return 'testInputObject.properties must be a list.'
  const types = 'value@odata.type'
  const odd = input.properties.findIndex(
    (one) =>
      !isJsonObject(one) ||
      typeof one.key !== 'string' ||
      !(isAbsent(one[types]) || typeof one[types] === 'string'),
  )
  return odd < 0 ? undefined : `testInputObject.properties[${odd}] must have a key that is text.`
}
