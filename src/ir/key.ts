import { FlowMarker } from '../values/marker.js'
import type { IrNode } from './node.js'

/** Combines two fingerprints; not negative. */
export const mixed = (a: number, b: number): number => (Math.imul(a, 31) + b) & 0x3fffffff

const textMark = (text: string): number => {
  let mark = text.length
  for (let i = 0; i < text.length; i++) mark = mixed(mark, text.charCodeAt(i))
  return mark
}

/**
 * The contribution of a node to a fingerprint, without its operands; not negative. Equal keys have equal
 * fingerprints, but not vice versa.
 */
export const markOf = (node: IrNode): number => {
  switch (node.op) {
    case 'constant':
      return typeof node.value === 'string'
        ? textMark(node.value)
        : typeof node.value === 'number'
          ? node.value & 0x3fffffff
          : 0
    case 'input':
    case 'shared':
      return node.index
    case 'call':
      return textMark(node.callee.name)
    default:
      return textMark(node.op)
  }
}

/** Numbers the callees and settings objects, which are compared by identity. */
export class NodeKeys {
  readonly #identities = new Map<unknown, number>()
  readonly #keys = new WeakMap<IrNode, string>()

  /** Equal for two nodes exactly if they compute the same from the same inputs. Positions do not matter. */
  keyOf(node: IrNode): string {
    const known = this.#keys.get(node)
    if (known !== undefined) return known
    // A fault reports its site, so a redacted part must not share a key with an equal part that is not
    // redacted.
    const key =
      'site' in node && node.site.redacted === true ? `redacted ${this.#make(node)}` : this.#make(node)
    this.#keys.set(node, key)
    return key
  }

  #identity(object: unknown): number {
    let number = this.#identities.get(object)
    if (number === undefined) {
      number = this.#identities.size
      this.#identities.set(object, number)
    }
    return number
  }

  #literal(value: unknown): string {
    if (typeof value === 'string') return JSON.stringify(value)
    if (typeof value === 'bigint') return `${value}n`
    if (value instanceof FlowMarker || (typeof value === 'object' && value !== null))
      return `#${this.#identity(value)}`
    return String(value)
  }

  #make(node: IrNode): string {
    const all = (nodes: readonly (IrNode | undefined)[]): string =>
      nodes.map((operand) => (operand === undefined ? '' : this.keyOf(operand))).join(',')
    switch (node.op) {
      case 'constant':
        return this.#literal(node.value)
      case 'input':
        return `[${node.index}]`
      case 'shared':
        return `$${node.index}`
      case 'call':
        return `call ${this.#identity(node.callee.made === undefined ? node.callee : node.callee.evaluate)}(${all(node.args)};${node.extra.map((value) => this.#literal(value)).join(',')})`
      case 'conditional':
        return `if(${all([node.test, node.chosen, node.otherwise])})`
      case 'switch':
        return `switch(${this.keyOf(node.source)};${all(node.cases.flatMap(({ key, value }) => [key, value]))};${this.keyOf(node.otherwise)})`
      case 'coalesce':
        return `coalesce${node.skipsEmpty}(${all(node.args)})`
      case 'selectUnique':
        return `unique(${all(node.candidates)})`
      case 'compare':
        return `cmp${node.operator}${node.absent}${node.literalEmpty}(${all([node.left, node.right])})`
      case 'test':
        return `test(${this.keyOf(node.value)})`
      case 'escape':
        return `escape(${this.keyOf(node.value)})`
      case 'logic':
        return `${node.kind}(${all(node.operands)})`
      case 'template':
        return this.keyOf(node.otherwise)
      case 'fail':
        return `fail(${node.code}${JSON.stringify(node.args)})`
    }
  }
}
