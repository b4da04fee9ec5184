import type { AnchorKind } from './ast.js'
import type { CharacterSet } from './character-set.js'

/**
 * With the text position, this determines whether the rest of the pattern can match from a memo point: the
 * counters and "has this iteration consumed anything" of the loops around it, up to the nearest lookaround.
 */
export interface MemoPoint {
  readonly loops: readonly LoopState[]
  /** The product of all `states`. */
  readonly states: number
  /** The innermost lookaround or atomic group around the point. */
  readonly scope: Scope | undefined
}

export interface LoopState {
  readonly count: number
  readonly mark: number
  /** From this count on, all counts behave alike. */
  readonly limit: number
}

export interface Scope {
  readonly kind: 'atomic' | 'look'
  /** Register with the height of the backtrack stack at the scope's entry. */
  readonly base: number
  /** Where the scope ends, to continue there at once when its success is known. */
  end: number
  readonly capturesInside: boolean
}

export type Instruction =
  | { readonly op: 'character'; readonly code: number; readonly step: 1 | -1 }
  | { readonly op: 'set'; readonly set: CharacterSet; readonly step: 1 | -1 }
  /** A greedy run of units: takes up to `max`, gives them back one at a time down to `min`. */
  | {
      readonly op: 'run'
      readonly set: CharacterSet
      readonly step: 1 | -1
      readonly min: number
      readonly max: number
      readonly memo: number
    }
  | { readonly op: 'anchor'; readonly kind: AnchorKind }
  | { readonly op: 'jump'; target: number }
  | { readonly op: 'split'; first: number; second: number; readonly memo: number }
  | { readonly op: 'loopStart'; readonly state: LoopState }
  | {
      readonly op: 'loop'
      readonly state: LoopState
      readonly min: number
      readonly max: number
      readonly lazy: boolean
      exit: number
      readonly memo: number
    }
  | { readonly op: 'open'; readonly register: number }
  | {
      readonly op: 'close'
      readonly register: number
      readonly group: number
      readonly releases: number
    }
  | {
      readonly op: 'backreference'
      readonly group: number
      readonly ignoreCase: boolean
      readonly step: 1 | -1
    }
  | { readonly op: 'testGroup'; readonly group: number; no: number }
  | { readonly op: 'enter'; readonly scope: Scope; readonly position: number; otherwise: number }
  | { readonly op: 'leaveAtomic'; readonly scope: Scope }
  | { readonly op: 'leaveLook'; readonly scope: Scope; readonly position: number }
  | { readonly op: 'failLook'; readonly scope: Scope }
  | { readonly op: 'match' }

export interface Program {
  readonly code: readonly Instruction[]
  readonly registers: number
  readonly memoPoints: readonly MemoPoint[]
  /** Whether failure at a memo point depends on nothing else and may be remembered. */
  readonly memoizable: boolean
  readonly usesScanStart: boolean
  /** .NET group numbers by slot; slot 0 is the whole match. */
  readonly groups: readonly number[]
}
