import { isTotal } from '../../ir/effects.js'
import type {
  CoalesceNode,
  CompareNode,
  ConditionalNode,
  IrNode,
  LogicNode,
  SelectUniqueNode,
  SharedNode,
  SwitchNode,
  TemplateNode,
} from '../../ir/node.js'
import { sharedNode, type Unit } from '../../ir/unit.js'
import type { Span } from '../../text/span.js'
import type { Site } from '../../values/fault.js'
import { FlowMarker, ignoreAttributeFlow } from '../../values/marker.js'
import { BOOLEAN, LIST, overlaps, STRING, within } from '../../values/static-type.js'
import type { Value } from '../../values/value.js'
import { constantSwitchText } from '../control-closures.js'
import { emitCall } from './calls.js'
import { Code, identifier, js, type Literal, literal } from './code.js'
import { type Emission, inputVariable, names } from './emission.js'
import type { ModuleScope } from './module-scope.js'
import { templateTest, templateText } from './templates.js'
import type { Writer } from './writer.js'

/** The state of the shared computations at a point of the program. */
interface SharedState {
  /** Certainly computed: the variable has the value. */
  readonly computed: Set<number>
  /** Possibly computed by an earlier part of the program. */
  readonly touched: Set<number>
}

/** Up to this number of cases, V8 compares one after the other as fast as it looks a text up in a table. */
const LARGEST_SWITCH = 24

/** The value of a constant that is written as a literal; undefined for all others. */
const literalOf = (node: IrNode): { readonly value: Literal } | undefined =>
  node.op === 'constant' && !(node.value instanceof FlowMarker) && !Array.isArray(node.value)
    ? { value: node.value as Literal }
    : undefined

/**
 * Writes the statements that evaluate a node; returns the expression (a variable or a literal) for its value.
 * Evaluation order, laziness and the sites of faults equal those of the closure backend.
 */
export class Emitter implements Emission {
  readonly unit: Unit
  readonly scope: ModuleScope
  readonly writer: Writer
  readonly variables: string[] = []
  #shared: SharedState = { computed: new Set(), touched: new Set() }
  /** Inside a shared computation used outside its original place, all faults have the site of the use. */
  #siteOverride: Site | undefined
  #root = -1
  #raw: ReadonlySet<number> = new Set()

  /** Calls of the functions for parts of the guard. */
  readonly #conditions: ReadonlyMap<IrNode, Code>

  constructor(unit: Unit, scope: ModuleScope, writer: Writer, conditions: ReadonlyMap<IrNode, Code>) {
    this.#conditions = conditions
    this.unit = unit
    this.scope = scope
    this.writer = writer
  }

  /** From here on, the variables of these inputs hold the unconverted values of the record. */
  setRaw(inputs: ReadonlySet<number>): void {
    this.#raw = inputs
  }

  isRaw(node: IrNode | undefined): boolean {
    return node?.op === 'input' && this.#raw.has(node.index)
  }

  /** Begins a root; -1 is the guard. */
  beginRoot(root: number): void {
    this.#root = root
  }

  /** A new variable. */
  variable(): Code {
    const name = `t${this.variables.length}`
    this.variables.push(name)
    return identifier(name)
  }

  /** Stores a value in a variable, unless it is already a name or a literal. */
  keep(value: Code): Code {
    if (/^[\w$]+$|^"[^"\\]*"$/.test(value.text)) return value
    const name = this.variable()
    this.writer.line(js`${name} = ${value}`)
    return name
  }

  /** The lines that follow come from this part of the expression. */
  from(span: Span): void {
    this.writer.origin(this.#root, this.#siteOverride?.span ?? span)
  }

  /** Records the place of the evaluation before something that can fail. */
  at(site: Site): Site {
    const override = this.#siteOverride
    const actual =
      override !== undefined && site.redacted === true ? { ...override, redacted: true } : (override ?? site)
    this.from(actual.span)
    this.writer.line(js`${names.site} = ${this.scope.siteNumber(actual)}`)
    return actual
  }

  emit(node: IrNode): Code {
    switch (node.op) {
      case 'constant':
        return this.#constant(node.value)
      case 'input':
        return inputVariable(node.index)
      case 'call':
        return emitCall(this, node)
      case 'conditional':
        return this.#conditional(node)
      case 'switch':
        return this.#switch(node)
      case 'coalesce':
        return this.#coalesce(node)
      case 'selectUnique':
        return this.#selectUnique(node)
      case 'compare':
        return this.#compare(node)
      case 'test': {
        const value = this.keep(this.emit(node.value))
        this.at(node.site)
        const name = node.site.calls.at(-1) ?? 'A condition'
        return this.keep(
          js`typeof ${value} === 'boolean' ? ${value} : ${this.scope.runtime('conditionHolds')}(${value}, ${name})`,
        )
      }
      case 'logic':
        return this.#logic(node)
      case 'fail': {
        this.at(node.site)
        // The runtime has messages for evaluation errors only.
        const wording = node.wording === undefined ? js`` : js`, ${{ ...node.wording }}`
        return this.keep(js`${this.scope.runtime('fail')}(${node.code}, ${node.args}${wording})`)
      }
      case 'escape': {
        const value = this.keep(this.emit(node.value))
        this.writer.line(
          js`if (${value} instanceof ${this.scope.runtime('FlowMarker')}) throw new ${this.scope.runtime('Escape')}(${value})`,
        )
        return value
      }
      case 'shared':
        return this.#sharedPlace(node)
      case 'template':
        return this.#template(node)
    }
  }

  #constant(value: Value | FlowMarker): Code {
    if (value instanceof FlowMarker) {
      return this.scope.runtime(value === ignoreAttributeFlow ? 'ignoreAttributeFlow' : 'ignoreObjectFlow')
    }
    return Array.isArray(value) ? this.scope.shared(value as Literal) : literal(value as Literal)
  }

  /**
   * Runs `write` for code that may not run to its end: after it, its computations are only possibly computed.
   */
  branch(write: () => void): void {
    const { computed, touched } = this.#shared
    this.#shared = { computed: new Set(computed), touched }
    write()
    this.#shared = { computed, touched }
  }

  /** A condition as a JavaScript expression that is true or false. */
  condition(node: IrNode): Code {
    const call = this.#conditions.get(node)
    if (call !== undefined) return call
    const value = this.emit(node)
    return node.type === BOOLEAN ? value : js`${value} === true`
  }

  #conditional(node: ConditionalNode): Code {
    return this.#either(
      this.condition(node.test),
      () => this.emit(node.chosen),
      () => this.emit(node.otherwise),
    )
  }

  /** One of two values; the statements that evaluate them are written into branches. */
  #either(test: Code, chosen: () => Code, otherwise: () => Code): Code {
    const result = this.variable()
    const assign = (emit: () => Code) => (): void =>
      this.branch(() => this.writer.line(js`${result} = ${emit()}`))
    this.writer.block(js`if (${test}) {`, assign(chosen), js`}`)
    this.writer.block(js`else {`, assign(otherwise), js`}`)
    return result
  }

  #switch(node: SwitchNode): Code {
    const source = this.keep(this.emit(node.source))
    const result = this.variable()
    const text = this.#switchText(source, node.source, node.site)
    const keys = node.cases.map(({ key }) => constantSwitchText(key))
    if (keys.every((key) => key !== undefined)) {
      // If several cases have the same key, the first one counts.
      const cases = new Map<string, IrNode>()
      node.cases.forEach(({ value }, index) => {
        const key = keys[index]
        if (key !== undefined && !cases.has(key)) cases.set(key, value)
      })
      this.#keyedSwitch(text, cases, node.otherwise, result)
      return result
    }
    // Keys that are expressions are evaluated in order, until one equals the source.
    const done = identifier(`switch${this.variables.length}`)
    this.branch(() => {
      this.writer.block(
        js`${done}: {`,
        () => {
          for (const { key, value } of node.cases) {
            const found = this.#switchText(this.keep(this.emit(key)), key, node.site)
            this.writer.block(
              js`if (${found} === ${text}) {`,
              () => {
                this.branch(() => this.writer.line(js`${result} = ${this.emit(value)}`))
                this.writer.line(js`break ${done}`)
              },
              js`}`,
            )
          }
          this.writer.line(js`${result} = ${this.emit(node.otherwise)}`)
        },
        js`}`,
      )
    })
    return result
  }

  #keyedSwitch(text: Code, cases: ReadonlyMap<string, IrNode>, otherwise: IrNode, result: Code): void {
    if (cases.size <= LARGEST_SWITCH) {
      this.#switchOver(text, [...cases], otherwise, result)
      return
    }
    const values = [...cases.values()].map(literalOf)
    if (values.every((value) => value !== undefined)) {
      const table = this.scope.table([...cases.keys()].map((key, index) => [key, values[index]?.value]))
      this.writer.line(js`${result} = ${table}.get(${text})`)
      this.writer.block(
        js`if (${result} === undefined) {`,
        () => this.branch(() => this.writer.line(js`${result} = ${this.emit(otherwise)}`)),
        js`}`,
      )
      return
    }
    const table = this.scope.table([...cases.keys()].map((key, index) => [key, index]))
    const numbered = [...cases.values()].map((value, index) => [index, value] as const)
    this.#switchOver(js`${table}.get(${text})`, numbered, otherwise, result)
  }

  #switchOver(
    subject: Code,
    cases: readonly (readonly [string | number, IrNode])[],
    otherwise: IrNode,
    result: Code,
  ): void {
    this.writer.block(
      js`switch (${subject}) {`,
      () => {
        for (const [key, value] of cases) this.#case(js`case ${key}: {`, result, value)
        this.#case(js`default: {`, result, otherwise)
      },
      js`}`,
    )
  }

  #case(open: Code, result: Code, value: IrNode): void {
    this.writer.block(
      open,
      () => {
        this.branch(() => this.writer.line(js`${result} = ${this.emit(value)}`))
        this.writer.line(js`break`)
      },
      js`}`,
    )
  }

  #switchText(value: Code, node: IrNode, site: Site): Code {
    if (within(node.type, STRING)) return value
    const constant = constantSwitchText(node)
    if (constant !== undefined) return literal(constant)
    this.at(site)
    return this.keep(
      js`typeof ${value} === 'string' ? ${value} : ${this.scope.runtime('switchText')}(${value})`,
    )
  }

  #coalesce(node: CoalesceNode): Code {
    const result = this.variable()
    const last = node.args.length - 1
    if (last < 0) return literal(null)
    const emitFrom = (index: number): void => {
      const argument = node.args[index]
      if (argument === undefined) return
      this.writer.line(js`${result} = ${this.emit(argument)}`)
      if (index === last) return
      this.writer.block(
        js`if (${this.#missing(result, argument, node.skipsEmpty)}) {`,
        () => {
          this.branch(() => emitFrom(index + 1))
        },
        js`}`,
      )
    }
    emitFrom(0)
    return result
  }

  #missing(value: Code, { type }: IrNode, skipsEmpty: boolean): Code {
    const tests = [js`${value} === null`]
    if (skipsEmpty) tests.push(js`${value} === ''`)
    if (overlaps(type, LIST)) tests.push(js`(Array.isArray(${value}) && ${value}.length === 0)`)
    return Code.trusted(tests.map(({ text }) => text).join(' || '))
  }

  #selectUnique(node: SelectUniqueNode): Code {
    // The candidates are lazy: a function evaluates the requested one.
    const result = this.variable()
    const index = identifier('candidate')
    this.at(node.site)
    this.branch(() => {
      this.writer.block(
        js`${result} = ${this.scope.runtime('selectUnique')}(${node.candidates.length}, (${index}) => {`,
        () => {
          this.writer.block(
            js`switch (${index}) {`,
            () => {
              node.candidates.forEach((candidate, position) => {
                this.writer.block(
                  js`case ${position}: {`,
                  () => {
                    this.branch(() => {
                      const value = this.keep(this.emit(candidate))
                      this.at(node.site)
                      this.writer.line(js`return ${value}`)
                    })
                  },
                  js`}`,
                )
              })
            },
            js`}`,
          )
        },
        js`}, ${names.context})`,
      )
    })
    return result
  }

  #compare(node: CompareNode): Code {
    const left = this.keep(this.emit(node.left))
    const right = this.keep(this.emit(node.right))
    const { operator, absent, literalEmpty } = node
    const constant = node.right.op === 'constant' ? node.right.value : undefined
    const general = js`${this.scope.runtime('compareValues')}(${operator}, ${left}, ${right}, ${absent}, ${literalEmpty})`
    if (typeof constant === 'string' && constant !== '' && literalEmpty === '') {
      const direct =
        operator === '='
          ? js`${left} === ${right}`
          : operator === '<>' && absent === 'fails'
            ? js`(${left} !== ${right} && ${left} !== '')`
            : undefined
      if (direct !== undefined) {
        if (within(node.left.type, STRING)) return this.keep(direct)
        this.at(node.site)
        return this.keep(js`typeof ${left} === 'string' ? ${direct} : ${general}`)
      }
    }
    this.at(node.site)
    return this.keep(general)
  }

  #logic(node: LogicNode): Code {
    const result = this.variable()
    const deciding = node.kind === 'or'
    const label = identifier(`logic${this.variables.length}`)
    const fallible = node.operands.some((operand) => !isTotal(operand))
    const fault = fallible ? this.variable() : undefined
    if (fault !== undefined) this.writer.line(js`${fault} = undefined`)
    this.branch(() => {
      this.writer.block(
        js`${label}: {`,
        () => {
          for (const operand of node.operands)
            this.branch(() => this.#decide(operand, result, deciding, label, fault))
          if (fault !== undefined) this.writer.line(js`if (${fault} !== undefined) throw ${fault}`)
          this.writer.line(js`${result} = ${!deciding}`)
        },
        js`}`,
      )
    })
    return result
  }

  /** Evaluates an operand of a conjunction or disjunction; exits the block if it decides. */
  #decide(operand: IrNode, result: Code, deciding: boolean, label: Code, fault: Code | undefined): void {
    const write = (): void => {
      const test = this.condition(operand)
      this.writer.block(
        deciding ? js`if (${test}) {` : js`if (!(${test})) {`,
        () => {
          this.writer.line(js`${result} = ${deciding}`)
          this.writer.line(js`break ${label}`)
        },
        js`}`,
      )
    }
    if (isTotal(operand) || fault === undefined) {
      write()
      return
    }
    this.writer.block(js`try {`, write, js`} catch (thrown) {`)
    this.writer.line(js`  ${fault} ??= ${this.scope.runtime('located')}(thrown, sites[${names.site}])`)
    this.writer.line(js`}`)
  }

  #template(node: TemplateNode): Code {
    this.from(node.span)
    return this.#either(
      templateTest(node),
      () => templateText(node, this.scope),
      () => this.emit(node.otherwise),
    )
  }

  #sharedPlace(node: SharedNode): Code {
    const { index } = node
    const name = identifier(`s${index}`)
    const { computed, touched } = this.#shared
    if (computed.has(index)) return name
    const compute = (): void => {
      const outer = this.#siteOverride
      if (!node.original) this.#siteOverride ??= { span: node.span, calls: [] }
      this.writer.line(js`${name} = ${this.emit(sharedNode(this.unit, index))}`)
      this.#siteOverride = outer
    }
    if (touched.has(index)) {
      this.writer.block(js`if (${name} === undefined) {`, () => this.branch(compute), js`}`)
    } else compute()
    touched.add(index)
    computed.add(index)
    return name
  }
}
