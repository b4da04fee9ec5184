import type { catalogue as Catalogue } from '../diagnostics/catalogue.js'
import type { FunctionDocumentation } from '../functions/define.js'

/** The tables of texts that the page puts before the script of its worker, as JSON. */
declare const TEXTS: {
  readonly functions: Readonly<Record<string, FunctionDocumentation>>
  readonly diagnostics: typeof Catalogue
}

/** In the worker, the export of `functions/standard-documentation`. */
export const standardDocumentation: ReadonlyMap<string, FunctionDocumentation> = new Map(
  Object.entries(TEXTS.functions),
)

/** In the worker, the export of `diagnostics/catalogue`. */
export const catalogue: typeof Catalogue = TEXTS.diagnostics
