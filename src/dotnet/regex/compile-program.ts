import { hasCaptures, isNullable, type RegexNode, type RegexPattern, some, unitSet } from './ast.js'
import type { Instruction, LoopState, MemoPoint, Program, Scope } from './program.js'

/** Above this many instructions, nothing is unrolled. */
const UNROLL_BUDGET = 400

class Compiler {
  readonly code: Instruction[] = []
  readonly memoPoints: MemoPoint[] = []
  registers = 0
  #loops: LoopState[] = []
  #scope: Scope | undefined
  readonly #slots: ReadonlyMap<number, number>

  constructor(slots: ReadonlyMap<number, number>) {
    this.#slots = slots
  }

  emit<T extends Instruction>(instruction: T): T {
    this.code.push(instruction)
    return instruction
  }

  #slot(group: number): number {
    return group === -1 ? -1 : this.#slots.get(group)!
  }

  #memoPoint(): number {
    const loops = [...this.#loops]
    const states = loops.reduce((product, loop) => product * (loop.limit + 1) * 2, 1)
    return this.memoPoints.push({ loops, states, scope: this.#scope }) - 1
  }

  node(node: RegexNode, behind: boolean): void {
    const step = behind ? -1 : 1
    switch (node.type) {
      case 'empty':
        return
      case 'character':
        this.emit({ op: 'character', code: node.code, step })
        return
      case 'set':
        this.emit({ op: 'set', set: node.set, step })
        return
      case 'anchor':
        this.emit({ op: 'anchor', kind: node.kind })
        return
      case 'concat':
        for (const item of behind ? node.items.toReversed() : node.items) this.node(item, behind)
        return
      case 'alternation':
        this.#alternation(node.items, behind)
        return
      case 'capture': {
        const register = this.registers++
        this.emit({ op: 'open', register })
        this.node(node.body, behind)
        this.emit({
          op: 'close',
          register,
          group: this.#slot(node.group),
          releases: this.#slot(node.releases),
        })
        return
      }
      case 'loop':
        this.#loop(node, behind)
        return
      case 'atomic':
        this.#scoped('atomic', node.body, behind, (scope) => this.emit({ op: 'leaveAtomic', scope }))
        return
      case 'look': {
        const enter = this.#scoped('look', node.body, node.behind, (scope, position) =>
          node.negative
            ? this.emit({ op: 'failLook', scope })
            : this.emit({ op: 'leaveLook', scope, position }),
        )
        if (node.negative) enter.otherwise = this.code.length
        return
      }
      case 'backreference':
        this.emit({ op: 'backreference', group: this.#slot(node.group), ignoreCase: node.ignoreCase, step })
        return
      case 'groupConditional': {
        const test = this.emit({ op: 'testGroup', group: this.#slot(node.group), no: -1 })
        this.#branches(node, behind, (no) => {
          test.no = no
        })
        return
      }
      case 'conditional': {
        const enter = this.#scoped('look', node.condition, behind, (scope, position) =>
          this.emit({ op: 'leaveLook', scope, position }),
        )
        this.#branches(node, behind, (no) => {
          enter.otherwise = no
        })
        return
      }
    }
  }

  #branches(node: { yes: RegexNode; no: RegexNode }, behind: boolean, setNo: (target: number) => void): void {
    this.node(node.yes, behind)
    const skip = this.emit({ op: 'jump', target: -1 })
    setNo(this.code.length)
    this.node(node.no, behind)
    skip.target = this.code.length
  }

  #scoped(
    kind: Scope['kind'],
    body: RegexNode,
    behind: boolean,
    leave: (scope: Scope, position: number) => void,
  ): { otherwise: number } {
    const scope: Scope = { kind, base: this.registers++, end: -1, capturesInside: hasCaptures(body) }
    const position = this.registers++
    const enter = this.emit({ op: 'enter', scope, position, otherwise: -1 })
    const outer = { loops: this.#loops, scope: this.#scope }
    if (kind === 'look') this.#loops = []
    this.#scope = scope
    this.node(body, behind)
    this.#loops = outer.loops
    this.#scope = outer.scope
    scope.end = this.code.length
    leave(scope, position)
    return enter
  }

  #alternation(items: readonly RegexNode[], behind: boolean): void {
    const exits: { target: number }[] = []
    items.forEach((item, i) => {
      if (i === items.length - 1) {
        this.node(item, behind)
        return
      }
      const split = this.emit({
        op: 'split',
        first: this.code.length + 1,
        second: -1,
        memo: this.#memoPoint(),
      })
      this.node(item, behind)
      exits.push(this.emit({ op: 'jump', target: -1 }))
      split.second = this.code.length
    })
    for (const exit of exits) exit.target = this.code.length
  }

  #split(lazy: boolean): (body: number, exit: number) => void {
    const split = this.emit({ op: 'split', first: -1, second: -1, memo: this.#memoPoint() })
    return (body, exit) => {
      split.first = lazy ? exit : body
      split.second = lazy ? body : exit
    }
  }

  #loop(node: RegexNode & { type: 'loop' }, behind: boolean): void {
    const { body, min, max, lazy } = node
    const set = unitSet(body)
    if (!lazy && set !== undefined) {
      this.emit({ op: 'run', set, step: behind ? -1 : 1, min, max, memo: this.#memoPoint() })
    } else if (min === 0 && max === 1) {
      const join = this.#split(lazy)
      const start = this.code.length
      this.node(body, behind)
      join(start, this.code.length)
    } else if (isNullable(body)) this.#countedLoop(node, behind)
    else if (max === Number.POSITIVE_INFINITY && min <= 1) {
      const skip = min === 0 ? this.emit({ op: 'jump', target: -1 }) : undefined
      const start = this.code.length
      this.node(body, behind)
      if (skip !== undefined) skip.target = this.code.length
      this.#split(lazy)(start, this.code.length)
    } else if ((Number.isFinite(max) ? max : min) * nodeCount(body) + this.code.length <= UNROLL_BUDGET) {
      this.#unrolledLoop(node, behind)
    } else this.#countedLoop(node, behind)
  }

  #unrolledLoop({ body, min, max, lazy, start, end }: RegexNode & { type: 'loop' }, behind: boolean): void {
    for (let i = 0; i < min; i++) this.node(body, behind)
    if (max === Number.POSITIVE_INFINITY) {
      this.node({ type: 'loop', min: 0, max, lazy, body, start, end }, behind)
      return
    }
    const joins: ((exit: number) => void)[] = []
    for (let i = min; i < max; i++) {
      const join = this.#split(lazy)
      const bodyStart = this.code.length
      joins.push((exit) => join(bodyStart, exit))
      this.node(body, behind)
    }
    for (const join of joins) join(this.code.length)
  }

  #countedLoop({ body, min, max, lazy }: RegexNode & { type: 'loop' }, behind: boolean): void {
    const limit = Number.isFinite(max) ? max : Math.max(1, min)
    const state: LoopState = { count: this.registers++, mark: this.registers++, limit }
    this.emit({ op: 'loopStart', state })
    const outer = this.#loops
    this.#loops = [...outer, state]
    const head = this.code.length
    const loop = this.emit({ op: 'loop', state, min, max, lazy, exit: -1, memo: this.#memoPoint() })
    this.node(body, behind)
    this.#loops = outer
    this.emit({ op: 'jump', target: head })
    loop.exit = this.code.length
  }
}

const nodeCount = (node: RegexNode): number => {
  let count = 0
  some(node, () => {
    count++
    return false
  })
  return count
}

/** Compiles a pattern for the matcher. */
export const compileProgram = (pattern: RegexPattern): Program => {
  const { root, groups } = pattern
  const compiler = new Compiler(groups.slots)
  compiler.node(root, false)
  compiler.emit({ op: 'match' })
  return {
    code: compiler.code,
    registers: compiler.registers,
    memoPoints: compiler.memoPoints,
    memoizable: !some(
      root,
      (node) =>
        node.type === 'backreference' ||
        node.type === 'groupConditional' ||
        (node.type === 'capture' && node.releases !== -1),
    ),
    usesScanStart: some(root, (node) => node.type === 'anchor' && node.kind === 'scanStart'),
    groups: groups.numbers,
  }
}
