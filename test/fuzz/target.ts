import type { Random } from './random.js'

/** What is fed with cases nobody wrote. */
export interface Target {
  readonly name: string
  /** Cases of a run of the gate, which takes some ten seconds for each target. */
  readonly cases: number
  /** Makes what all cases share. */
  prepare(): Cases | Promise<Cases>
}

/** The cases of a target. */
export interface Cases {
  /** Runs one case; throws when something does not hold that must hold of any input. */
  run(random: Random): void | Promise<void>
  close?(): void | Promise<void>
}
