import { randomUUID } from 'node:crypto'
import { builtMapping } from '../../../src/decisions.js'
import type { MappingPlan } from '../../../src/mapping/index.js'
import { runtime } from '../../../src/runtime/entries.js'
import type { ContextInput, EvaluationContext } from '../../../src/values/context.js'
import type { EvaluationError } from '../../../src/values/fault.js'
import type { SourceRecord } from '../../../src/values/record.js'
import type { Row } from '../../support/plan-row.js'

/** What a generated module exports. */
export interface LoadedModule {
  map(record: SourceRecord, context?: ContextInput | EvaluationContext): Row | EvaluationError | null
  newContext(input?: ContextInput): EvaluationContext
  /** Of a module with decisions. */
  readonly mapping?: MappingPlan
}

/** Everything that a module can import. */
const imported = { ...runtime, builtMapping }

const importLine = /^import (\{[^}]*\}) from "[^"\n]*"$/gm

/** Evaluates a module at once, as a script of this process. `loadModule` shows that it is a module, too. */
export const evaluateModule = (code: string, own: Readonly<Record<string, unknown>> = {}): LoadedModule => {
  if (code.search(importLine) < 0) throw new SyntaxError('the module does not begin with an import')
  const script = code
    .replace(importLine, (_, names: string) => `const ${names.replaceAll(' as ', ': ')} = runtime`)
    .replace(/^export /gm, '')
  const exported = /^const mapping = /m.test(script) ? 'map, newContext, mapping' : 'map, newContext'
  return new Function('runtime', `'use strict'\n${script}\nreturn { ${exported} }`)({ ...imported, ...own })
}

/** Of this instance of the runtime: Node keeps the module of a URL, also when another test file loads the runtime anew. */
const KEY = `attrflowRuntime${randomUUID().replaceAll('-', '')}`

/** A module with the exports of the runtime under test, for `import` of Node. */
export const runtimeUrl = (): string => {
  Object.assign(globalThis, { [KEY]: imported })
  const names = Object.keys(imported).join(', ')
  const text = `export const { ${names} } = globalThis[${JSON.stringify(KEY)}]`
  return `data:text/javascript,${encodeURIComponent(text)}`
}

/** Imports a module as Node does. It must have been generated with `runtimeUrl()` as its runtime. */
export const loadModule = (code: string): Promise<LoadedModule> =>
  import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`) as Promise<LoadedModule>
