import type { SourceChange } from '../connect/source.js'
import { isJsonObject } from '../values/json-object.js'
import { readJson } from '../values/read-json.js'
import { readAttribute, type SourceRecord } from '../values/record.js'
import { textProblem } from './text-problem.js'

/** The most operations of one request, by Microsoft's documentation. */
export const MOST_OPERATIONS = 50

const BULK_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'

/** Returns what is wrong with a bulk request; undefined if it is valid. */
export const bulkProblem = (body: unknown): string | undefined => {
  if (!isJsonObject(body)) return 'The body is not an object.'
  const { schemas, Operations } = body
  if (!Array.isArray(schemas) || !schemas.includes(BULK_REQUEST))
    return `schemas must contain ${BULK_REQUEST}.`
  if (!Array.isArray(Operations) || Operations.length === 0) return 'Operations must be a list of operations.'
  if (Operations.length > MOST_OPERATIONS)
    return `A request takes at most ${MOST_OPERATIONS} operations, not ${Operations.length}.`
  for (const [index, operation] of Operations.entries()) {
    const at = `Operations[${index}]`
    if (!isJsonObject(operation)) return `${at} is not an object.`
    if (operation.method !== 'POST')
      return `${at}.method must be POST: the service determines the operation itself.`
    const unnamed = textProblem(operation.bulkId)
    if (unnamed !== undefined) return `${at}.bulkId ${unnamed}.`
    if (typeof operation.path !== 'string' || !/^\/\w+$/.test(operation.path))
      return `${at}.path must name an endpoint, such as /Users.`
    if (!isJsonObject(operation.data)) return `${at}.data must be the resource.`
    const unidentified = textProblem(operation.data.externalId)
    if (unidentified !== undefined) return `${at}.data.externalId ${unidentified}: it identifies the object.`
  }
  return undefined
}

/** The objects of a valid bulk request, by externalId. */
export const changesOf = (
  text: string,
  prepare: (record: SourceRecord) => SourceRecord,
): readonly SourceChange[] => {
  const { Operations } = readJson(text) as { Operations: readonly { data: SourceRecord }[] }
  return Operations.map(
    ({ data }): SourceChange => ({
      type: 'changed',
      id: String(readAttribute(data, 'externalId')),
      record: prepare(data),
    }),
  )
}
