import { bindArguments, effectiveArguments } from '../check/arguments.js'
import type { CheckedExpression } from '../check/checker.js'
import type { CheckEnvironment } from '../check/environment.js'
import type { FunctionDefinition, Parameter } from '../functions/define.js'
import type { Argument, Comparison, Concatenation, Expression, FunctionCall, Name } from '../syntax/ast.js'
import { hexFromText, integerFromText } from '../values/convert.js'
import type { Site } from '../values/fault.js'
import { ignoreAttributeFlow, ignoreObjectFlow } from '../values/marker.js'
import { ANY, BOOLEAN, LIST, NULL, overlaps, STRING, type StaticType } from '../values/static-type.js'
import { fromInput, integer } from '../values/value.js'
import { asArgument, asCondition, constant } from './build.js'
import { concatenation } from './concatenation.js'
import type { InputTable } from './inputs.js'
import type { CallNode, IrNode, Yield } from './node.js'
import { parameterFor } from './parameters.js'
import { markRedacted } from './redaction.js'

const constants: ReadonlyMap<string, Yield> = new Map<string, Yield>([
  ['True', true],
  ['False', false],
  ['NULL', null],
  ['IgnoreAttributeFlow', ignoreAttributeFlow],
  ['IgnoreObjectFlow', ignoreObjectFlow],
])

/**
 * Lowers a checked expression without errors into a node over the inputs of a unit. Names, argument positions,
 * settings and laziness are resolved here; what is left for the backends is evaluation alone.
 */
export const lowerExpression = (
  checked: CheckedExpression,
  environment: CheckEnvironment,
  inputs: InputTable,
): IrNode =>
  markRedacted(new Lowering(checked, environment, inputs).lower(checked.expression, []), checked.callees)

class Lowering {
  readonly #checked: CheckedExpression
  readonly #environment: CheckEnvironment
  readonly #inputs: InputTable

  constructor(checked: CheckedExpression, environment: CheckEnvironment, inputs: InputTable) {
    this.#checked = checked
    this.#environment = environment
    this.#inputs = inputs
  }

  /** Lowers an expression; `calls` are the names of the calls around it. */
  lower(node: Expression, calls: readonly string[]): IrNode {
    switch (node.type) {
      case 'StringLiteral':
        return constant(node.value, node.span)
      case 'IntegerLiteral':
        return constant(integer(node.value), node.span)
      case 'DecimalLiteral':
        return constant(fromInput(Number(node.text)), node.span)
      case 'AttributeReference':
        return { op: 'input', index: this.#inputs.indexOf(node.name), type: ANY, span: node.span }
      case 'Placeholder':
        return this.#placeholder(node, calls)
      case 'Name':
        return this.#name(node)
      case 'FunctionCall':
        return this.#call(node, calls)
      case 'Comparison':
        return this.#comparison(node, calls)
      case 'Concatenation':
        return this.#concatenation(node, calls)
      case 'InvalidExpression':
        throw new TypeError('an expression with syntax errors cannot be lowered')
    }
  }

  #argument(node: Expression, calls: readonly string[]): IrNode {
    return asArgument(this.lower(node, calls))
  }

  /** A branch, key, default or candidate; a blank one is null. */
  #orNull(argument: Argument | undefined, calls: readonly string[], call: FunctionCall): IrNode {
    if (argument === undefined) return constant(null, { start: call.span.end - 1, end: call.span.end - 1 })
    return argument.type === 'OmittedArgument' ? constant(null, argument.span) : this.lower(argument, calls)
  }

  #placeholder(node: Extract<Expression, { type: 'Placeholder' }>, calls: readonly string[]): IrNode {
    const { placeholders } = this.#environment.settings
    if (Object.hasOwn(placeholders, node.name)) return constant(placeholders[node.name]!, node.span)
    const site = { span: node.span, calls }
    return { op: 'fail', code: 'AF5004', args: { name: `%${node.name}%` }, type: 0, span: node.span, site }
  }

  #name(node: Name): IrNode {
    const value = constants.get(node.name)
    // Any other name is an enum value, which the checker has found among its parameter's values.
    return constant(value === undefined ? node.name : value, node.span)
  }

  #comparison(node: Comparison, calls: readonly string[]): IrNode {
    const inner = [...calls, node.operator]
    const left = this.#argument(node.left, inner)
    const right = this.#argument(node.right, inner)
    const isEmpty = (operand: Expression): boolean => operand.type === 'StringLiteral' && operand.value === ''
    const literalEmpty = isEmpty(node.left)
      ? isEmpty(node.right)
        ? 'both'
        : 'left'
      : isEmpty(node.right)
        ? 'right'
        : ''
    return {
      op: 'compare',
      operator: node.operator,
      left,
      right,
      absent: this.#environment.settings.nullComparison === 'service' ? 'fails' : 'empty',
      literalEmpty,
      type: BOOLEAN,
      span: node.span,
      site: { span: node.span, calls: inner },
    }
  }

  #concatenation(node: Concatenation, calls: readonly string[]): IrNode {
    const inner = [...calls, '&']
    const args = [this.#argument(node.left, inner), this.#argument(node.right, inner)]
    const nullable = args.reduce((all, argument) => all & argument.type, NULL)
    const lists = args.reduce((all, argument) => all | (argument.type & LIST), 0)
    const site = { span: node.span, calls: inner }
    return {
      op: 'call',
      callee: concatenation,
      args,
      extra: [],
      type: STRING | nullable | lists,
      span: node.span,
      site,
    }
  }

  #call(node: FunctionCall, outer: readonly string[]): IrNode {
    const definition = this.#checked.callees.get(node)
    if (definition === undefined) throw new TypeError(`${node.name} is not bound`)
    const calls = [...outer, definition.name]
    const site: Site = { span: node.span, calls }
    switch (definition.form) {
      case 'conditional':
        return this.#conditional(node, calls, site)
      case 'switch':
        return this.#switch(node, definition, calls, site)
      case 'coalesce':
        return this.#coalesce(node, definition, calls)
      case 'selectUnique': {
        const candidates = node.arguments.map((argument) => asArgument(this.#orNull(argument, calls, node)))
        return { op: 'selectUnique', candidates, type: STRING | NULL, span: node.span, site }
      }
      case 'call':
        return this.#eager(node, definition, calls, site)
    }
  }

  #conditional(node: FunctionCall, calls: readonly string[], site: Site): IrNode {
    const [condition, yes, no] = node.arguments
    const test = asCondition(this.#orNull(condition, calls, node), {
      ...site,
      span: condition?.span ?? node.span,
    })
    const chosen = this.#orNull(yes, calls, node)
    const otherwise = this.#orNull(no, calls, node)
    return { op: 'conditional', test, chosen, otherwise, type: chosen.type | otherwise.type, span: node.span }
  }

  #switch(node: FunctionCall, definition: FunctionDefinition, calls: readonly string[], site: Site): IrNode {
    const given = bindArguments(definition, node).map(({ argument }) => argument)
    const source = asArgument(this.#orNull(given[0], calls, node))
    const otherwise = this.#orNull(given[1], calls, node)
    const cases = []
    for (let i = 2; i < given.length; i += 2) {
      const key = asArgument(this.#orNull(given[i], calls, node))
      cases.push({ key, value: this.#orNull(given[i + 1], calls, node) })
    }
    const type = cases.reduce((all, { value }) => all | value.type, otherwise.type)
    return { op: 'switch', source, cases, otherwise, type, span: node.span, site }
  }

  #coalesce(node: FunctionCall, definition: FunctionDefinition, calls: readonly string[]): IrNode {
    const args = effectiveArguments(definition, node).map((argument) => this.#orNull(argument, calls, node))
    const last = args.at(-1)?.type ?? NULL
    const type = args.reduce((all, argument) => all | (argument.type & ~NULL), last)
    return {
      op: 'coalesce',
      args,
      skipsEmpty: this.#environment.settings.coalesceSkipsEmpty,
      type,
      span: node.span,
    }
  }

  #eager(node: FunctionCall, definition: FunctionDefinition, calls: readonly string[], site: Site): CallNode {
    const args: (IrNode | undefined)[] = []
    const fixed = definition.parameters.filter((parameter) => !parameter.repeating).length
    for (const { argument, parameter, position } of bindArguments(definition, node)) {
      args[position] = this.#bound(argument, parameter, calls)
    }
    const padded = Array.from({ length: Math.max(args.length, fixed) }, (_, i) => args[i])
    return {
      op: 'call',
      callee: definition,
      args: padded,
      extra: definition.settings.map((name) => this.#environment.settings[name]),
      type: callType(definition, padded),
      span: node.span,
      site,
    }
  }

  #bound(argument: Argument, parameter: Parameter, calls: readonly string[]): IrNode | undefined {
    if (argument.type === 'OmittedArgument') {
      // A blank in the repeating part is a null among the values; anywhere else it is an absent argument.
      return parameter.repeating ? constant(null, argument.span) : undefined
    }
    if (parameter.type === 'Integer' && argument.type === 'StringLiteral') {
      const value = integerFromText(argument.value) ?? hexFromText(argument.value)
      if (value !== undefined) return constant(value, argument.span)
    }
    return this.#argument(argument, calls)
  }
}

/** The type of a call: the declared kinds, null where an argument can make it null, a list where it maps. */
export const callType = (
  definition: FunctionDefinition,
  args: readonly (IrNode | undefined)[],
): StaticType => {
  const types = args.map((argument) => argument?.type ?? NULL)
  let type = typeof definition.returns === 'function' ? definition.returns(types) : definition.returns
  args.forEach((argument, position) => {
    if (argument === undefined) return
    const parameter = parameterFor(definition, position)
    const strict = parameter.required !== false && parameter.acceptsNull !== true
    if (strict) type |= argument.type & NULL
    if (definition.lifts && parameter.type === 'String' && overlaps(argument.type, LIST)) type |= LIST
  })
  return type
}
