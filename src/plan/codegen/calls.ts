import { isStrict, type Parameter } from '../../functions/define.js'
import type { CallNode, IrNode } from '../../ir/node.js'
import { parameterFor } from '../../ir/parameters.js'
import { DATETIME, NULL, overlaps, STRING, within } from '../../values/static-type.js'
import { type Code, joined, js, type Literal, literal } from './code.js'
import { type Emission, names } from './emission.js'
import { writeCall } from './inline.js'

interface EmittedArgument {
  readonly node: IrNode | undefined
  readonly code: Code
  readonly parameter: Parameter
}

/**
 * The test that an argument needs no conversion; undefined if its type already guarantees it, `never` if it
 * always needs one.
 */
const guardOf = ({ node, code, parameter }: EmittedArgument): Code | undefined | 'never' => {
  if (node === undefined) return undefined
  const { type } = node
  switch (parameter.type) {
    case 'String':
      if (within(type, STRING)) return undefined
      return node.op === 'constant' ? 'never' : js`typeof ${code} === 'string'`
    case 'Integer':
      if (node.op === 'constant') return Number.isInteger(node.value) ? undefined : 'never'
      return js`Number.isInteger(${code})`
    case 'DateTime':
      return within(type, DATETIME) ? undefined : 'never'
    case 'Any':
      return isStrict(parameter) && overlaps(type, NULL) ? js`${code} !== null` : undefined
  }
}

/** Whether a node is a clause of a filter, which accepts its input unconverted, as it is in the record. */
export const isClause = (node: IrNode): node is CallNode =>
  node.op === 'call' &&
  node.args.length === 1 &&
  (node.callee.made?.factory === 'filterClause' || node.callee.made?.factory === 'patternClause')

/**
 * A call: directly to the body if the arguments need no conversion, otherwise through the general function.
 */
export const emitCall = (emitter: Emission, node: CallNode): Code => {
  const { scope } = emitter
  const { callee } = node
  const args = node.args.map((argument, position): EmittedArgument => {
    const parameter = parameterFor(callee, position)
    const code = argument === undefined ? literal(undefined) : emitter.keep(emitter.emit(argument))
    return { node: argument, code, parameter }
  })
  const fallible = callee.errors.length > 0
  emitter.from(node.span)
  const site = fallible ? emitter.at(node.site) : node.site
  const extra = node.extra.map((value) => scope.shared(value as Literal))
  const codes = args.map(({ code }) => code)
  const values = codes.map((code, index) =>
    emitter.isRaw(node.args[index])
      ? js`typeof ${code} === 'string' ? ${code} : ${scope.runtime('fromInput')}(${code})`
      : code,
  )
  const called = (): Code =>
    js`${scope.body(callee)}(${joined([...(callee.takesContext ? [names.context] : []), ...values, ...extra], ', ')})`
  const direct = writeCall(callee, codes, node.args, called)
  const takesDates = callee.parameters.some(({ type }) => type === 'DateTime')
  const general = (): Code =>
    js`${scope.runtime(takesDates ? 'applyDateCall' : 'applyCall')}(${scope.callee(callee)}, [${joined(codes, ', ')}], [${joined(extra, ', ')}], sites[${scope.siteNumber(site)}], ${names.context})`
  const guards = args.map(guardOf)
  if (guards.includes('never')) return emitter.keep(general())
  const tests = guards.filter((guard) => guard !== undefined && guard !== 'never')
  if (tests.length === 0) return emitter.keep(direct)
  const [only] = args.filter((_, index) => guards[index] !== undefined)
  // Null gives null without the general function: absent attributes are common.
  const other =
    tests.length === 1 &&
    only !== undefined &&
    isStrict(only.parameter) &&
    overlaps(only.node?.type ?? 0, NULL)
      ? js`${only.code} === null ? null : ${general()}`
      : general()
  return emitter.keep(js`${joined(tests, ' && ')} ? ${direct} : ${other}`)
}
