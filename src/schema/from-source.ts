import { bindCalls } from '../check/bind.js'
import type { BoundCalls } from '../check/bound.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { type FunctionDefinition, parameterAt } from '../functions/define.js'
import type { FunctionLibrary } from '../functions/library.js'
import type { Argument, ComparisonOperator, Expression, FunctionCall } from '../syntax/ast.js'
import { MAX_DEPTH } from '../syntax/grammar.js'
import { parseExpression } from '../syntax/parser.js'
import { closest } from '../text/suggest.js'
import { blank, keysOf, layout, repeatingPart, takesInteger } from './argument-layout.js'
import { type SourceType, sourceTypes } from './enums.js'
import { didYouMean, Findings } from './findings.js'
import { liftDiagnostic } from './locate.js'
import type { SchemaObject } from './model.js'
import { numberLiteral } from './number-literal.js'
import { parsedText } from './parsed-text.js'

/** A stored tree; clients omit the parts that can be rebuilt. */
export interface SourceInput extends SchemaObject {
  /** Default Attribute. */
  readonly type?: SourceType | null
  readonly name?: string | null
  readonly expression?: string | null
  readonly parameters?: readonly ParameterInput[] | null
}

/** One argument of a {@link SourceInput}. */
export interface ParameterInput extends SchemaObject {
  readonly key: string
  readonly value?: SourceInput | null
}

/** The result of {@link fromSource}. */
export interface FromSourceResult {
  /** Spans are empty. Parts that were not understood are `InvalidExpression` nodes. */
  readonly expression: Expression
  /** With JSON paths. */
  readonly diagnostics: readonly Diagnostic[]
}

const span = { start: 0, end: 0 }
const invalid: Expression = { type: 'InvalidExpression', span }
const operators: readonly string[] = ['=', '<>', '<', '<=', '>', '>='] satisfies ComparisonOperator[]

/** An argument of the tree, before its value is converted. */
interface Slot {
  readonly position: number
  /** Three entries for the condition of IIF, otherwise one. */
  readonly entries: readonly [Entry] | readonly [Entry, Entry, Entry]
}

interface Entry {
  readonly parameter: ParameterInput
  readonly givenPath: string
}

/**
 * Converts a stored tree to an expression. Never throws: unknown functions, unknown keys and missing members
 * are diagnostics. Only the tree counts. From the text of its root, if any, only trailing blanks of a call
 * and its shorter form are used, because a tree does not store them. Without text, all declared positions are
 * written.
 * @param givenPath the JSON path of the tree, for one made by hand
 */
export const fromSource = (
  source: SourceInput,
  library: FunctionLibrary,
  givenPath = '$',
): FromSourceResult => {
  const text = source.expression ?? ''
  const guide = source.type === 'Function' && text.trim() !== '' ? parsedText(source).expression : undefined
  const reader = new TreeReader(library, guide === undefined ? new Map() : bindCalls(guide, library))
  const expression = reader.read(source, givenPath, guide, undefined, 0)
  return { expression, diagnostics: reader.findings.diagnostics }
}

/** The place of a node: its function and position, which decide how a constant is read. */
interface ParameterPosition {
  readonly definition: FunctionDefinition
  readonly position: number
}

class TreeReader {
  readonly findings: Findings = new Findings()
  readonly #library: FunctionLibrary
  /** The calls in the text that belongs to the tree. */
  readonly #guides: BoundCalls

  constructor(library: FunctionLibrary, guides: BoundCalls) {
    this.#library = library
    this.#guides = guides
  }

  read(
    source: SourceInput,
    givenPath: string,
    guide: Argument | undefined,
    at: ParameterPosition | undefined,
    depth: number,
  ): Expression {
    if (depth > MAX_DEPTH) {
      this.findings.add('AF3011', source, givenPath, undefined, { limit: MAX_DEPTH })
      return invalid
    }
    const type = source.type ?? 'Attribute'
    const { name } = source
    if (typeof name !== 'string') return this.#fromText(source, type, givenPath)
    switch (type) {
      case 'Attribute':
        return { type: 'AttributeReference', span, name }
      case 'Constant':
        return constant(source, name, at)
      case 'Function':
        return this.#call(source, name, givenPath, guide, depth)
      default:
        this.findings.add('AF4004', source, givenPath, 'type', {
          member: 'type',
          value: String(type),
          values: sourceTypes.join(', '),
        })
        return invalid
    }
  }

  /** Without a name, only the text says what the node is. */
  #fromText(source: SourceInput, type: SourceType, givenPath: string): Expression {
    const text = source.expression ?? ''
    if (text.trim() === '') {
      this.findings.add('AF4112', source, givenPath, undefined, { type, member: 'a name or an expression' })
      return invalid
    }
    const { expression, diagnostics } = parsedText(source)
    for (const d of diagnostics)
      this.findings.diagnostics.push(liftDiagnostic(d, source, 'expression', givenPath))
    return expression
  }

  #call(
    source: SourceInput,
    name: string,
    givenPath: string,
    guide: Argument | undefined,
    depth: number,
  ): FunctionCall {
    const entries = (source.parameters ?? []).map(
      (parameter, index): Entry => ({ parameter, givenPath: `${givenPath}.parameters[${index}]` }),
    )
    const definition = this.#library.get(name)
    if (definition === undefined) {
      const names = this.#library.all().map((known) => known.name)
      this.findings.add('AF2001', source, givenPath, 'name', { name }, didYouMean(closest(name, names)))
      const args = entries.map((entry) => this.#value(entry, undefined, undefined, depth))
      return { type: 'FunctionCall', span, name, nameSpan: span, arguments: args }
    }
    const slots = new Map(this.#slots(definition, entries).map((slot) => [slot.position, slot]))
    const call = guide?.type === 'FunctionCall' ? this.#guides.get(guide) : undefined
    const args = layout(definition, slots, call).map(({ position, guide: inner }): Argument => {
      const slot = position === undefined ? undefined : slots.get(position)
      return slot === undefined ? blank : this.#argument(definition, slot, inner, depth)
    })
    const none = args.every((argument) => argument.type === 'OmittedArgument')
    // One blank alone between parentheses is not an argument.
    return { type: 'FunctionCall', span, name, nameSpan: span, arguments: none ? [] : args }
  }

  #argument(
    definition: FunctionDefinition,
    { position, entries }: Slot,
    guide: Argument | undefined,
    depth: number,
  ): Expression {
    const at = { definition, position }
    const [left, operator, right] = entries
    if (operator === undefined || right === undefined) return this.#value(left, guide, at, depth)
    const sides = guide?.type === 'Comparison' ? guide : undefined
    return {
      type: 'Comparison',
      span,
      operatorSpan: span,
      left: this.#value(left, sides?.left, at, depth),
      operator: this.#operator(operator),
      right: this.#value(right, sides?.right, at, depth),
    }
  }

  #operator({ parameter, givenPath }: Entry): ComparisonOperator {
    const name = parameter.value?.name ?? ''
    if (!operators.includes(name)) {
      const args = { member: parameter.key, value: JSON.stringify(name), values: operators.join(' ') }
      this.findings.add('AF4004', parameter, givenPath, 'value', args)
      return '='
    }
    return name as ComparisonOperator
  }

  #value(
    { parameter, givenPath }: Entry,
    guide: Argument | undefined,
    at: ParameterPosition | undefined,
    depth: number,
  ): Expression {
    const { value } = parameter
    if (value !== null && value !== undefined)
      return this.read(value, `${givenPath}.value`, guide, at, depth + 1)
    this.findings.add('AF4005', parameter, givenPath, 'value', { member: 'value' })
    return invalid
  }

  /** Assigns the entries of a tree to the declared positions. */
  #slots(definition: FunctionDefinition, entries: readonly Entry[]): readonly Slot[] {
    const slots: Slot[] = []
    const taken = new Set<Entry>()
    const take = (key: string): Entry | undefined => {
      const found = entries.filter(({ parameter }) => parameter.key === key)
      for (const entry of found) taken.add(entry)
      for (const { parameter, givenPath } of found.slice(1))
        this.findings.add('AF4117', parameter, givenPath, 'key', { function: definition.name, key })
      return found[0]
    }
    const { start } = repeatingPart(definition)
    definition.parameters.slice(0, start).forEach(({ key }, position) => {
      const entry = take(key)
      const isCondition = definition.form === 'conditional' && position === 0
      const rest = isCondition ? [take('two'), take('three')] : []
      const found = [entry, ...rest].filter((one) => one !== undefined)
      const [first, second, third] = found
      if (first === undefined) return
      if (isCondition && second !== undefined && third === undefined)
        this.findings.add('AF4112', first.parameter, first.givenPath, undefined, {
          type: 'Function',
          member: 'one, two and three, or one alone',
        })
      slots.push({
        position,
        entries: second === undefined || third === undefined ? [first] : [first, second, third],
      })
    })
    const keys = new Set(definition.parameters.slice(start).map(({ key }) => key))
    entries
      .filter(({ parameter }) => keys.has(parameter.key))
      .forEach((entry, index) => {
        taken.add(entry)
        slots.push({ position: start + index, entries: [entry] })
      })
    for (const entry of entries) if (!taken.has(entry)) this.#unknownKey(definition, entry)
    return slots
  }

  #unknownKey(definition: FunctionDefinition, { parameter, givenPath }: Entry): void {
    const known = keysOf(definition)
    const args = { function: definition.name, key: parameter.key, keys: known.join(', ') || 'none' }
    this.findings.add('AF4116', parameter, givenPath, 'key', args, didYouMean(closest(parameter.key, known)))
  }
}

/**
 * A constant is a bare word or placeholder if its own text says so; otherwise a number if the parameter takes
 * one, else text.
 */
const constant = (
  { expression }: SourceInput,
  name: string,
  at: ParameterPosition | undefined,
): Expression => {
  const parameter = at && parameterAt(at.definition, at.position)
  const text = expression?.trim() ?? ''
  const isWord = text === name || (text === '' && (name.startsWith('%') || parameter?.values?.includes(name)))
  if (isWord) {
    const bare = parseExpression(name)
    const { type } = bare.expression
    if (bare.diagnostics.length === 0 && (type === 'Name' || type === 'Placeholder'))
      return { ...bare.expression, span }
  }
  const number = at && takesInteger(at.definition, at.position) ? numberLiteral(name, span) : undefined
  return number ?? { type: 'StringLiteral', span, value: name }
}
