// Engines with an infix language: functions are called as in the language itself, and only details differ.
import { parseExpression } from '../../src/syntax/parser.js'
import { type Compiled, load, type Peer } from './define.js'
import { library } from './library.js'
import { type Notation, printFilter, printIn } from './print.js'

/** What most of them have in common. */
const common: Notation = {
  attribute: (name) => name,
  call: (name, values) => `${name}(${values.join(', ')})`,
  omitted: 'null',
  equals: '==',
  notEquals: '!=',
  and: '&&',
  or: '||',
  conditional: (condition, then, otherwise) => `(${condition} ? ${then} : ${otherwise})`,
}

const peerOf = (notation: Notation, compile: (text: string) => Compiled): Peer => ({
  expression: (text) => compile(printIn(notation, parseExpression(text).expression)),
  filter: (groups) => {
    const printed = printFilter(notation, groups)
    return printed === undefined ? undefined : compile(printed)
  },
})

/** filtrex has no null, so it is a constant. It hands errors back as values, which the comparison finds. */
export const filtrex = async (): Promise<Peer> => {
  const { compileExpression } = await load<{
    compileExpression(text: string, options: object): Compiled
  }>('filtrex')
  return peerOf({ ...common, omitted: 'absent', and: 'and', or: 'or' }, (text) =>
    compileExpression(text, { extraFunctions: library, constants: { absent: null } }),
  )
}

/** cel-js looks functions up by their number of parameters; its integers are BigInt. */
export const celJs = async (): Promise<Peer> => {
  interface Environment {
    registerFunction(signature: string, handler: unknown): Environment
    parse(text: string): Compiled
  }
  const { Environment } = await load<{ Environment: new (options: object) => Environment }>(
    '@marcbachmann/cel-js',
  )
  const MOST_PARAMETERS = 26
  const environment = new Environment({ unlistedVariablesAreDyn: true })
  for (const [name, body] of Object.entries(library)) {
    for (let count = 1; count <= MOST_PARAMETERS; count++) {
      environment.registerFunction(`${name}(${Array(count).fill('dyn').join(', ')}): dyn`, body)
    }
  }
  // Both branches of a conditional have to be of one type; dyn is the type of all.
  const conditional: Notation['conditional'] = (condition, then, otherwise) =>
    `(${condition} ? dyn(${then}) : dyn(${otherwise}))`
  return peerOf({ ...common, conditional }, (text) => {
    const compiled = environment.parse(text)
    return (user) => compiled(user)
  })
}

/** jexl reads `null` as the attribute of that name, which is absent: to the functions the same. */
export const jexl = async (): Promise<Peer> => {
  interface Jexl {
    addFunction(name: string, body: unknown): void
    compile(text: string): { evalSync(user: object): unknown }
  }
  const { default: module } = await load<{ default: { Jexl: new () => Jexl } }>('jexl')
  const engine = new module.Jexl()
  for (const [name, body] of Object.entries(library)) engine.addFunction(name, body)
  return peerOf(common, (text) => {
    const compiled = engine.compile(text)
    return (user) => compiled.evalSync(user)
  })
}

/** expr-eval has no null either, and makes 0 of a constant that is null: only a function gives it one. */
export const exprEval = async (): Promise<Peer> => {
  interface Parser {
    functions: Record<string, unknown>
    parse(text: string): { evaluate(user: object): unknown }
  }
  const { Parser } = await load<{ Parser: new () => Parser }>('expr-eval-fork')
  const parser = new Parser()
  Object.assign(parser.functions, library, { absent: () => null })
  return peerOf({ ...common, omitted: 'absent()', and: 'and', or: 'or' }, (text) => {
    const compiled = parser.parse(text)
    return (user) => compiled.evaluate(user)
  })
}

/** jsonata answers with promises only. */
export const jsonata = async (): Promise<Peer> => {
  interface Jsonata {
    registerFunction(name: string, body: unknown): void
    evaluate(user: object): Promise<unknown>
  }
  const { default: compile } = await load<{ default: (text: string) => Jsonata }>('jsonata')
  const notation: Notation = {
    ...common,
    call: (name, values) => `$${name}(${values.join(', ')})`,
    equals: '=',
    and: 'and',
    or: 'or',
  }
  return {
    ...peerOf(notation, (text) => {
      const compiled = compile(text)
      for (const [name, body] of Object.entries(library)) compiled.registerFunction(name, body)
      return (user) => compiled.evaluate(user)
    }),
    isAsync: true,
  }
}
