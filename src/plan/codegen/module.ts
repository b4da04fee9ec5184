import type { AttributeScope } from '../../check/attribute-scope.js'
import type { FunctionBody, FunctionDefinition } from '../../functions/define.js'
import { isTotal } from '../../ir/effects.js'
import type { Unit } from '../../ir/unit.js'
import { urlPart } from '../../text/url-part.js'
import type { Settings } from '../../values/settings.js'
import { comments, identifier, joined, js, type Literal } from './code.js'
import { writeDeclarations } from './declarations.js'
import { generateUnit } from './generate.js'
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
  /** For each root, the text of its expression; empty when it has none. */
  readonly expressions: readonly string[]
  readonly settings: Settings
  /** The schema's attributes that are read. */
  readonly source: AttributeScope | undefined
  /** The schema's attributes that are set. */
  readonly target: AttributeScope | undefined
}

/** A generated module. Its texts are ASCII, and always equal for equal units and options. */
export interface GeneratedModule {
  /** An ES module; its last line names the source map `FILE.map`, when there is one. */
  readonly code: string
  /** The source map, as JSON. Its sources are the expressions. */
  readonly map: string | undefined
  /** The TypeScript declarations of the module. */
  readonly declarations: string
}

/**
 * Generates an ES module that maps objects like the unit. It exports `map(record, context?)` and
 * `newContext(input?)`, and imports nothing but the runtime: each name from the entry that has it.
 * @throws {UnknownBody} if the unit calls a function that the runtime does not export
 */
export const generateModule = (unit: Unit, options: ModuleOptions): GeneratedModule => {
  const { expressions, file, sourceMap } = options
  const describe = (root: number): string => {
    const text = expressions[root] ?? ''
    const { name } = unit.roots[root]!
    return text === '' ? `${name}: no source` : `${name} = ${text}`
  }
  const own = ownBodies(options.functions?.exports ?? {})
  const everything: RuntimeNamespace = Object.assign(
    {},
    ...options.runtime.map(({ exports }) => exports),
    Object.fromEntries([...own].map(([name, { body }]) => [name, body])),
  )
  const generated = generateUnit(unit, everything, { describe, form: 'row' })
  const imports = new Set([...generated.imports, 'contextFrom', 'createContext'])
  const asksState = unit.inputs.some(({ supplied }) => supplied === 'isSoftDeleted')
  if (asksState) imports.add('sourceStateOf')

  const writer = new Writer()
  for (const line of comments(`${options.title}\n${ORIGIN}`)) writer.line(line)
  const sorted = [...imports].sort()
  for (const { specifier, exports } of options.runtime) {
    const names = sorted.filter((name) => Object.hasOwn(exports, name)).map(identifier)
    if (names.length > 0) writer.line(js`import { ${joined(names, ', ')} } from ${specifier}`)
  }
  const called = [...own].filter(([name]) => imports.has(name))
  if (called.length > 0) {
    const names = called.map(
      ([name, { exported }]) => js`${identifier(exported)} as ${identifier(`${name}$`)}`,
    )
    writer.line(js`import { ${joined(names, ', ')} } from ${options.functions!.specifier}`)
    writer.blank()
    for (const [name] of called)
      writer.line(js`const ${identifier(name)} = ${identifier(`${name}$`)}.evaluate`)
  }
  writer.blank()
  writer.line(js`const settings = ${options.settings as unknown as Literal}`)
  writer.lines.push(...generated.lines)
  writeExports(writer, asksState)
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
    () => writer.line(js`return run(record, contextFrom(context, settings), ${inactive})`),
    js`}`,
  )
  writer.blank()
  writer.block(
    js`export function newContext(input) {`,
    () => writer.line(js`return createContext(input, settings)`),
    js`}`,
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
      return [name, { name, type: types[root]!, fallible: !isTotal(node), about }] as const
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
  })
}
