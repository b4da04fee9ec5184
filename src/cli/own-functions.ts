import { definitionsIn } from '../codegen.js'
import { standardLibrary } from '../functions/index.js'
import type { OwnFunctions } from './command.js'
import { type CliIo, UsageError } from './io.js'

/** The functions that a module exports. Throws UsageError if it cannot be run or exports none. */
export const readFunctions = async (io: CliIo, path: string): Promise<OwnFunctions> => {
  let exported: Readonly<Record<string, unknown>>
  try {
    exported = await io.files.module(path)
  } catch (error) {
    throw new UsageError(`--functions ${path} cannot be loaded: ${(error as Error).message}`)
  }
  const exports = definitionsIn(exported)
  const definitions = Object.values(exports)
  if (definitions.length === 0)
    throw new UsageError(
      `--functions ${path} exports no functions: write export const name = defineFunction({ … })`,
    )
  return { path, exports, library: standardLibrary.with(...definitions) }
}
