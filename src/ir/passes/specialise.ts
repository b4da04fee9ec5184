import { DotnetFailure } from '../../dotnet/failure.js'
import type { FunctionBody, Parameter } from '../../functions/define.js'
import { item, split } from '../../functions/runtime/collection.js'
import { formatDateTime } from '../../functions/runtime/datetime.js'
import { replace } from '../../functions/runtime/replace.js'
import {
  casingBody,
  joinBody,
  leftBody,
  midBody,
  splitItem,
  textReplacement,
  wordBody,
} from '../../functions/runtime/specialised-bodies.js'
import { dateFormatBody } from '../../functions/runtime/specialised-dates.js'
import { groupReplacement, patternReplacement } from '../../functions/runtime/specialised-patterns.js'
import { join, left, mid, toLower, toUpper, word } from '../../functions/runtime/text.js'
import { FlowMarker } from '../../values/marker.js'
import type { Value } from '../../values/value.js'
import type { Callee, CallNode, IrNode } from '../node.js'
import { parameterFor } from '../parameters.js'
import { definePass, type Pass, rewriteNodes } from './define.js'

/** The factories of specialised bodies, by the names that generated modules import. */
const bodyFactories = {
  casingBody,
  dateFormatBody,
  groupReplacement,
  joinBody,
  leftBody,
  midBody,
  patternReplacement,
  splitItem,
  textReplacement,
  wordBody,
}

type BodyFactory = keyof typeof bodyFactories

/** The constant of an argument: its value, undefined if omitted, or `varies`. */
const varies: unique symbol = Symbol('varies')
type Constant = Value | undefined | typeof varies

/** How calls of one function are specialised. */
interface Rule {
  readonly factory: BodyFactory
  /** The arguments of the factory, or undefined if the call keeps its general body. */
  readonly constants: (args: readonly Constant[], extra: readonly unknown[]) => readonly unknown[] | undefined
  /** The specialised body handles null itself; otherwise null gives null. */
  readonly acceptsNull?: true
}

const isCount = (value: Constant, least: number): value is number =>
  typeof value === 'number' && value >= least && Number.isSafeInteger(value)
const isText = (value: Constant): value is string => typeof value === 'string'

const casing =
  (direction: 'lower' | 'upper'): Rule['constants'] =>
  ([, culture]) =>
    culture === undefined || isText(culture) ? [culture ?? '', direction] : undefined

const replaceMode =
  (
    mode: (
      oldValue: Constant,
      pattern: Constant,
      group: Constant,
      replacement: Constant,
    ) => readonly unknown[] | undefined,
  ): Rule['constants'] =>
  ([, oldValue, pattern, group, replacement, other, template], [limits]) => {
    if (other !== undefined || template !== undefined) return undefined
    const constants = mode(oldValue, pattern, group, replacement)
    return constants === undefined || oldValue !== undefined ? constants : [...constants, limits]
  }

/**
 * By body, because a library may define another function under the name; the first matching row is used. All
 * keep the first argument.
 */
const rules: ReadonlyMap<FunctionBody | undefined, readonly Rule[]> = new Map<
  FunctionBody | undefined,
  readonly Rule[]
>([
  [toLower, [{ factory: 'casingBody', constants: casing('lower') }]],
  [toUpper, [{ factory: 'casingBody', constants: casing('upper') }]],
  [
    left,
    [
      {
        factory: 'leftBody',
        constants: ([, length]) => (isCount(length, 0) ? [length] : undefined),
        acceptsNull: true,
      },
    ],
  ],
  [
    mid,
    [
      {
        factory: 'midBody',
        constants: ([, start, length]) =>
          isCount(start, 1) && isCount(length, 0) ? [start - 1, start - 1 + length] : undefined,
      },
    ],
  ],
  [
    word,
    [
      {
        factory: 'wordBody',
        constants: ([, number, delimiters]) =>
          isCount(number, 1) && isText(delimiters) && delimiters.length === 1
            ? [number, delimiters]
            : undefined,
        acceptsNull: true,
      },
    ],
  ],
  [
    replace,
    [
      {
        factory: 'textReplacement',
        constants: replaceMode((oldValue, pattern, group, replacement) =>
          isText(oldValue) &&
          oldValue !== '' &&
          pattern === undefined &&
          group === undefined &&
          isText(replacement)
            ? [oldValue, replacement]
            : undefined,
        ),
      },
      {
        factory: 'patternReplacement',
        constants: replaceMode((oldValue, pattern, group, replacement) =>
          oldValue === undefined && isText(pattern) && group === undefined && isText(replacement)
            ? [pattern, replacement]
            : undefined,
        ),
      },
      {
        factory: 'groupReplacement',
        constants: replaceMode((oldValue, pattern, group, replacement) =>
          oldValue === undefined && isText(pattern) && isText(group) && isText(replacement)
            ? [pattern, group, replacement]
            : undefined,
        ),
      },
    ],
  ],
  [
    formatDateTime,
    [
      {
        factory: 'dateFormatBody',
        constants: ([, styles, input, output]) =>
          (styles === undefined || isText(styles)) && isText(input) && isText(output)
            ? [styles, input, output]
            : undefined,
      },
    ],
  ],
])

const constantOf = (node: IrNode | undefined): Constant => {
  if (node === undefined) return undefined
  return node.op === 'constant' && !(node.value instanceof FlowMarker) ? node.value : varies
}

/** The call with a body specialised for its constants; `args` are the remaining arguments. */
const specialised = (
  { callee, type, span, site }: CallNode,
  factory: BodyFactory,
  constants: readonly unknown[],
  parameters: readonly Parameter[],
  args: readonly (IrNode | undefined)[],
): CallNode => {
  const { name, returns, purity, takesContext, mapsOverLists, errors } = callee
  const make = bodyFactories[factory] as (...constants: readonly unknown[]) => NonNullable<Callee['evaluate']>
  const evaluate = make(...constants)
  const made = { factory, constants }
  const result = { name, parameters, returns, purity, takesContext, mapsOverLists, errors, evaluate, made }
  return { op: 'call', callee: result, args, extra: nothing, type, span, site }
}

const nothing: readonly unknown[] = []

/**
 * Returns undefined if .NET refuses a constant: that is an evaluation error, but only if the call is
 * evaluated.
 */
const attempt = (make: () => CallNode): CallNode | undefined => {
  try {
    return make()
  } catch (thrown) {
    if (thrown instanceof DotnetFailure) return undefined
    throw thrown
  }
}

/** A Join with a constant separator other than null. */
const joinWithSeparator = (node: CallNode): CallNode | undefined => {
  const [separator, ...sources] = node.args
  const text = constantOf(separator)
  if (!isText(text) || sources.length === 0) return undefined
  const parameters = sources.map(() => parameterFor(node.callee, 1))
  return specialised(node, 'joinBody', [text, sources.length], parameters, sources)
}

/** `Item(Split(x, d), n)`: only the n-th part. */
const itemOfSplit = (node: CallNode): CallNode | undefined => {
  const [list, position] = node.args
  if (list?.op !== 'call' || list.callee.evaluate !== split) return undefined
  const index = constantOf(position)
  const delimiter = constantOf(list.args[1])
  const [trims] = list.extra
  if (!isCount(index, 1) || !isText(delimiter) || delimiter === '' || typeof trims !== 'boolean')
    return undefined
  const [source] = list.args
  const parameters = list.callee.parameters.slice(0, 1)
  const call = specialised(node, 'splitItem', [delimiter, index, trims], parameters, [source])
  const errors = [...node.callee.errors, ...list.callee.errors]
  return { ...call, callee: { ...call.callee, name: 'ItemOfSplit', errors } }
}

/** The parameter of the remaining argument, which accepts null if the specialised body does. */
const keptParameter = (parameter: Parameter, acceptsNull: boolean): Parameter =>
  (parameter.acceptsNull === true) === acceptsNull ? parameter : { ...parameter, acceptsNull }

const specialise = (node: IrNode): IrNode => {
  if (node.op !== 'call' || node.callee.made !== undefined) return node
  const { callee, args } = node
  if (callee.evaluate === item) return itemOfSplit(node) ?? node
  if (callee.evaluate === join) return joinWithSeparator(node) ?? node
  const candidates = rules.get(callee.evaluate)
  const [source] = args
  const [parameter] = callee.parameters
  if (candidates === undefined || source === undefined || parameter === undefined) return node
  const constants = args.map(constantOf)
  for (const rule of candidates) {
    const found = rule.constants(constants, node.extra)
    if (found === undefined) continue
    const kept = keptParameter(parameter, rule.acceptsNull === true)
    return attempt(() => specialised(node, rule.factory, found, [kept], [source])) ?? node
  }
  return node
}

export const specialiseCalls: Pass = definePass({
  name: 'specialise',
  doc: 'Specialises calls for constant arguments: patterns, formats and cultures are parsed in advance.',
  run: rewriteNodes(specialise),
})
