import type { UserRecord } from '../subjects/inputs.js'
import type { WorkloadGroup } from '../workload/mapping.js'

/** An expression compiled by another engine. */
export type Compiled = (user: UserRecord) => unknown

/** Another engine, with the functions of the language registered. */
export interface Peer {
  /** Compiles an expression of the language, given as text. */
  expression(text: string): Compiled
  /** Compiles a filter; undefined when everything is in scope. */
  filter(groups: readonly WorkloadGroup[]): Compiled | undefined
  /** Whether what it compiles answers with promises. */
  readonly isAsync?: true
}

/**
 * Loads a package of `bench/package.json`. It is not named where compilers look for it: the rest of the
 * benchmarks runs without it.
 */
export const load = async <Module>(name: string): Promise<Module> => (await import(name)) as Module
