import { collectionFunctions } from './functions-collection.js'
import { conversionFunctions } from './functions-conversion.js'
import { dateFunctions } from './functions-date.js'
import { directoryFunctions } from './functions-directory.js'
import { logicFunctions } from './functions-logic.js'
import { textFunctions } from './functions-text.js'
import type { OracleFunction } from './protocol.js'

/** Every function that is evaluated eagerly; the lazy ones are in evaluate.ts. */
export const functions: ReadonlyMap<string, OracleFunction> = new Map(
  Object.entries({
    ...textFunctions,
    ...logicFunctions,
    ...collectionFunctions,
    ...conversionFunctions,
    ...dateFunctions,
    ...directoryFunctions,
  }),
)
