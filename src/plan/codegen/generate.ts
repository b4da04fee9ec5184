import { isRepeatable, isTotal } from '../../ir/effects.js'
import type { IrNode } from '../../ir/node.js'
import type { Unit } from '../../ir/unit.js'
import { MARKER, overlaps } from '../../values/static-type.js'
import { access, Code, comments, identifier, joined, js, literal, member } from './code.js'
import { Emitter } from './emitter.js'
import { collectInputs, InputWriter, rawInputs } from './inputs.js'
import { ModuleScope, type RuntimeNamespace } from './module-scope.js'
import { sizeOf, splitLogic } from './split-guard.js'
import { type Line, Writer } from './writer.js'

/** A unit as program text: declarations, then the function `run`. */
export interface GeneratedUnit {
  /** The parts of the runtime that the text needs. */
  readonly imports: readonly string[]
  readonly lines: readonly Line[]
}

/** The largest function, in nodes of the IR: V8 does not optimise functions beyond a size. */
const LARGEST_PART = 600

/** The same for the clauses of a guard, which take more text per node. */
const LARGEST_CONDITION = 300

interface IndexedRoot {
  readonly index: number
  readonly name: string
  readonly node: IrNode
  /** Its comment. */
  readonly about: string
}

/** The roots in parts of bounded size; each part is a function. */
const partsOf = (unit: Unit, describe: (root: number) => string): readonly (readonly IndexedRoot[])[] => {
  const parts: IndexedRoot[][] = [[]]
  let size = 0
  unit.roots.forEach(({ name, node }, index) => {
    const own = sizeOf(node, unit)
    if (size > 0 && size + own > LARGEST_PART) {
      parts.push([])
      size = 0
    }
    parts.at(-1)?.push({ index, name, node, about: describe(index) })
    size += own
  })
  return parts
}

/**
 * The form of the result. `results`: `run(record, context, early, inactive)` behaves like `Evaluator.run`.
 * `row`: `run(record, context, inactive)` returns a new object with each root's result under its name, null
 * for an object out of scope, or the error of a failed guard. `built`: `run(record, context, early, inactive,
 * all)` behaves like `BuiltCode.run`, and each root that is not repeatable has a function of its own,
 * `root0(record, context, inactive)`.
 */
export type GeneratedForm = 'results' | 'row' | 'built'

/** How a unit is generated. */
export interface GenerateOptions {
  /** The text of the comment at a root; default: its name. */
  readonly describe?: ((root: number) => string) | undefined
  /** Default: `results`. */
  readonly form?: GeneratedForm
}

/** A unit to be generated into a program, with the prefix of its functions. */
export interface UnitToGenerate extends GenerateOptions {
  readonly unit: Unit
  /** Precedes the names of its functions. Default: none, for one unit of a program. */
  readonly prefix?: string
}

/** Generates the program text of a unit: declarations, then `run`. */
export const generateUnit = (
  unit: Unit,
  runtime: RuntimeNamespace,
  options: GenerateOptions = {},
): GeneratedUnit => generateUnits([{ unit, ...options }], runtime)

/** Generates the program text of several units, which share their declarations. */
export const generateUnits = (units: readonly UnitToGenerate[], runtime: RuntimeNamespace): GeneratedUnit => {
  const scope = new ModuleScope(runtime)
  const functions = new Writer()
  for (const unit of units) writeUnit(functions, scope, unit)
  const head = new Writer()
  for (const declaration of scope.declarations) head.line(declaration)
  writeList(
    head,
    js`const sites = [`,
    scope.sites.map(({ span: { start, end }, calls, argument, redacted }) => {
      const place =
        argument === undefined ? js`` : js`, argument: ${{ start: argument.start, end: argument.end }}`
      const flag = redacted === true ? js`, redacted: true` : js``
      return js`{ span: ${{ start, end }}, calls: ${calls}${place}${flag} }`
    }),
    js`]`,
  )
  return { imports: scope.imports, lines: [...head.lines, ...functions.lines] }
}

const writeUnit = (
  functions: Writer,
  scope: ModuleScope,
  {
    unit,
    prefix = '',
    describe = (root: number) => unit.roots[root]?.name ?? '',
    form = 'results',
  }: UnitToGenerate,
): void => {
  const target: Target = { unit, scope, form, prefix, conditions: new Map() }
  const isAlone = ({ node }: IndexedRoot): boolean => form === 'built' && !isRepeatable(node)
  const all = partsOf(unit, describe)
  const parts = all.map((part) => part.filter((root) => !isAlone(root)))
  const early = form === 'row' ? [] : (unit.early ?? [])
  const isEarly = ({ index }: IndexedRoot): boolean => early.includes(index)
  const earlyRoots = parts.flat().filter(isEarly)
  const guard = guardInParts(functions, target)
  const [only, second] = parts
  if (only !== undefined && second === undefined) {
    const late = only.filter((root) => !isEarly(root))
    writeFunction(functions, target, nameIn(target, 'run'), {
      early: earlyRoots,
      guard,
      roots: late,
      gives: 'all',
    })
  } else {
    const verdict = { early: earlyRoots, guard, roots: [], gives: 'verdict' } as const
    writeFunction(functions, target, nameIn(target, 'inScope'), verdict)
    const late = parts.map((part) => part.filter((root) => !isEarly(root))).filter(({ length }) => length > 0)
    late.forEach((roots, index) => {
      const part = { early: [], guard: undefined, roots, gives: 'part' } as const
      writeFunction(functions, target, nameIn(target, `part${index}`), part)
    })
    writeRunOfParts(functions, target, early, late)
  }
  for (const root of all.flat().filter(isAlone)) writeAlone(functions, target, root)
}

/** The function of one root. */
const writeAlone = (writer: Writer, target: Target, root: IndexedRoot): void => {
  const body = new Body(target)
  const results = body.writeRoots([root])
  body.writer.blank()
  for (const result of results) body.writer.line(js`return ${result}`)
  body.writeFunction(writer, nameIn(target, `root${root.index}`), parametersOf('row'))
}

/** One item on each line. */
const writeList = (writer: Writer, open: Code, items: readonly Code[], close: Code): void =>
  writer.block(
    open,
    () => {
      for (const item of items) writer.line(js`${item},`)
    },
    close,
  )

/** The environment in which the functions of a unit are written. */
interface Target {
  readonly unit: Unit
  readonly scope: ModuleScope
  readonly form: GeneratedForm
  readonly prefix: string
  /** The parts of the guard that are separate functions. */
  readonly conditions: Map<IrNode, Code>
}

/** The purpose of one function. */
interface Work {
  /** Roots that are evaluated before the guard. */
  readonly early: readonly IndexedRoot[]
  readonly guard: IrNode | undefined
  readonly roots: readonly IndexedRoot[]
  /**
   * Its result: the results of all roots, whether the object is in scope, or the results of its own roots.
   */
  readonly gives: 'all' | 'verdict' | 'part'
}

const parametersOf = (form: GeneratedForm): Code => {
  switch (form) {
    case 'row':
      return js`record, context, inactive`
    case 'results':
      return js`record, context, early, inactive`
    case 'built':
      return js`record, context, early, inactive, all`
  }
}

/** The name of a function of a unit, such as `run` or `builtRun`. */
export const nameIn = ({ prefix = '' }: Pick<UnitToGenerate, 'prefix'>, name: string): Code =>
  identifier(prefix === '' ? name : `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`)

/** The body of a function under construction. */
class Body {
  readonly writer = new Writer(1)
  readonly emitter: Emitter
  readonly #target: Target
  readonly #inputs: InputWriter
  /** The shared computations that it uses: each has a variable. */
  readonly #shared = new Set<number>()

  constructor(target: Target) {
    const { unit, scope, conditions } = target
    this.#target = target
    this.emitter = new Emitter(unit, scope, this.writer, conditions)
    this.#inputs = new InputWriter(this.writer, unit, scope)
  }

  /** Reads the inputs of some nodes: those in `raw` unconverted, all others as values of the language. */
  readInputs(nodes: readonly IrNode[], raw: ReadonlySet<number> = new Set()): void {
    const { unit, conditions } = this.#target
    const needed = new Set<number>()
    for (const node of nodes) collectInputs(node, unit, needed, this.#shared, (part) => conditions.has(part))
    this.#inputs.write(
      [...needed].sort((a, b) => a - b),
      raw,
    )
  }

  /** Writes the test of the guard or of a part of it. */
  writeCondition(node: IrNode, write: () => void): void {
    const raw = new Set(
      [...rawInputs(node, this.#target.unit)].filter((index) => !this.#inputs.isTaken(index)),
    )
    this.readInputs([node], raw)
    this.emitter.setRaw(raw)
    this.emitter.beginRoot(-1)
    write()
    this.emitter.setRaw(new Set())
    this.writer.noOrigin()
  }

  /** Writes the results of some roots into variables, and returns these. */
  writeRoots(roots: readonly IndexedRoot[]): readonly Code[] {
    this.readInputs(roots.map(({ node }) => node))
    const results = roots.map((root) => writeRoot(this.emitter, root))
    this.writer.noOrigin()
    return results
  }

  /** Writes the function with the variables that its body uses. */
  writeFunction(writer: Writer, name: Code, parameters: Code): void {
    const shared = [...this.#shared].map((index) => `s${index}`)
    const variables = [...this.emitter.variables, ...shared, 'site = 0'].map(Code.trusted)
    writer.noOrigin()
    writer.blank()
    writer.block(
      js`function ${name}(${parameters}) {`,
      () => {
        writer.line(js`let ${joined(variables, ', ')}`)
        writer.lines.push(...this.writer.lines)
      },
      js`}`,
    )
  }
}

/** Writes a function that evaluates some roots, and the guard if asked to. */
const writeFunction = (writer: Writer, target: Target, name: Code, work: Work): void => {
  const { form } = target
  const { guard } = work
  const body = new Body(target)
  const early = body.writeRoots(work.early)
  for (const [position, code] of early.entries()) {
    const root = work.early[position]
    if (root !== undefined) body.writer.line(js`early[${target.unit.early?.indexOf(root.index)}] = ${code}`)
  }
  if (guard !== undefined) body.writeCondition(guard, () => writeGuard(body.emitter, guard, form))
  // Inputs that only these roots need are not read for an object out of scope.
  const results = body.writeRoots(work.roots)
  body.writer.blank()
  const roots = [...work.early, ...work.roots]
  const found = [...early, ...results]
  if (work.gives === 'verdict') body.writer.line(js`return true`)
  else if (work.gives === 'part') writeResults(body.writer, form, roots, found)
  else {
    const resultOf = new Map(found.map((code, position) => [roots[position]?.index, code]))
    const all = target.unit.roots.map(({ name }, index) => ({ name, index }))
    // A root with a function of its own has no result here.
    writeResults(
      body.writer,
      form,
      all,
      all.map(({ index }) => resultOf.get(index) ?? js`undefined`),
    )
  }
  body.writeFunction(writer, name, work.gives === 'part' ? parametersOf('row') : parametersOf(form))
}

/**
 * Writes the parts of a large guard, each as a function that returns whether it holds; the rest of the guard
 * calls them.
 */
const guardInParts = (writer: Writer, target: Target): IrNode | undefined => {
  const { unit, conditions } = target
  if (unit.guard === undefined) return undefined
  const parts = new Set<IrNode>()
  const guard = splitLogic(unit.guard, unit, LARGEST_CONDITION, parts)
  // Inner parts are written before the parts that contain them.
  for (const part of parts) {
    const name = nameIn(target, `condition${conditions.size}`)
    const body = new Body(target)
    body.writeCondition(part, () => body.writer.line(js`return ${body.emitter.condition(part)}`))
    body.writeFunction(writer, name, parametersOf('row'))
    conditions.set(part, js`${name}(${parametersOf('row')})`)
  }
  return guard
}

const writeGuard = (emitter: Emitter, guard: IrNode, form: GeneratedForm): void => {
  const { writer, scope } = emitter
  const test = (): void => {
    const value = emitter.condition(guard)
    writer.line(js`if (!(${value})) return null`)
  }
  const write = (): void => {
    if (isTotal(guard)) {
      test()
      return
    }
    writer.block(js`try {`, test, js`} catch (thrown) {`)
    writer.line(js`  return ${scope.runtime('recover')}(thrown, sites[site], 'guard')`)
    writer.line(js`}`)
  }
  if (form === 'built') writer.block(js`if (!all) {`, () => emitter.branch(write), js`}`)
  else write()
}

/** Writes a root; returns the variable or literal for its result. */
const writeRoot = (emitter: Emitter, { index, name, node, about }: IndexedRoot): Code => {
  const { writer, scope } = emitter
  writer.noOrigin()
  writer.blank()
  for (const line of comments(about)) writer.line(line)
  writer.origin(index, node.span)
  emitter.beginRoot(index)
  if (isTotal(node) && !overlaps(node.type, MARKER)) return emitter.keep(emitter.emit(node))
  const result = emitter.variable()
  const write = (): void => emitter.branch(() => writer.line(js`${result} = ${emitter.emit(node)}`))
  writer.block(js`try {`, write, js`} catch (thrown) {`)
  const path = name === 'result' ? js`` : js`, ${name}`
  writer.line(js`  ${result} = ${scope.runtime('recover')}(thrown, sites[site]${path})`)
  writer.line(js`}`)
  return result
}

/** Returns the results of some roots: by name, or as a list with each result at the index of its root. */
const writeResults = (
  writer: Writer,
  form: GeneratedForm,
  roots: readonly { readonly index: number; readonly name: string }[],
  results: readonly Code[],
): void => {
  const written = roots.map((root, position) => ({ ...root, result: results[position] ?? js`undefined` }))
  if (form !== 'row') {
    const inOrder = written.sort((a, b) => a.index - b.index)
    writeList(
      writer,
      js`return [`,
      inOrder.map(({ result }) => result),
      js`]`,
    )
    return
  }
  // If several roots have the same name, the last one counts, as in an assignment.
  const last = new Map(written.map(({ name, result }) => [name, result]))
  const members = [...last].map(([name, result]) => js`${member(name)}: ${result}`)
  writeList(writer, js`return {`, members, js`}`)
}

/** The function that calls the functions of the parts. */
const writeRunOfParts = (
  writer: Writer,
  target: Target,
  early: readonly number[],
  parts: readonly (readonly IndexedRoot[])[],
): void => {
  const { unit, form } = target
  const outOfScope = identifier('scope')
  const partOf = (index: number): Code => {
    if (early.includes(index)) return js`early[${early.indexOf(index)}]`
    const part = parts.findIndex((roots) => roots.some((root) => root.index === index))
    // The root has a function of its own.
    if (part < 0) return js`undefined`
    const row = js`row${literal(part)}`
    if (form === 'row') return js`${row}${access(unit.roots[index]?.name ?? '')}`
    const inOrder = (parts[part] ?? []).map((root) => root.index).sort((a, b) => a - b)
    return js`${row}[${inOrder.indexOf(index)}]`
  }
  writer.noOrigin()
  writer.blank()
  writer.block(
    js`function ${nameIn(target, 'run')}(${parametersOf(form)}) {`,
    () => {
      writer.line(js`const ${outOfScope} = ${nameIn(target, 'inScope')}(${parametersOf(form)})`)
      writer.line(js`if (${outOfScope} !== true) return ${outOfScope}`)
      parts.forEach((_, part) => {
        const call = js`${nameIn(target, `part${part}`)}(${parametersOf('row')})`
        writer.line(js`const row${literal(part)} = ${call}`)
      })
      writeResults(
        writer,
        form,
        unit.roots.map(({ name }, index) => ({ name, index })),
        unit.roots.map((_, index) => partOf(index)),
      )
    },
    js`}`,
  )
}
