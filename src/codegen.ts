/**
 * Generated code: a backend for the process, and modules ahead of time.
 * @module attrflow/codegen
 */

import { diagnostic } from './diagnostics/catalogue-diagnostic.js'
import { type Diagnostic, hasErrors } from './diagnostics/diagnostic.js'
import type { FunctionDefinition } from './functions/define.js'
import { builtFactsOf } from './mapping/built-mapping.js'
import type { CompiledObjectMapping } from './mapping/compile-object-mapping.js'
import { requireMapping } from './mapping/mapping-plan.js'
import { createCodegenBackend } from './plan/codegen/in-process.js'
import { type GeneratedModule, generateModule } from './plan/codegen/module.js'
import { UnknownBody } from './plan/codegen/module-scope.js'
import type { Backend } from './plan/plan.js'
import { runtime, runtimeEntries } from './runtime/entries.js'

export type { GeneratedModule } from './plan/codegen/module.js'
export type { Backend } from './plan/plan.js'

/**
 * The code-generating backend for one process, opt-in: `compileExpression(text, { backend: codegen })`. It calls
 * `new Function`; where that is forbidden, leave it out, and closures do the work.
 * @example
 * compileExpression('ToUpper([a])', { backend: codegen }).evaluate({ a: 'x' }) // { kind: 'value', value: 'X' }
 */
export const codegen: Backend = createCodegenBackend(runtime)

/** How a module is generated. */
export interface MappingModuleOptions {
  /** The name of its file, without folders. Default `mapping.mjs`. */
  readonly file?: string
  /**
   * Where it imports the runtime from, when that is one module that exports everything. Default: `attrflow/runtime`,
   * and those of `attrflow/runtime/patterns`, `…/dates` and `…/encodings` that it needs.
   */
  readonly runtime?: string
  /**
   * The module from which functions of your own are imported: its specifier as the generated module writes
   * it, and its exports, as `await import(…)` gives them. Exports that `defineFunction` did not make are
   * ignored.
   */
  readonly functions?: {
    readonly specifier: string
    readonly exports: Readonly<Record<string, unknown>>
  }
  /** Whether a source map is made. Default true. */
  readonly sourceMap?: boolean
  /**
   * Whether the module also exports `mapping`, which `mapObject` takes in place of a compiled mapping: with
   * scope, matching, defaults and flow rules. Then it imports `attrflow/decisions` as well. Default false.
   */
  readonly decisions?: boolean
}

/** The result of generating a module. */
export interface MappingModule {
  /** Undefined if an expression or filter has errors, or calls a function that no module exports. */
  readonly module: GeneratedModule | undefined
  /** The findings about the object mapping, including those that prevent a module. */
  readonly diagnostics: readonly Diagnostic[]
}

/** The functions made by `defineFunction` among the exports of a module, by the names of the exports. */
export const definitionsIn = (
  exports: Readonly<Record<string, unknown>>,
): Readonly<Record<string, FunctionDefinition>> =>
  Object.fromEntries(
    Object.entries(exports).filter(
      (entry): entry is [string, FunctionDefinition] =>
        /^[A-Za-z_$][\w$]*$/.test(entry[0]) && isDefinition(entry[1]),
    ),
  )

const isDefinition = (exported: unknown): exported is FunctionDefinition =>
  typeof exported === 'object' &&
  exported !== null &&
  Object.hasOwn(exported, 'evaluate') &&
  Object.hasOwn(exported, 'parameters') &&
  Object.hasOwn(exported, 'purity')

/**
 * Generates an ES module of an object mapping, with its source map and declarations. The module exports
 * `map(record, context?)`, which returns the value of each expression for an object. Whether a value flows is
 * decided by `mapObject`, with the export `mapping` that the option `decisions` adds.
 * @example
 * const { module } = generateMappingModule(mapping)
 * module?.code.includes('export function map') // true
 */
export const generateMappingModule = (
  compiled: CompiledObjectMapping,
  options: MappingModuleOptions = {},
): MappingModule => {
  requireMapping(compiled)
  const { rule, objectMapping, attributes, settings, ends, plan, diagnostics } = compiled
  if (hasErrors(diagnostics)) return { module: undefined, diagnostics }
  const { name, sourceObjectName, targetObjectName } = objectMapping
  const title =
    `${name ?? 'Object mapping'}: ${sourceObjectName} in ${rule.sourceDirectoryName} to ` +
    `${targetObjectName} in ${rule.targetDirectoryName}`
  try {
    const module = generateModule(plan.unit, {
      runtime:
        options.runtime === undefined ? runtimeEntries : [{ specifier: options.runtime, exports: runtime }],
      functions: options.functions && {
        specifier: options.functions.specifier,
        exports: definitionsIn(options.functions.exports),
      },
      file: options.file ?? 'mapping.mjs',
      sourceMap: options.sourceMap ?? true,
      title,
      expressions: attributes.map(({ expression }) => expression),
      settings,
      source: ends.source,
      target: ends.target,
      decisions: options.decisions
        ? {
            specifier: options.runtime ?? 'attrflow/decisions',
            facts: builtFactsOf(compiled),
            reads: compiled.reads?.unit,
          }
        : undefined,
    })
    return { module, diagnostics }
  } catch (thrown) {
    if (!(thrown instanceof UnknownBody)) throw thrown
    const fault = diagnostic('AF4801', { start: 0, end: 0 }, { name: thrown.callee })
    return { module: undefined, diagnostics: [...diagnostics, fault] }
  }
}
