import { requireMade } from '../values/misuse.js'
import type { FunctionDefinition } from './define.js'

/** The functions an expression may call, by name. Immutable. */
export class FunctionLibrary {
  readonly #byName: ReadonlyMap<string, FunctionDefinition>
  readonly #byFolded: ReadonlyMap<string, FunctionDefinition>
  readonly #byAlias: ReadonlyMap<string, FunctionDefinition>
  readonly #byForeignName: ReadonlyMap<string, FunctionDefinition>

  constructor(definitions: readonly FunctionDefinition[]) {
    this.#byName = new Map(definitions.map((d) => [d.name, d]))
    this.#byAlias = new Map(definitions.flatMap((d) => (d.aliases ?? []).map((alias) => [alias, d])))
    this.#byForeignName = new Map(definitions.flatMap((d) => (d.foreignNames ?? []).map((name) => [name, d])))
    this.#byFolded = new Map(definitions.map((d) => [d.name.toLowerCase(), d]))
  }

  /** The function with exactly this name, or with this name as an alias. */
  get(name: string): FunctionDefinition | undefined {
    return this.#byName.get(name) ?? this.#byAlias.get(name)
  }

  /** The function with this name, ignoring case. */
  getFolded(name: string): FunctionDefinition | undefined {
    return this.#byFolded.get(name.toLowerCase())
  }

  /** The function that other languages call by this name, ignoring case. */
  getForeign(name: string): FunctionDefinition | undefined {
    return this.#byForeignName.get(name.toLowerCase())
  }

  /** All functions, sorted by name. */
  all(): readonly FunctionDefinition[] {
    return [...this.#byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /**
   * A library with further functions; a function of the same name is replaced.
   * @throws {TypeError} for anything that is not a function made by `defineFunction`, such as a list of them, and
   * for two functions of one name
   */
  with(...definitions: readonly FunctionDefinition[]): FunctionLibrary {
    for (const one of definitions) {
      if (Array.isArray(one))
        throw new TypeError('library.with takes functions one by one: library.with(...list)')
      if (typeof one !== 'object' || one === null || !Array.isArray(one.parameters))
        throw new TypeError('library.with takes functions made by defineFunction')
    }
    const names = definitions.map(({ name }) => name.toLowerCase())
    const twice = definitions.find(({ name }, index) => names.indexOf(name.toLowerCase()) < index)
    if (twice !== undefined) throw new TypeError(`library.with got two functions called ${twice.name}`)
    return new FunctionLibrary([...this.#byName.values(), ...definitions])
  }
}

/**
 * Requires a library.
 * @throws {TypeError} for anything else
 */
export const requireLibrary = (library: FunctionLibrary): FunctionLibrary => {
  requireMade(library, 'all', 'a library, such as standardLibrary')
  return library
}
