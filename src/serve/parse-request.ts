type Members = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isAbsent = (value: unknown): boolean => value === undefined || value === null

/**
 * Returns what is wrong with the body of a parseExpression request, as a sentence; undefined if it is valid.
 */
export const parseRequestProblem = (body: unknown): string | undefined => {
  if (!isObject(body) || typeof body.expression !== 'string') return 'expression is missing.'
  const { testInputObject: input, targetAttributeDefinition: target } = body
  if (!isAbsent(target)) {
    if (!isObject(target)) return 'targetAttributeDefinition must be an object or null.'
    if (!isAbsent(target.name) && typeof target.name !== 'string')
      return 'targetAttributeDefinition.name must be text.'
  }
  if (isAbsent(input)) return undefined
  if (!isObject(input)) return 'testInputObject must be an object or null.'
  if (!isAbsent(input.definition) && !isObject(input.definition))
    return 'testInputObject.definition must be an object or null.'
  if (isAbsent(input.properties)) return undefined
  if (!Array.isArray(input.properties)) return 'testInputObject.properties must be a list.'
  const types = 'value@odata.type'
  const odd = input.properties.findIndex(
    (one) =>
      !isObject(one) ||
      typeof one.key !== 'string' ||
      !(isAbsent(one[types]) || typeof one[types] === 'string'),
  )
  return odd < 0 ? undefined : `testInputObject.properties[${odd}] must have a key that is text.`
}
