import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js'
import { concatenation } from '../functions/concatenation.js'
import { languageConstants } from '../functions/constants.js'
import { type FunctionDefinition, signatureOf } from '../functions/define.js'
import type { AttributeReference, Expression, FunctionCall, Name } from '../syntax/ast.js'
import { requireTree } from '../syntax/require-tree.js'
import type { Span } from '../text/span.js'
import type { Dialect } from '../values/settings.js'
import {
  ANY,
  BOOLEAN,
  DECIMAL,
  INTEGER,
  MARKER,
  NULL,
  STRING,
  type StaticType,
} from '../values/static-type.js'
import { checkArgument } from './argument-types.js'
import { arityOf, bindCall, describeArity } from './bind.js'
import type { BoundCall, BoundExpression } from './bound.js'
import { type CheckEnvironment, requireEnvironment } from './environment.js'
import { meantReplace } from './replace-modes.js'
import { byPosition, kindsOfCall } from './result-type.js'
import { switchPairs } from './switch-pairs.js'
import { misspeltFunction, unknownAttribute, unknownFunction, unknownName } from './unknown.js'

/** A bound expression and its diagnostics. */
export interface CheckedExpression extends BoundExpression {
  readonly diagnostics: readonly Diagnostic[]
}

/** An expression that is being checked, and the findings so far. */
interface Checking {
  readonly environment: CheckEnvironment
  readonly diagnostics: Diagnostic[]
  readonly calls: Map<FunctionCall, BoundCall>
  readonly types: Map<Expression, StaticType>
  readonly attributes: Set<string>
}

/** Binds names, checks arity and types, and infers the type of every part. Never throws. */
export const checkExpression = (expression: Expression, environment: CheckEnvironment): CheckedExpression => {
  requireTree(expression)
  requireEnvironment(environment)
  const checking: Checking = {
    environment,
    diagnostics: [],
    calls: new Map(),
    types: new Map(),
    attributes: new Set(),
  }
  visit(checking, expression, true)
  const { diagnostics, calls, types, attributes } = checking
  return { expression, diagnostics, calls, types, attributes: [...attributes] }
}

const visit = (checking: Checking, node: Expression, outermost: boolean): StaticType => {
  const type = infer(checking, node, outermost)
  checking.types.set(node, type)
  return type
}

const infer = (checking: Checking, node: Expression, outermost: boolean): StaticType => {
  switch (node.type) {
    case 'StringLiteral':
      return STRING
    case 'IntegerLiteral':
      return INTEGER
    case 'DecimalLiteral':
      return DECIMAL
    case 'AttributeReference':
      return attributeType(checking, node)
    case 'Placeholder':
      return STRING
    case 'Name':
      return nameType(checking, node)
    case 'FunctionCall':
      return callType(checking, node, outermost)
    case 'Comparison':
      return BOOLEAN | ((visit(checking, node.left, false) | visit(checking, node.right, false)) & MARKER)
    case 'Concatenation': {
      checkDialect(checking, '&', node.span, concatenation.dialects)
      const operands = [visit(checking, node.left, false), visit(checking, node.right, false)]
      return kindsOfCall(concatenation, operands)
    }
    case 'InvalidExpression':
      return ANY
  }
}

const attributeType = (checking: Checking, node: AttributeReference): StaticType => {
  checking.attributes.add(node.name)
  const scope = checking.environment.attributes
  if (scope !== undefined && node.name !== '' && scope.lookup(node.name) === undefined)
    checking.diagnostics.push(unknownAttribute(node, scope))
  return ANY
}

const nameType = (checking: Checking, node: Name): StaticType => {
  const constant = languageConstants.get(node.name)
  if (constant !== undefined) return constant.kinds
  checking.diagnostics.push(unknownName(node, languageConstants.keys(), checking.environment.attributes))
  return ANY
}

const checkDialect = (
  { environment: { dialect }, diagnostics }: Checking,
  name: string,
  span: Span,
  dialects: readonly Dialect[],
  hint?: string,
): void => {
  if (dialects.includes(dialect)) return
  const extras = hint === undefined ? {} : { hint }
  diagnostics.push(diagnostic('AF2007', span, { name, dialect }, extras))
}

const callType = (checking: Checking, node: FunctionCall, outermost: boolean): StaticType => {
  const definition = resolve(checking, node)
  if (definition === undefined) {
    for (const argument of node.arguments)
      if (argument.type !== 'OmittedArgument') visit(checking, argument, false)
    return ANY
  }
  const call = bindCall(definition, node)
  checking.calls.set(node, call)
  checkDialect(checking, definition.name, node.nameSpan, definition.dialects, definition.instead)
  if (definition.form === 'selectUnique' && !outermost)
    checking.diagnostics.push(diagnostic('AF3008', node.nameSpan, {}))
  const types = argumentTypes(checking, call)
  checkArity(checking, call)
  for (const [i, argument] of call.arguments.entries()) {
    const fault = checkArgument(definition, argument, types[i] ?? NULL)
    if (fault !== undefined) checking.diagnostics.push(fault)
  }
  return kindsOfCall(definition, byPosition(call.arguments, types))
}

/** Visits the arguments, resolving bare words by their parameters. The bound arguments come first. */
const argumentTypes = (checking: Checking, { node, arguments: bound }: BoundCall): readonly StaticType[] => {
  const types: StaticType[] = []
  for (const [i, argument] of node.arguments.entries()) {
    if (argument.type === 'OmittedArgument') types.push(NULL)
    else if (
      argument.type === 'Name' &&
      bound[i]?.parameter.values !== undefined &&
      !languageConstants.has(argument.name)
    ) {
      checking.types.set(argument, STRING)
      types.push(STRING)
    } else types.push(visit(checking, argument, false))
  }
  return types
}

const checkArity = (
  { diagnostics }: Checking,
  { node, definition, given, arguments: bound }: BoundCall,
): void => {
  const arity = arityOf(definition)
  if (definition.form === 'switch' && given.length >= 1 && given.length !== 2 && given.length % 2 === 1) {
    diagnostics.push(diagnostic('AF3004', node.span, { pairs: switchPairs(given) }))
    return
  }
  if (given.length < arity.least || given.length > arity.most) {
    const were = given.length === 1 ? 'was' : 'were'
    const args = { function: definition.name, expected: describeArity(arity), found: given.length, were }
    diagnostics.push(diagnostic('AF3001', node.span, args, { hint: `Write ${signatureOf(definition)}.` }))
    return
  }
  if (definition.checkModes === undefined) return
  const presence = definition.parameters.map(() => false)
  for (const { argument, position } of bound) {
    if (position < presence.length) presence[position] = argument.type !== 'OmittedArgument'
  }
  const problem = definition.checkModes(presence)
  if (problem !== undefined)
    diagnostics.push(diagnostic('AF3005', node.span, { given: problem }, meantReplace(definition, node)))
}

const resolve = (
  { environment: { library, settings }, diagnostics }: Checking,
  node: FunctionCall,
): FunctionDefinition | undefined => {
  const exact = library.get(node.name)
  if (exact !== undefined) {
    if (exact.name !== node.name) diagnostics.push(misspeltFunction('AF2008', node, exact.name))
    return exact
  }
  const folded = library.getFolded(node.name)
  if (folded === undefined) diagnostics.push(unknownFunction(node, library))
  else if (!settings.caseInsensitiveFunctions) diagnostics.push(misspeltFunction('AF2002', node, folded.name))
  return folded
}
