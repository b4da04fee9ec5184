import { DotnetFailure } from '../failure.js'
import { spend } from '../step-meter.js'
import { anchorHolds } from './anchors.js'
import { isNullable, type RegexPattern } from './ast.js'
import {
  ALTERNATIVE,
  BacktrackStack,
  CAPTURE,
  NOTE_COMMIT,
  NOTE_FAILURE,
  NOTE_RUN_COMMIT,
  REGISTER,
  RUN,
} from './backtrack-stack.js'
import { lowerUnit } from './casing.js'
import { CharacterSet } from './character-set.js'
import { compileProgram } from './compile-program.js'
import { firstUnits, isAnchored } from './complexity.js'
import { COMMITS_AND_FAILS, FAILS, Memo, SUCCEEDS, UNKNOWN } from './memo.js'
import type { Instruction, LoopState, Program, Scope } from './program.js'

/** A capture and the earlier ones of the same group, because balancing groups release captures. */
interface Capture {
  readonly start: number
  readonly end: number
  readonly previous: Capture | null
}

/** Start and end of the last capture of each group by slot; null if the group has none. */
export type SlotSpans = readonly ({ readonly start: number; readonly end: number } | null)[]

/** Below this many steps the memo would cost more than it saves. */
const STEPS_BEFORE_MEMO = 500

/** Clearing 2^5 bytes counts as a step. */
const BYTES_SHIFT = 5

/** A pattern compiled for the matcher; the matcher is exact for the whole language, at some twenty times V8's cost. */
export class MatcherProgram {
  readonly program: Program
  readonly source: string
  readonly anchored: boolean
  /** Units with which every match begins; undefined if a match can be empty. */
  readonly firstUnits: CharacterSet | undefined

  constructor(pattern: RegexPattern) {
    this.program = compileProgram(pattern)
    this.source = pattern.source
    this.anchored = isAnchored(pattern.root)
    this.firstUnits = isNullable(pattern.root) ? undefined : firstUnits(pattern.root, CharacterSet.all, false)
  }
}

export const budgetExceeded = (source: string, budget: number): DotnetFailure =>
  new DotnetFailure('budget', `The pattern '${source}' takes more than ${budget} steps`)

/** One text searched by one pattern: all matches share its memo and its step budget. */
export class Matcher {
  readonly #compiled: MatcherProgram
  readonly #program: Program
  readonly #text: string
  readonly #budget: number
  readonly #memoAfter: number
  readonly #registers: Int32Array
  readonly #stack = new BacktrackStack()
  readonly #undone: (Capture | null)[] = []
  #captures: (Capture | null)[] = []
  #memo: Memo | undefined
  #scanStart = 0
  /** Steps taken so far, over all searches. */
  steps = 0

  /**
   * `memoAfter`: the number of steps after which outcomes are remembered. It changes the cost, never the
   * result.
   */
  constructor(compiled: MatcherProgram, text: string, budget: number, memoAfter: number = STEPS_BEFORE_MEMO) {
    this.#memoAfter = memoAfter
    this.#compiled = compiled
    this.#program = compiled.program
    this.#text = text
    this.#budget = budget
    const { registers } = compiled.program
    this.#spend(registers >> BYTES_SHIFT)
    this.#registers = new Int32Array(registers)
  }

  /**
   * Searches from a position on.
   *
   * @throws DotnetFailure `budget` if the searches in this text have taken more steps than allowed
   */
  search(start: number): SlotSpans | null {
    const text = this.#text
    const { anchored, firstUnits: first } = this.#compiled
    this.#scanStart = start
    // A failed start has already undone all its captures.
    const groups = this.#program.groups.length
    this.#spend(groups >> BYTES_SHIFT)
    this.#captures = new Array(groups).fill(null)
    if (this.#program.usesScanStart) this.#memo = undefined
    if (anchored && start > 0) return null
    for (let at = start; at <= text.length; at++) {
      this.#spend(1)
      if (first === undefined || (at < text.length && first.has(text.charCodeAt(at)))) {
        const end = this.#matchAt(at)
        if (end >= 0) {
          this.#spend(groups - 1)
          const spans = this.#captures.map((capture) => capture && { start: capture.start, end: capture.end })
          spans[0] = { start: at, end }
          return spans
        }
      }
      if (anchored) return null
    }
    return null
  }

  #spend(steps: number): void {
    this.steps += steps
    if (!spend(steps, this.#budget) || this.steps > this.#budget)
      throw budgetExceeded(this.#compiled.source, this.#budget)
    if (this.#memo === undefined && this.#program.memoizable && this.steps > this.#memoAfter) {
      this.#memo = new Memo(this.#program, this.#text.length, (bytes) => this.#spend(bytes >> BYTES_SHIFT))
      this.#spend(this.#program.memoPoints.length >> BYTES_SHIFT)
    }
  }

  #setRegister(register: number, value: number): void {
    this.#stack.push(REGISTER, register, this.#registers[register]!, 0)
    this.#registers[register] = value
  }

  #setCapture(slot: number, capture: Capture | null): void {
    this.#undone.push(this.#captures[slot]!)
    this.#stack.push(CAPTURE, slot, 0, 0)
    this.#captures[slot] = capture
  }

  /** Matches at one start. Returns the end of the match, or −1. */
  #matchAt(start: number): number {
    this.#stack.height = 0
    this.#undone.length = 0
    this.#position = start
    let next = 0
    while (next >= 0) {
      this.#spend(1)
      const instruction = this.#program.code[next]!
      if (instruction.op === 'match') return this.#position
      next = this.#execute(instruction, next)
      if (next < 0) next = this.#backtrack()
    }
    return -1
  }

  #position = 0

  /** Executes one instruction. Returns the address of the next, or −1 if it fails. */
  #execute(instruction: Instruction, at: number): number {
    const text = this.#text
    const position = this.#position
    switch (instruction.op) {
      case 'character':
      case 'set': {
        const index = instruction.step > 0 ? position : position - 1
        if (index < 0 || index >= text.length) return -1
        const code = text.charCodeAt(index)
        if (instruction.op === 'character' ? code !== instruction.code : !instruction.set.has(code)) return -1
        this.#position += instruction.step
        return at + 1
      }
      case 'run':
        return this.#run(instruction, at)
      case 'anchor':
        return anchorHolds(instruction.kind, text, position, this.#scanStart) ? at + 1 : -1
      case 'jump':
        return instruction.target
      case 'split': {
        const known = this.#recall(instruction.memo)
        if (known !== UNKNOWN) return this.#conclude(known, instruction.memo)
        this.#stack.push(ALTERNATIVE, instruction.second, position, 0)
        return instruction.first
      }
      case 'loopStart':
        this.#setRegister(instruction.state.count, 0)
        this.#setRegister(instruction.state.mark, -1)
        return at + 1
      case 'loop':
        return this.#loop(instruction, at)
      case 'open':
        this.#setRegister(instruction.register, position)
        return at + 1
      case 'close':
        return this.#close(instruction) ? at + 1 : -1
      case 'backreference':
        return this.#backreference(instruction) ? at + 1 : -1
      case 'testGroup':
        return this.#captures[instruction.group] != null ? at + 1 : instruction.no
      case 'enter':
        this.#setRegister(instruction.position, position)
        this.#setRegister(instruction.scope.base, this.#stack.height + 4)
        if (instruction.otherwise >= 0) this.#stack.push(ALTERNATIVE, instruction.otherwise, position, 0)
        return at + 1
      case 'leaveAtomic':
        this.#cut(instruction.scope)
        return at + 1
      case 'leaveLook':
        this.#cut(instruction.scope)
        this.#position = this.#registers[instruction.position]!
        return at + 1
      case 'failLook':
        this.#unwind(instruction.scope, SUCCEEDS)
        return -1
      case 'match':
        return at
    }
  }

  /**
   * Returns the known outcome of a point. If none is known, arranges for failure to be recorded once
   * everything after it has failed.
   */
  #recall(point: number): number {
    const table = this.#memo?.table(point)
    if (table == null) return UNKNOWN
    const index = this.#memo!.index(point, this.#position, this.#registers)
    const known = table[index]!
    if (known === UNKNOWN) this.#stack.push(NOTE_FAILURE, point, index, 0)
    return known
  }

  /** Acts on a known outcome. Returns the address of the next instruction, or −1. */
  #conclude(known: number, point: number): number {
    const { scope } = this.#program.memoPoints[point]!
    if (known === COMMITS_AND_FAILS) this.#unwind(scope!, COMMITS_AND_FAILS)
    return known === SUCCEEDS ? scope!.end : -1
  }

  #run(instruction: Instruction & { op: 'run' }, at: number): number {
    const { set, step, min, max, memo } = instruction
    const text = this.#text
    const limit = step > 0 ? text.length : 0
    const offset = step > 0 ? 0 : -1
    // Only in an open run is the state at a position independent of how many units came before.
    const open = max === Number.POSITIVE_INFINITY
    const table = open && this.#memo !== undefined ? this.#memo.table(memo) : null
    const start = this.#position
    const stop = start + step * min
    let position = start
    let known = UNKNOWN
    for (;;) {
      const count = (position - start) * step
      if (table !== null && count >= min) {
        known = table[this.#memo!.index(memo, position, this.#registers)]!
        if (known !== UNKNOWN) break
      }
      if (position === limit || count === max || !set.has(text.charCodeAt(position + offset))) break
      position += step
    }
    this.#spend((position - start) * step)
    if ((position - stop) * step < 0) return -1
    if (known === FAILS) {
      if (position === stop) return -1
      position -= step
    } else if (known !== UNKNOWN) {
      // A greedy run leads here from all of its positions.
      this.#noteRun(known, at, position, stop)
      return this.#conclude(known, memo)
    }
    if (position !== stop || table !== null) this.#stack.push(RUN, at, position, stop)
    this.#position = position
    return at + 1
  }

  #loop(instruction: Instruction & { op: 'loop' }, at: number): number {
    const { state, min, max, lazy, exit, memo } = instruction
    const known = this.#recall(memo)
    if (known !== UNKNOWN) return this.#conclude(known, memo)
    const count = this.#registers[state.count]!
    if (count < min) return this.#iterate(state, at)
    // .NET accepts an empty iteration, and then leaves the loop.
    if (count >= max || this.#registers[state.mark] === this.#position) return exit
    // A lazy loop returns to the second half of this instruction, marked by the negative address.
    this.#stack.push(ALTERNATIVE, lazy ? -at - 1 : exit, this.#position, 0)
    return lazy ? exit : this.#iterate(state, at)
  }

  #iterate(state: LoopState, at: number): number {
    this.#setRegister(state.count, Math.min(this.#registers[state.count]! + 1, Math.max(state.limit, 1)))
    this.#setRegister(state.mark, this.#position)
    return at + 1
  }

  #close({ register, group, releases }: Instruction & { op: 'close' }): boolean {
    const entered = this.#registers[register]!
    let start = Math.min(entered, this.#position)
    let end = Math.max(entered, this.#position)
    if (releases !== -1) {
      const released = this.#captures[releases]
      if (released == null) return false
      // The new capture is what lies between the released one and this group.
      if (start >= released.end) {
        end = start
        start = released.end
      } else if (end <= released.start) start = released.start
      else {
        end = Math.min(end, released.end)
        start = Math.max(start, released.start)
      }
      this.#setCapture(releases, released.previous)
    }
    if (group !== -1) this.#setCapture(group, { start, end, previous: this.#captures[group]! })
    return true
  }

  #backreference({ group, ignoreCase, step }: Instruction & { op: 'backreference' }): boolean {
    const capture = this.#captures[group]
    if (capture == null) return false
    const length = capture.end - capture.start
    const from = step > 0 ? this.#position : this.#position - length
    if (from < 0 || from + length > this.#text.length) return false
    this.#spend(length)
    for (let i = 0; i < length; i++) {
      const a = this.#text.charCodeAt(capture.start + i)
      const b = this.#text.charCodeAt(from + i)
      if (a !== b && !(ignoreCase && lowerUnit(a) === lowerUnit(b))) return false
    }
    this.#position += step * length
    return true
  }

  /** Leaves an atomic group or lookaround that has matched: its choices are dropped, its captures stay undoable. */
  #cut(scope: Scope): void {
    const learn = this.#memo !== undefined && !scope.capturesInside
    const visited = this.#stack.filterAbove(this.#registers[scope.base]!, (kind, a, b, c) => {
      if (kind === REGISTER || kind === CAPTURE) return kind
      if (scope.kind === 'look') {
        if (learn) this.#note(scope, SUCCEEDS, kind, a, b, c)
        return -1
      }
      if (kind === NOTE_FAILURE) return this.#program.memoPoints[a]!.scope === scope ? NOTE_COMMIT : -1
      return kind === RUN && this.#isOpenRun(a, scope) ? NOTE_RUN_COMMIT : -1
    })
    this.#spend(visited)
  }

  #isOpenRun(at: number, scope: Scope): boolean {
    const run = this.#program.code[at] as Instruction & { op: 'run' }
    return (
      this.#memo !== undefined &&
      run.max === Number.POSITIVE_INFINITY &&
      this.#program.memoPoints[run.memo]!.scope === scope
    )
  }

  /**
   * The loop registers of a run inside a loop may have changed; its states can no longer be distinguished.
   */
  #isInLoop(at: number): boolean {
    const run = this.#program.code[at] as Instruction & { op: 'run' }
    return this.#program.memoPoints[run.memo]!.loops.length > 0
  }

  /** Records an outcome for the point of a frame of the scope. */
  #note(scope: Scope, outcome: number, kind: number, a: number, b: number, c: number): void {
    if (kind === NOTE_FAILURE) {
      if (this.#program.memoPoints[a]!.scope === scope) this.#memo!.table(a)![b] = outcome
    } else if (kind === RUN && this.#isOpenRun(a, scope) && !this.#isInLoop(a))
      this.#noteRun(outcome, a, b, c)
  }

  #noteRun(outcome: number, at: number, position: number, stop: number): void {
    const { memo, step } = this.#program.code[at] as Instruction & { op: 'run' }
    const table = this.#memo?.table(memo)
    if (table == null) return
    this.#spend(Math.abs(position - stop))
    for (let p = stop; ; p += step) {
      table[this.#memo!.index(memo, p, this.#registers)] = outcome
      if (p === position) return
    }
  }

  /** Restores the state at the scope's entry, when it has failed as a whole. */
  #unwind(scope: Scope, outcome: number): void {
    const base = this.#registers[scope.base]!
    while (this.#stack.height > base) {
      this.#stack.pop()
      const { height } = this.#stack
      const kind = this.#stack.field(height, 0)
      if (this.#undo(kind, height)) continue
      if (this.#memo !== undefined) {
        const [a, b, c] = [1, 2, 3].map((i) => this.#stack.field(height, i)) as [number, number, number]
        this.#note(scope, outcome, kind, a, b, c)
      }
      this.#spend(1)
    }
  }

  #undo(kind: number, height: number): boolean {
    const target = this.#stack.field(height, 1)
    if (kind === REGISTER) this.#registers[target] = this.#stack.field(height, 2)
    else if (kind === CAPTURE) this.#captures[target] = this.#undone.pop()!
    else return false
    return true
  }

  /** Returns to the last choice. Returns the address to continue at, or −1 if there is none. */
  #backtrack(): number {
    const stack = this.#stack
    while (stack.height > 0) {
      stack.pop()
      const { height } = stack
      const kind = stack.field(height, 0)
      if (this.#undo(kind, height)) continue
      const a = stack.field(height, 1)
      const b = stack.field(height, 2)
      const c = stack.field(height, 3)
      switch (kind) {
        case ALTERNATIVE:
          this.#position = b
          return a >= 0
            ? a
            : this.#iterate((this.#program.code[-a - 1] as Instruction & { op: 'loop' }).state, -a - 1)
        case RUN: {
          const { memo, step, max } = this.#program.code[a] as Instruction & { op: 'run' }
          const table = max === Number.POSITIVE_INFINITY ? this.#memo?.table(memo) : null
          if (table != null) table[this.#memo!.index(memo, b, this.#registers)] = FAILS
          if (b === c) break
          stack.push(RUN, a, b - step, c)
          this.#position = b - step
          return a + 1
        }
        case NOTE_FAILURE:
          this.#memo!.table(a)![b] = FAILS
          break
        case NOTE_COMMIT:
          this.#memo!.table(a)![b] = COMMITS_AND_FAILS
          break
        case NOTE_RUN_COMMIT:
          this.#noteRun(COMMITS_AND_FAILS, a, b, c)
          break
      }
    }
    return -1
  }
}
