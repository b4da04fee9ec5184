import type { AttributeScope } from '../../check/attribute-scope.js'
import type { FunctionBody, FunctionDefinition } from '../../functions/define.js'
import { isRepeatable, isTotal } from '../../ir/effects.js'
import type { Unit } from '../../ir/unit.js'
import { urlPart } from '../../text/url-part.js'
import type { Settings } from '../../values/settings.js'
import { comments, identifier, joined, js, jsonLiteral, type Literal } from './code.js'
import { writeDeclarations } from './declarations.js'
import { generateUnits, nameIn, type UnitToGenerate } from './generate.js'
import type { RuntimeEntry, RuntimeNamespace } from './module-scope.js'
import { promisedTypes } from './result-types.js'
import { writeSourceMap } from './source-map.js'
import { Writer } from './writer.js'

/** The options for generating a module. */
export interface ModuleOptions {
  /**
   * The modules that it may import. No name is in two of them, and the first has the types for the
   * declarations.
   */
  readonly runtime: readonly [RuntimeEntry, ...RuntimeEntry[]]
  /**
   * User-defined functions: the module that exports their definitions, and the definitions by export name.
   */
  readonly functions?:
    | { readonly specifier: string; readonly exports: Readonly<Record<string, FunctionDefinition>> }
    | undefined
  /** The name of the file, without folders: the source map names it. */
  readonly file: string
  /** Whether a source map is made. */
  readonly sourceMap: boolean
  /** What the module maps, in words. */
  readonly title: string
  /** For each root, the text of its expression; empty if it has none. */
  readonly expressions: readonly string[]
  readonly settings: Settings
  /** The schema's attributes that are read. */
  readonly source: AttributeScope | undefined
  /** The schema's attributes that are set. */
  readonly target: AttributeScope | undefined
  /** What the decisions about objects need; undefined for a module that only evaluates expressions. */
  readonly decisions?: ModuleDecisions | undefined
}

/** The decision layer of a module. */
export interface ModuleDecisions {
  /** The module that exports `builtMapping`, and the type of what it returns. */
  readonly specifier: string
  /** What is known about the mapping, as JSON. */
  readonly facts: object
  /** A unit whose guard is the input and category filters; undefined if there are none. */
  readonly reads: Unit | undefined
}

/** A generated module. Its texts are ASCII, and always equal for equal units and options. */
export interface GeneratedModule {
  /** An ES module; its last line names the source map `FILE.map`, if there is one. */
  readonly code: string
  /** The source map, as JSON. Its sources are the expressions. */
  readonly map: string | undefined
  /** The TypeScript declarations of the module. */
  readonly declarations: string
}

/**
 * Generates an ES module that maps objects like the unit. It exports `map(record, context?)` and
 * `newContext(input?)`, and with decisions `mapping`. Without them it imports nothing but the runtime: each
 * name from the entry that has it.
 * @throws {UnknownBody} if the unit calls a function that the runtime does not export
 */
export const generateModule = (unit: Unit, options: ModuleOptions): GeneratedModule => {
  const { decisions, expressions, file, functions, sourceMap } = options
  const describe = (root: number): string => {
    const text = expressions[root] ?? ''
    const { name = '' } = unit.roots[root] ?? {}
    return text === '' ? `${name}: no source` : `${name} = ${text}`
  }
  const own = ownBodies(functions?.exports ?? {})
  const everything: RuntimeNamespace = Object.assign(
    {},
    ...options.runtime.map(({ exports }) => exports),
    Object.fromEntries([...own].map(([name, { body }]) => [name, body])),
  )
  const row: UnitToGenerate = { unit, describe, form: 'row' }
  const built: UnitToGenerate = { unit, describe, form: 'built', prefix: 'built' }
  const reads: UnitToGenerate | undefined = decisions?.reads && {
    unit: decisions.reads,
    form: 'built',
    prefix: 'read',
  }
  const units = [row, decisions && built, reads].filter((one) => one !== undefined)
  const generated = generateUnits(units, everything)
  const imports = new Set([
    ...generated.imports,
    'contextFrom',
    'createContext',
    'failedObject',
    'requireRecord',
  ])
  const asksState = unit.inputs.some(({ supplied }) => supplied === 'isSoftDeleted')
  if (asksState) imports.add('sourceStateOf')

  const writer = new Writer()
  for (const line of comments(`${options.title}\n${ORIGIN}`)) writer.line(line)
  const sorted = [...imports].sort()
  for (const { specifier, exports } of options.runtime) {
    const names = sorted.filter((name) => Object.hasOwn(exports, name)).map(identifier)
    if (names.length > 0) writer.line(js`import { ${joined(names, ', ')} } from ${specifier}`)
  }
  if (decisions !== undefined) writer.line(js`import { builtMapping } from ${decisions.specifier}`)
  const called = [...own].filter(([name]) => imports.has(name))
  if (functions !== undefined && called.length > 0) {
    const names = called.map(
      ([name, { exported }]) => js`${identifier(exported)} as ${identifier(`${name}$`)}`,
    )
    writer.line(js`import { ${joined(names, ', ')} } from ${functions.specifier}`)
    writer.blank()
    for (const [name] of called)
      writer.line(js`const ${identifier(name)} = ${identifier(`${name}$`)}.evaluate`)
  }
  writer.blank()
  writer.line(js`const settings = ${options.settings as unknown as Literal}`)
  writer.lines.push(...generated.lines)
  writeExports(writer, asksState)
  if (decisions !== undefined) writeMapping(writer, decisions, built, reads)
  const code = writer.lines.map(({ text }) => text).join('\n')
  const sources = unit.roots.map(({ name }, root) => {
    const text = expressions[root] ?? ''
    return text === '' ? undefined : { name, text }
  })
  return {
    code: sourceMap ? `${code}\n//# sourceMappingURL=${urlPart(file)}.map\n` : `${code}\n`,
    map: sourceMap ? writeSourceMap(file, writer.lines, sources) : undefined,
    declarations: declarationsOf(unit, options),
  }
}

/** The bodies of user-defined functions by the names that they have in the module. */
const ownBodies = (
  exports: Readonly<Record<string, FunctionDefinition>>,
): ReadonlyMap<string, { readonly exported: string; readonly body: FunctionBody }> =>
  new Map(
    Object.entries(exports).flatMap(([exported, { evaluate }], index) =>
      evaluate === undefined ? [] : [[`own${index}`, { exported, body: evaluate }] as const],
    ),
  )

const ORIGIN =
  'Generated by attrflow from an object mapping. Change the mapping, not this file, and build again.'

/** @param asksState whether `IsSoftDeleted` is computed from the object */
const writeExports = (writer: Writer, asksState: boolean): void => {
  writer.noOrigin()
  writer.blank()
  const inactive = asksState ? js`sourceStateOf(record) !== 'active'` : js`false`
  writer.block(
    js`export function map(record, context) {`,
    () => {
      writer.line(js`requireRecord(record)`)
      writer.line(js`const complete = contextFrom(context, settings)`)
      const run = (): void => writer.line(js`return run(record, complete, ${inactive})`)
      writer.block(js`try {`, run, js`} catch (thrown) {`)
      writer.line(js`  return failedObject(thrown)`)
      writer.line(js`}`)
    },
    js`}`,
  )
  writer.blank()
  writer.block(
    js`export function newContext(input) {`,
    () => writer.line(js`return createContext(input, settings)`),
    js`}`,
  )
}

/** The mapping plan. Whoever imports only `map` need not keep it. */
const writeMapping = (
  writer: Writer,
  { facts }: ModuleDecisions,
  built: UnitToGenerate,
  reads: UnitToGenerate | undefined,
): void => {
  const alone = built.unit.roots.flatMap(({ node }, index) => (isRepeatable(node) ? [] : [index]))
  const single = alone.map((index) => js`${index}: ${nameIn(built, `root${index}`)}`)
  const runs = js`{ run: ${nameIn(built, 'run')}, single: { ${joined(single, ', ')} } }`
  const isRead = reads === undefined ? js`undefined` : nameIn(reads, 'run')
  writer.blank()
  writer.block(
    js`export const mapping = /* @__PURE__ */ builtMapping(settings, ${jsonLiteral(facts)}, {`,
    () => {
      writer.line(js`mapping: ${runs},`)
      writer.line(js`reads: ${isRead},`)
    },
    js`})`,
  )
}

const declarationsOf = (unit: Unit, options: ModuleOptions): string => {
  const { expressions, source, target } = options
  const types = promisedTypes(unit, source)
  const results = new Map(
    unit.roots.map(({ name, node }, root) => {
      const info = target?.lookup(name)
      const kind = info === undefined ? '' : `${info.type}${info.multivalued ? ', multi-valued' : ''}`
      const about = [
        expressions[root] || 'No source.',
        ...(kind === '' ? [] : ['', `In the target: ${kind}.`]),
      ]
      return [name, { name, type: types[root] ?? 0, fallible: !isTotal(node), about }] as const
    }),
  )
  return writeDeclarations({
    header: `${options.title}\n${ORIGIN}`,
    runtime: options.runtime[0].specifier,
    sourceAbout: `An object of the source${source === undefined ? '' : `: ${source.description}`}.`,
    source: unit.inputs.map(({ name }) => ({ name, info: source?.lookup(name) })),
    resultAbout: `The attributes of the target${target === undefined ? '' : `: ${target.description}`}.`,
    results: [...results.values()],
    guarded: unit.guard !== undefined,
    decisions: options.decisions?.specifier,
  })
}
