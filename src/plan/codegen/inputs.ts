import { operandsOf } from '../../ir/children.js'
import type { IrNode } from '../../ir/node.js'
import { sharedNode, type Unit } from '../../ir/unit.js'
import type { SuppliedInput } from '../../values/supplied.js'
import { isClause } from './calls.js'
import { access, type Code, js } from './code.js'
import { inputVariable } from './emission.js'
import type { ModuleScope } from './module-scope.js'
import type { Writer } from './writer.js'

/**
 * Adds the inputs and the shared computations that a node needs; each shared computation is visited once.
 * @param isElsewhere whether a part reads its inputs itself
 */
export const collectInputs = (
  node: IrNode,
  unit: Unit,
  found: Set<number>,
  seen: Set<number>,
  isElsewhere: (part: IrNode) => boolean = () => false,
): void => {
  if (isElsewhere(node)) return
  if (node.op === 'input') found.add(node.index)
  if (node.op === 'shared' && !seen.has(node.index)) {
    seen.add(node.index)
    collectInputs(sharedNode(unit, node.index), unit, found, seen, isElsewhere)
  }
  for (const operand of operandsOf(node)) collectInputs(operand, unit, found, seen, isElsewhere)
}

/**
 * Inputs that the guard uses only in clauses. They are checked only when a clause needs them: checking the
 * kind of a text fetches it from memory, and most clauses are never reached.
 */
export const rawInputs = (guard: IrNode, unit: Unit): ReadonlySet<number> => {
  const raw = new Set<number>()
  const others = new Set<number>()
  const visit = (node: IrNode): void => {
    const [input] = isClause(node) ? node.args : []
    if (input?.op === 'input') raw.add(input.index)
    else if (node.op === 'input' || node.op === 'shared') collectInputs(node, unit, others, new Set())
    else for (const operand of operandsOf(node)) visit(operand)
  }
  visit(guard)
  return new Set(
    [...raw].filter((index) => {
      const input = unit.inputs[index]
      return input !== undefined && !others.has(index) && !input.supplied && !isInherited(input.name)
    }),
  )
}

/** Whether every object inherits a member of this name. */
const isInherited = (name: string): boolean => name in Object.prototype

/** Writes the code that reads the inputs of a record, each once. */
export class InputWriter {
  readonly #writer: Writer
  readonly #unit: Unit
  readonly #scope: ModuleScope
  readonly #read = new Set<number>()
  readonly #taken = new Set<number>()

  constructor(writer: Writer, unit: Unit, scope: ModuleScope) {
    this.#writer = writer
    this.#unit = unit
    this.#scope = scope
  }

  /** Whether the variable of an input holds a value of the language. */
  isTaken(index: number): boolean {
    return this.#taken.has(index)
  }

  /** Reads inputs into their variables: the raw ones unconverted, all others as values of the language. */
  write(inputs: readonly number[], raw: ReadonlySet<number>): void {
    if (inputs.length > 0 && this.#read.size === 0) this.#writePlainRecord()
    for (const index of inputs) {
      if (!this.#read.has(index)) this.#writeRead(index)
      if (!raw.has(index) && !this.#taken.has(index)) this.#writeTake(index)
    }
  }

  /**
   * After a member is read, V8 knows the prototype from the record's shape. An attribute must not be read
   * before, for it could be an accessor that the record inherits; `constructor` can, and in doubt
   * `plainRecord` decides.
   */
  #writePlainRecord(): void {
    const isUsual = js`record.constructor === Object && Object.getPrototypeOf(record) === Object.prototype`
    this.#writer.line(js`if (!(${isUsual})) record = ${this.#scope.runtime('plainRecord')}(record)`)
  }

  /** Names that every object inherits are read with a check; every other name has its own access site. */
  #writeRead(index: number): void {
    const { name = '' } = this.#unit.inputs[index] ?? {}
    const value = isInherited(name)
      ? js`${this.#scope.runtime('readAttribute')}(record, ${name})`
      : js`record${access(name)}`
    this.#writer.line(js`let ${inputVariable(index)} = ${value}`)
    this.#read.add(index)
  }

  #writeTake(index: number): void {
    const { name = '', supplied } = this.#unit.inputs[index] ?? {}
    const variable = inputVariable(index)
    if (!isInherited(name)) {
      const isOther = js`${variable} !== null && typeof ${variable} !== 'string' && typeof ${variable} !== 'boolean'`
      this.#writer.line(js`if (${isOther}) ${variable} = ${this.#scope.runtime('fromInput')}(${variable})`)
    }
    if (supplied !== undefined) this.#writeSupplied(variable, supplied)
    this.#taken.add(index)
  }

  /** The value that the service computes if the object does not have it, as in `suppliedValue`. */
  #writeSupplied(variable: Code, kind: SuppliedInput): void {
    this.#writer.line(this.#supplied(variable, kind))
  }

  #supplied(variable: Code, kind: SuppliedInput): Code {
    switch (kind) {
      case 'isSoftDeleted':
        return js`if (${variable} === null) ${variable} = inactive`
      case 'userPrincipalName':
        return js`${variable} = ${this.#scope.runtime('withoutGuestMark')}(${variable})`
      case 'originalUserPrincipalName':
        return js`if (${variable} === null) ${variable} = ${this.#scope.runtime('fromInput')}(record.userPrincipalName)`
    }
  }
}
