import type { Argument } from '../../src/syntax/ast.js'
import { parseExpression } from '../../src/syntax/parser.js'
import type { WorkloadGroup } from '../workload/mapping.js'
import { type Compiled, load, type Peer } from './define.js'
import { library } from './library.js'

/** An expression as json-logic-engine's data. */
const logicOf = (node: Argument): unknown => {
  switch (node.type) {
    case 'StringLiteral':
      return node.value
    case 'IntegerLiteral':
      return Number(node.value)
    case 'AttributeReference':
      return { var: node.name }
    case 'OmittedArgument':
      return null
    case 'Comparison':
      return { '===': [logicOf(node.left), logicOf(node.right)] }
    case 'FunctionCall':
      return { [node.name === 'IIF' ? 'if' : node.name]: node.arguments.map(logicOf) }
    default:
      throw new Error(`no notation for ${node.type}`)
  }
}

const clauseOf = ([name, operator, operand = '']: WorkloadGroup[number]): unknown => {
  const attribute = { var: name }
  switch (operator) {
    case 'EQUALS':
      return { '===': [attribute, operand] }
    case 'NOT EQUALS':
      return { '!==': [attribute, operand] }
    case 'IS NOT NULL':
      return { IsPresent: [attribute] }
    case 'REGEX MATCH':
      return { Matches: [attribute, operand] }
    default:
      throw new Error(`no notation for ${operator}`)
  }
}

/** json-logic-engine, compiled. Its functions take their arguments as one list. */
export const jsonLogic = async (): Promise<Peer> => {
  interface Engine {
    addMethod(name: string, method: unknown, options: { readonly deterministic: boolean }): void
    build(logic: unknown): Compiled
  }
  const { LogicEngine } = await load<{ LogicEngine: new () => Engine }>('json-logic-engine')
  const engine = new LogicEngine()
  for (const [name, body] of Object.entries(library)) {
    const method = (values: readonly never[]): unknown => body(...values)
    engine.addMethod(name, method, { deterministic: true })
  }
  return {
    expression: (text) => engine.build(logicOf(parseExpression(text).expression)),
    filter: (groups) =>
      groups.length === 0
        ? undefined
        : engine.build({ or: groups.map((clauses) => ({ and: clauses.map(clauseOf) })) }),
  }
}
