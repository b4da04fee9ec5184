import type { FunctionBody } from '../../functions/define.js'
import type { Callee } from '../../ir/node.js'
import type { Site } from '../../values/fault.js'
import { Code, identifier, js, type Literal, literal } from './code.js'

/** The runtime's exports by name: everything that generated code may call. */
export type RuntimeNamespace = Readonly<Record<string, unknown>>

/** An entry point of the runtime: its module path for imports, and its exports. */
export interface RuntimeEntry {
  readonly specifier: string
  readonly exports: RuntimeNamespace
}

/** A function that generated code cannot name, because the runtime does not export it. */
export class UnknownBody extends TypeError {
  readonly callee: string
  /** The body without a name; undefined if the callee has no body. */
  readonly body: FunctionBody | undefined

  constructor(callee: string, body?: FunctionBody) {
    super(`${callee} is not part of the runtime`)
    this.callee = callee
    this.body = body
  }
}

/** Names by export. A runtime is one object for the whole process, and has far more exports than a unit uses. */
const namesByRuntime = new WeakMap<RuntimeNamespace, ReadonlyMap<unknown, string>>()

const namesIn = (runtime: RuntimeNamespace): ReadonlyMap<unknown, string> => {
  let names = namesByRuntime.get(runtime)
  if (names === undefined) {
    names = new Map(Object.entries(runtime).map(([name, value]) => [value, name]))
    namesByRuntime.set(runtime, names)
  }
  return names
}

/**
 * The constants before generated functions: imports, specialised bodies, callees for the general call
 * function, and the sites of faults. Each is written once, however often it is used.
 */
export class ModuleScope {
  readonly #runtime: RuntimeNamespace
  readonly #names: ReadonlyMap<unknown, string>
  readonly #imports = new Set<string>()
  readonly #declarations: Code[] = []
  readonly #known = new Map<unknown, Code>()
  readonly sites: Site[] = []
  readonly #siteNumbers = new Map<Site, number>()

  constructor(runtime: RuntimeNamespace) {
    this.#runtime = runtime
    this.#names = namesIn(runtime)
  }

  /** The names imported from the runtime, sorted. */
  get imports(): readonly string[] {
    return [...this.#imports].sort()
  }

  get declarations(): readonly Code[] {
    return this.#declarations
  }

  /** A name of the runtime. */
  runtime(name: string): Code {
    if (!Object.hasOwn(this.#runtime, name)) throw new UnknownBody(name)
    this.#imports.add(name)
    return identifier(name)
  }

  /** Declares a constant and returns its name. */
  #declare(prefix: string, key: unknown, value: () => Code): Code {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const code = value()
    const name = identifier(`${prefix}${this.#declarations.length}`)
    this.#declarations.push(js`const ${name} = ${code}`)
    this.#known.set(key, name)
    return name
  }

  /**
   * The body of a callee: an export of the runtime, or a specialised body made by a factory of the runtime.
   */
  body(callee: Callee): Code {
    const { evaluate, made } = callee
    if (evaluate === undefined) throw new UnknownBody(callee.name)
    if (made === undefined) return this.#exported(evaluate, callee.name)
    return this.#declare('body', evaluate, () => {
      const constants = made.constants.map((constant) => literal(constant as Literal).text).join(', ')
      return js`${this.runtime(made.factory)}(${Code.trusted(constants)})`
    })
  }

  #exported(body: FunctionBody, name: string): Code {
    const found = this.#names.get(body)
    if (found === undefined) throw new UnknownBody(name, body)
    return this.runtime(found)
  }

  /** The callee in the form that the general call function needs. */
  callee(callee: Callee): Code {
    return this.#declare('callee', callee, () => {
      const parameters = callee.parameters.map(
        ({ name, key, type, required, acceptsNull, repeating }): Literal => {
          const flags: Record<string, Literal> = { name, key, type }
          if (required === false) flags.required = false
          if (acceptsNull === true) flags.acceptsNull = true
          if (repeating === true) flags.repeating = true
          return flags
        },
      )
      const { name, purity, takesContext, mapsOverLists } = callee
      const flags = js`name: ${name}, purity: ${purity}, takesContext: ${takesContext}, mapsOverLists: ${mapsOverLists}, errors: []`
      return js`{ ${flags}, parameters: ${parameters}, evaluate: ${this.body(callee)} }`
    })
  }

  /** The number of a site, for the variable that records the place of the evaluation. */
  siteNumber(site: Site): number {
    let number = this.#siteNumbers.get(site)
    if (number === undefined) {
      number = this.sites.push(site) - 1
      this.#siteNumbers.set(site, number)
    }
    return number
  }

  /** A table from texts to values, created once. */
  table(entries: readonly (readonly [string, Literal])[]): Code {
    const code = literal(entries)
    return this.#declare('table', `table ${code.text}`, () => js`new Map(${code})`)
  }

  /** A value that is created once: a list folded to a constant, or values of settings. */
  shared(value: Literal): Code {
    const code = literal(value)
    return this.#declare('value', code.text, () => code)
  }
}
