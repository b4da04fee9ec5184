import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { diagnostic } from '../diagnostics/diagnostic.js'
import { replaceFix } from '../diagnostics/fix.js'
import { type FunctionDefinition, signatureOf } from '../functions/define.js'
import type {
  Argument,
  AttributeReference,
  Comparison,
  Concatenation,
  Expression,
  FunctionCall,
  Name,
} from '../syntax/ast.js'
import { closest } from '../text/suggest.js'
import {
  ANY,
  BOOLEAN,
  DECIMAL,
  IGNORE_ATTRIBUTE,
  IGNORE_OBJECT,
  INTEGER,
  LIST,
  MARKER,
  NULL,
  STRING,
  type StaticType,
} from '../values/static-type.js'
import { checkArgument } from './argument-types.js'
import { arityOf, type BoundArgument, bindArguments, describeArity, effectiveArguments } from './arguments.js'
import { connectSyncFunctions, connectSyncNames } from './connect-sync.js'
import type { CheckEnvironment } from './environment.js'
import { resultType } from './result-type.js'
import { switchPairs } from './switch-pairs.js'

/** An expression whose names are resolved and whose types are inferred. */
export interface CheckedExpression {
  readonly expression: Expression
  readonly diagnostics: readonly Diagnostic[]
  /** The function of every call that has one. */
  readonly callees: ReadonlyMap<FunctionCall, FunctionDefinition>
  /** The inferred type of every sub-expression. */
  readonly types: ReadonlyMap<Expression, StaticType>
  /** The names of the attributes it reads, in the order of first use. */
  readonly attributes: readonly string[]
}

/** The bare constants of the language and their types. */
export const constantTypes: ReadonlyMap<string, StaticType> = new Map([
  ['True', BOOLEAN],
  ['False', BOOLEAN],
  ['NULL', NULL],
  ['IgnoreAttributeFlow', IGNORE_ATTRIBUTE],
  ['IgnoreObjectFlow', IGNORE_OBJECT],
])

/** Binds names, checks arity and types, and infers the type of every part. Never throws. */
export const checkExpression = (expression: Expression, environment: CheckEnvironment): CheckedExpression => {
  const checker = new Checker(environment)
  checker.visit(expression, true)
  return {
    expression,
    diagnostics: checker.diagnostics,
    callees: checker.callees,
    types: checker.types,
    attributes: [...checker.attributes],
  }
}

class Checker {
  readonly diagnostics: Diagnostic[] = []
  readonly callees: Map<FunctionCall, FunctionDefinition> = new Map()
  readonly types: Map<Expression, StaticType> = new Map()
  readonly attributes: Set<string> = new Set()
  readonly #environment: CheckEnvironment

  constructor(environment: CheckEnvironment) {
    this.#environment = environment
  }

  visit(node: Expression, outermost = false): StaticType {
    const type = this.#infer(node, outermost)
    this.types.set(node, type)
    return type
  }

  #infer(node: Expression, outermost: boolean): StaticType {
    switch (node.type) {
      case 'StringLiteral':
        return STRING
      case 'IntegerLiteral':
        return INTEGER
      case 'DecimalLiteral':
        return DECIMAL
      case 'AttributeReference':
        return this.#attribute(node)
      case 'Placeholder':
        return STRING
      case 'Name':
        return this.#constant(node)
      case 'FunctionCall':
        return this.#call(node, outermost)
      case 'Comparison':
        return this.#comparison(node)
      case 'Concatenation':
        return this.#concatenation(node)
      case 'InvalidExpression':
        return ANY
    }
  }

  #attribute(node: AttributeReference): StaticType {
    this.attributes.add(node.name)
    const scope = this.#environment.attributes
    if (scope !== undefined && node.name !== '' && scope.lookup(node.name) === undefined) {
      const suggestion = scope.suggest(node.name)
      this.diagnostics.push(
        diagnostic(
          'AF2004',
          node.span,
          { object: scope.description, name: `[${node.name}]` },
          suggestion === undefined
            ? {}
            : {
                hint: `Did you mean [${suggestion}]? Names are case-sensitive.`,
                fixes: [
                  replaceFix(
                    `Write [${suggestion}]`,
                    node.span.start,
                    node.span.end,
                    `[${suggestion}]`,
                    false,
                  ),
                ],
              },
        ),
      )
    }
    return ANY
  }

  #constant(node: Name): StaticType {
    const type = constantTypes.get(node.name)
    if (type !== undefined) return type
    const connect = connectSyncNames.get(node.name)
    if (connect !== undefined) {
      const { replacement, hint } = connect
      this.diagnostics.push(
        diagnostic(
          'AF2005',
          node.span,
          { name: node.name },
          {
            hint,
            ...(replacement === undefined
              ? {}
              : {
                  fixes: [
                    replaceFix(`Write ${replacement}`, node.span.start, node.span.end, replacement, false),
                  ],
                }),
          },
        ),
      )
      return ANY
    }
    const folded = [...constantTypes.keys()].find((name) => name.toLowerCase() === node.name.toLowerCase())
    const attribute = this.#environment.attributes?.lookup(node.name) === undefined ? undefined : node.name
    const [title, text] =
      folded !== undefined
        ? [`Write ${folded}`, folded]
        : attribute !== undefined
          ? [`Write [${attribute}]`, `[${attribute}]`]
          : [`Write "${node.name}" if it is text`, `"${node.name}"`]
    this.diagnostics.push(
      diagnostic(
        'AF2003',
        node.span,
        { name: node.name },
        { fixes: [replaceFix(title, node.span.start, node.span.end, text, false)] },
      ),
    )
    return ANY
  }

  #comparison(node: Comparison): StaticType {
    const marker = (this.visit(node.left) | this.visit(node.right)) & MARKER
    return BOOLEAN | marker
  }

  #concatenation(node: Concatenation): StaticType {
    this.#undocumented('&', node, ['cloud-sync'])
    const type = this.visit(node.left) | this.visit(node.right)
    return STRING | (type & (NULL | LIST | MARKER))
  }

  #undocumented(name: string, node: Expression, dialects: readonly string[]): void {
    const { dialect } = this.#environment
    if (dialects.includes(dialect)) return
    this.diagnostics.push(
      diagnostic('AF2007', node.type === 'FunctionCall' ? node.nameSpan : node.span, { name, dialect }),
    )
  }

  #call(node: FunctionCall, outermost: boolean): StaticType {
    const definition = this.#resolve(node)
    if (definition === undefined) {
      for (const argument of node.arguments) if (argument.type !== 'OmittedArgument') this.visit(argument)
      return ANY
    }
    this.callees.set(node, definition)
    this.#undocumented(definition.name, node, definition.dialects)
    if (definition.form === 'selectUnique' && !outermost) {
      this.diagnostics.push(diagnostic('AF3008', node.nameSpan, {}))
    }
    const bound = bindArguments(definition, node)
    const types = this.#arguments(node, bound)
    this.#arity(node, definition, bound)
    for (const { argument, parameter, position } of bound) {
      this.diagnostics.push(
        ...checkArgument(definition, parameter, argument, types.get(argument) ?? NULL, position),
      )
    }
    return resultType(definition, bound, types)
  }

  /** Visits the arguments, each with what its parameter makes of bare words. */
  #arguments(node: FunctionCall, bound: readonly BoundArgument[]): Map<Argument, StaticType> {
    const types = new Map<Argument, StaticType>()
    for (const argument of node.arguments) {
      if (argument.type === 'OmittedArgument') {
        types.set(argument, NULL)
        continue
      }
      const values = bound.find((b) => b.argument === argument)?.parameter.values
      if (argument.type === 'Name' && values !== undefined && !constantTypes.has(argument.name)) {
        this.types.set(argument, STRING)
        types.set(argument, STRING)
      } else types.set(argument, this.visit(argument))
    }
    return types
  }

  #arity(node: FunctionCall, definition: FunctionDefinition, bound: readonly BoundArgument[]): void {
    const given = effectiveArguments(definition, node)
    const arity = arityOf(definition)
    if (definition.form === 'switch' && given.length >= 1 && given.length !== 2 && given.length % 2 === 1) {
      this.diagnostics.push(diagnostic('AF3004', node.span, { pairs: switchPairs(given) }))
      return
    }
    if (given.length < arity.least || given.length > arity.most) {
      const were = given.length === 1 ? 'was' : 'were'
      const args = { function: definition.name, expected: describeArity(arity), found: given.length, were }
      this.diagnostics.push(
        diagnostic('AF3001', node.span, args, { hint: `Write ${signatureOf(definition)}.` }),
      )
      return
    }
    const presence = definition.parameters.map(() => false)
    for (const { argument, position } of bound) {
      if (position < presence.length) presence[position] = argument.type !== 'OmittedArgument'
    }
    const problem = definition.checkModes?.(presence)
    if (problem !== undefined) this.diagnostics.push(diagnostic('AF3005', node.span, { given: problem }))
  }

  #resolve(node: FunctionCall): FunctionDefinition | undefined {
    const { library, settings } = this.#environment
    const exact = library.get(node.name)
    if (exact !== undefined) return exact
    const folded = library.getFolded(node.name)
    const { start, end } = node.nameSpan
    if (folded !== undefined) {
      if (!settings.caseInsensitiveFunctions) {
        this.diagnostics.push(
          diagnostic(
            'AF2002',
            node.nameSpan,
            { name: node.name, correct: folded.name },
            {
              fixes: [replaceFix(`Write ${folded.name}`, start, end, folded.name)],
            },
          ),
        )
      }
      return folded
    }
    const connect = connectSyncFunctions.get(node.name)
    const names = library.all().map((definition) => definition.name)
    const replacement = connect === undefined ? closest(node.name, names) : connect.replacement
    const meant = replacement === undefined ? undefined : library.get(replacement)
    const extras = {
      ...(connect !== undefined
        ? { hint: connect.hint }
        : meant === undefined
          ? {}
          : { hint: `Did you mean ${signatureOf(meant)}?` }),
      ...(replacement === undefined
        ? {}
        : { fixes: [replaceFix(`Write ${replacement}`, start, end, replacement, false)] }),
    }
    this.diagnostics.push(
      connect === undefined
        ? diagnostic('AF2001', node.nameSpan, { name: node.name }, extras)
        : diagnostic('AF2005', node.nameSpan, { name: node.name }, extras),
    )
    return undefined
  }
}
