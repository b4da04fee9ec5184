import type { Expression, FunctionCall, Argument as SyntaxArgument } from '../../src/syntax/ast.js'
import type { EvaluationContext } from '../../src/values/context.js'
import { compare, holds } from './compare.js'
import { functions } from './functions.js'
import { type Argument, callFunction, kindAt, type OracleFunction } from './protocol.js'
import { Failure, fail, fromJson, Marker, type OracleValue, text } from './value.js'

/** What an evaluation comes to: a value, null, a marker, or the code of the evaluation error. */
export type OracleOutcome =
  | { readonly kind: 'value'; readonly value: Exclude<OracleValue, null> }
  | { readonly kind: 'null' | 'ignoreAttribute' | 'ignoreObject' }
  | { readonly kind: 'error'; readonly code: string }

/**
 * The meaning of an expression without errors, computed by walking its syntax tree. It shares nothing with what
 * it judges but the tree, the context and the behaviour of .NET, which has golden vectors of its own.
 */
export const evaluate = (
  expression: Expression,
  record: Readonly<Record<string, unknown>>,
  context: EvaluationContext,
): OracleOutcome => {
  try {
    const value = new Walk(record, context).value(expression)
    return value === null ? { kind: 'null' } : { kind: 'value', value }
  } catch (thrown) {
    if (thrown instanceof Marker) return { kind: thrown.kind }
    if (thrown instanceof Failure) return { kind: 'error', code: thrown.code }
    throw thrown
  }
}

class Walk {
  readonly #record: Readonly<Record<string, unknown>>
  readonly #context: EvaluationContext

  constructor(record: Readonly<Record<string, unknown>>, context: EvaluationContext) {
    this.#record = record
    this.#context = context
  }

  value(node: Expression): OracleValue {
    switch (node.type) {
      case 'StringLiteral':
      case 'IntegerLiteral':
        return node.value
      case 'DecimalLiteral':
        return fromJson(Number(node.text))
      case 'AttributeReference':
        return fromJson(Object.getOwnPropertyDescriptor(this.#record, node.name)?.value)
      case 'Placeholder':
        return (
          (Object.getOwnPropertyDescriptor(this.#context.settings.placeholders, node.name)
            ?.value as string) ?? fail('AF5004')
        )
      case 'Name':
        return this.#name(node.name)
      case 'Comparison': {
        const [left, right] = [node.left, node.right].map((operand) => ({
          value: this.value(operand),
          isEmptyLiteral: operand.type === 'StringLiteral' && operand.value === '',
        }))
        return compare(node.operator, left!, right!, this.#context.settings.nullComparison)
      }
      case 'Concatenation':
        return callFunction(
          functions.get('&')!,
          [this.value(node.left), this.value(node.right)],
          this.#context,
        )
      case 'FunctionCall':
        return this.#call(node)
      case 'InvalidExpression':
        throw new TypeError('only expressions without errors have a value')
    }
  }

  #name(name: string): OracleValue {
    switch (name) {
      case 'True':
        return true
      case 'False':
        return false
      case 'NULL':
        return null
      case 'IgnoreAttributeFlow':
        throw new Marker('ignoreAttribute')
      case 'IgnoreObjectFlow':
        throw new Marker('ignoreObject')
      default:
        return name
    }
  }

  /** The value of an argument that may be blank: a blank one is null. */
  #orNull(argument: SyntaxArgument | undefined): OracleValue {
    return argument === undefined || argument.type === 'OmittedArgument' ? null : this.value(argument)
  }

  #call(call: FunctionCall): OracleValue {
    const folds = this.#context.settings.caseInsensitiveFunctions
    const name = folds ? spelling(call.name) : call.name
    switch (name) {
      case 'IIF':
        return this.#orNull(call.arguments[holds(this.#orNull(call.arguments[0])) ? 1 : 2])
      case 'Switch':
        return this.#switch(withoutTrailingBlanks(call, 2))
      case 'Coalesce':
        return this.#coalesce(withoutTrailingBlanks(call, 0))
      case 'SelectUniqueValue':
        return this.#selectUnique(withoutTrailingBlanks(call, 0))
    }
    const callee = functions.get(name)
    if (callee === undefined) throw new TypeError(`the oracle does not know ${name}`)
    return callFunction(callee, this.#arguments(name, callee, call), this.#context)
  }

  /** The arguments at the positions of the parameters, evaluated left to right. */
  #arguments(name: string, callee: OracleFunction, call: FunctionCall): Argument[] {
    const repeating = callee.repeats === true ? callee.parameters.length - 1 : Number.POSITIVE_INFINITY
    const given = withoutTrailingBlanks(call, repeating)
    // FormatDateTime(source, input, output) leaves the styles out.
    const skipsStyles = name === 'FormatDateTime' && given.length === 3
    const positions = skipsStyles ? [0, 2, 3] : [...given.keys()]
    const args: Argument[] = Array.from({ length: callee.parameters.length }, () => undefined)
    given.forEach((argument, index) => {
      const position = positions[index]!
      if (argument.type !== 'OmittedArgument') {
        args[position] = this.#argument(argument, kindAt(callee, position).startsWith('integer'))
      } else if (position >= repeating) args[position] = null
    })
    return given.length <= repeating && repeating < args.length ? args.slice(0, repeating) : args
  }

  /** Where an integer is needed, `"&HF"` is written for `&HF`. */
  #argument(argument: Expression, isInteger: boolean): OracleValue {
    const hex =
      isInteger && argument.type === 'StringLiteral' ? /^&H([0-9a-f]+)$/i.exec(argument.value) : null
    return hex === null ? this.value(argument) : BigInt(`0x${hex[1]}`)
  }

  /** Semantics 17: by text, null as "", first match wins, only the chosen value is evaluated. */
  #switch([source, fallback, ...pairs]: readonly SyntaxArgument[]): OracleValue {
    const key = (value: OracleValue): string => (Array.isArray(value) ? fail('AF5003') : (text(value) ?? ''))
    const wanted = key(this.#orNull(source))
    for (let i = 0; i < pairs.length; i += 2) {
      if (key(this.#orNull(pairs[i])) === wanted) return this.#orNull(pairs[i + 1])
    }
    return this.#orNull(fallback)
  }

  /** Semantics 18; an attribute without elements is absent. */
  #coalesce(sources: readonly SyntaxArgument[]): OracleValue {
    const skipsEmpty = this.#context.settings.coalesceSkipsEmpty
    for (const source of sources.slice(0, -1)) {
      const value = this.#orNull(source)
      const isMissing = value === null || (Array.isArray(value) && value.length === 0)
      if (!isMissing && !(value === '' && skipsEmpty)) return value
    }
    return this.#orNull(sources.at(-1))
  }

  /** Semantics 25. */
  #selectUnique(candidates: readonly SyntaxArgument[]): OracleValue {
    let hasCandidate = false
    for (const candidate of candidates) {
      const value = this.#orNull(candidate)
      const name = Array.isArray(value) ? fail('AF5003') : text(value)
      if (name === null || name === '') continue
      hasCandidate = true
      if (this.#context.isTaken?.(name) !== true) return name
    }
    return hasCandidate ? fail('AF5006') : null
  }
}

/** Trailing blanks in the repeating part, which begins at `start`, are no arguments (semantics 3). */
const withoutTrailingBlanks = (call: FunctionCall, start: number): readonly SyntaxArgument[] => {
  const last = call.arguments.findLastIndex((argument) => argument.type !== 'OmittedArgument')
  return call.arguments.slice(0, Math.max(last + 1, Math.min(start, call.arguments.length)))
}

const names = ['IIF', 'Switch', 'Coalesce', 'SelectUniqueValue', ...functions.keys()]

const spelling = (name: string): string =>
  names.find((known) => known.toLowerCase() === name.toLowerCase()) ?? name
