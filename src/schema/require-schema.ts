import { requireMade } from '../values/misuse.js'

/**
 * Requires a schema that was read.
 * @throws {TypeError} for anything else, such as its text
 */
export const requireSchema = (schema: unknown): void =>
  requireMade(schema, 'synchronizationRules', 'a schema, such as readSchema(text).schema')
