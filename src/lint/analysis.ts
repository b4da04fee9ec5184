import type { AttributeInfo } from '../check/attribute-scope.js'
import type { BoundArgument, BoundCall, BoundExpression } from '../check/bound.js'
import { type CheckEnvironment, requireEnvironment } from '../check/environment.js'
import { byPosition, kindsOfCall } from '../check/result-type.js'
import { concatenation } from '../functions/concatenation.js'
import { languageConstants } from '../functions/constants.js'
import type { FunctionDefinition } from '../functions/define.js'
import {
  absentOnly,
  booleanDomain,
  type Domain,
  factsOf,
  integerDomain,
  joinDomains,
  nothing,
  outcomeWithoutText,
  presentOnly,
  textsDomain,
  topOf,
} from '../functions/domain.js'
import type { KnownArguments } from '../functions/transfer.js'
import { applyPure } from '../ir/pure-call.js'
import type { Argument, Concatenation, Expression, FunctionCall } from '../syntax/ast.js'
import { hexFromText, integerFromText } from '../values/convert.js'
import { Fault } from '../values/fault.js'
import { FlowMarker } from '../values/marker.js'
import { requireMade } from '../values/misuse.js'
import {
  ANY,
  BOOLEAN,
  DECIMAL,
  INTEGER,
  LIST,
  MARKER,
  NULL,
  overlaps,
  STRING,
  type StaticType,
  within,
} from '../values/static-type.js'
import { integer, type Value } from '../values/value.js'
import { attributeDomain } from './attribute-domain.js'
import { certaintyOf } from './certainty.js'
import { type Failure, failuresOf, operandFailures } from './conversions.js'
import {
  noRefinements,
  type Refinements,
  refinementsOf,
  refinementsOfDefault,
  refinementsOfKey,
  withRefinements,
} from './refine.js'

/** The possible outcomes of every part of an expression, and the conversions that can fail. */
export interface Analysis {
  readonly domain: Domain
  /** Of every part, given the conditions around it. */
  readonly domains: ReadonlyMap<Expression, Domain>
  /** Conversions that fail for some value in the domains. */
  readonly failures: readonly Failure[]
  /**
   * Calls whose arguments have few values and that fail for each of them, with the reason; outermost last.
   */
  readonly certainFailures: ReadonlyMap<Expression, string>
}

/** The facts with which an expression is analysed. */
export interface AnalysisOptions {
  /** The maximum length of an attribute, from the metadata of its definition. */
  readonly maximumLength?: (attribute: string) => number | undefined
  /** The known domains of attributes. */
  readonly given?: Refinements
}

/**
 * Computes the possible outcomes of an expression for objects that match the schema, or for any object
 * without a schema. Sound, not exact: every actual outcome is in the domain.
 */
export const analyzeDomains = (
  checked: BoundExpression,
  environment: CheckEnvironment,
  options: AnalysisOptions = {},
): Analysis => {
  requireMade(checked, 'expression', 'an analyzed expression, such as analyzeExpression(text)')
  requireEnvironment(environment)
  const analyzer = new Analyzer(checked, environment, options)
  const domain = analyzer.visit(checked.expression, options.given ?? noRefinements)
  const { domains, failures, certainFailures } = analyzer
  return { domain, domains, failures, certainFailures }
}

/** The service gives the roles of a user as a list, always under this name. */
const roles: AttributeInfo = {
  name: 'appRoleAssignments',
  type: 'String',
  multivalued: true,
  required: false,
}

/** More combinations of constants are not computed individually. */
const MOST_MAPPED = 64

class Analyzer {
  readonly domains: Map<Expression, Domain> = new Map()
  readonly failures: Failure[] = []
  readonly certainFailures: Map<Expression, string> = new Map()
  /** The values of calls that are the same for every object. */
  readonly #constants = new Map<Argument, Value>()
  readonly #checked: BoundExpression
  readonly #environment: CheckEnvironment
  readonly #options: AnalysisOptions

  constructor(checked: BoundExpression, environment: CheckEnvironment, options: AnalysisOptions) {
    this.#checked = checked
    this.#environment = environment
    this.#options = options
  }

  visit(node: Expression, known: Refinements): Domain {
    const domain = this.#infer(node, known)
    this.domains.set(node, domain)
    return domain
  }

  #infer(node: Expression, known: Refinements): Domain {
    switch (node.type) {
      case 'StringLiteral':
        return textsDomain([node.value])
      case 'IntegerLiteral': {
        const value = Number(node.value)
        return Number.isSafeInteger(value)
          ? integerDomain(value, value)
          : { ...topOf(INTEGER), ...factsOf([String(node.value)]) }
      }
      case 'DecimalLiteral':
        return topOf(DECIMAL | INTEGER)
      case 'Placeholder': {
        const { placeholders } = this.#environment.settings
        const text = Object.hasOwn(placeholders, node.name) ? placeholders[node.name] : undefined
        return text === undefined ? nothing : textsDomain([text])
      }
      case 'Name':
        return nameDomain(node.name)
      case 'AttributeReference':
        return this.#attribute(node.name, known)
      case 'Comparison': {
        const left = this.visit(node.left, known)
        const right = this.visit(node.right, known)
        this.failures.push(...operandFailures(node, node.operator, [node.left, left], [node.right, right]))
        return withMarkers(booleanDomain, [left, right])
      }
      case 'Concatenation':
        return this.#concatenation(node, known)
      case 'FunctionCall':
        return this.#call(node, known)
      case 'InvalidExpression':
        return topOf(ANY | MARKER)
    }
  }

  /** An argument, or null for a blank one. */
  #argument(argument: Argument | undefined, known: Refinements): Domain {
    return argument === undefined || argument.type === 'OmittedArgument'
      ? outcomeWithoutText(NULL)
      : this.visit(argument, known)
  }

  /** The domain of an attribute without a schema. */
  #known(name: string): AttributeInfo | undefined {
    return this.#environment.attributes === undefined && name === roles.name ? roles : undefined
  }

  #attribute(name: string, known: Refinements): Domain {
    const info = this.#environment.attributes?.lookup(name) ?? this.#known(name)
    const length = this.#options.maximumLength?.(name)
    const whole = info === undefined ? topOf(ANY) : attributeDomain(info)
    const domain = length === undefined ? whole : { ...whole, maxLength: Math.min(whole.maxLength, length) }
    const presence = known.get(name)
    if (presence === undefined) return domain
    return presence === 'present' ? presentOnly(domain) : absentOnly(domain)
  }

  #concatenation(node: Concatenation, known: Refinements): Domain {
    const nodes = [node.left, node.right]
    const domains = nodes.map((operand) => this.visit(operand, known))
    const bound = concatenation.parameters.map((parameter, position): BoundArgument => {
      return { argument: position === 0 ? node.left : node.right, parameter, position }
    })
    this.failures.push(...failuresOf(node, concatenation, bound, domains))
    return this.#result(concatenation, bound, domains, node)
  }

  #call(node: FunctionCall, known: Refinements): Domain {
    const call = this.#checked.calls.get(node)
    if (call === undefined) {
      for (const argument of node.arguments) this.#argument(argument, known)
      return topOf(ANY | MARKER)
    }
    switch (call.definition.form) {
      case 'conditional':
        return this.#conditional(call, known)
      case 'switch':
        return this.#switch(call, known)
      case 'coalesce':
        return this.#coalesce(call, known)
      case 'selectUnique':
        return this.#selectUnique(call, known)
      case 'call':
        return this.#eager(call, known)
    }
  }

  #conditional({ node, definition }: BoundCall, known: Refinements): Domain {
    const [condition, yes, no] = node.arguments
    const test = this.#argument(condition, known)
    const { settings } = this.#environment
    const after = (holds: boolean): Refinements =>
      condition === undefined || condition.type === 'OmittedArgument'
        ? known
        : withRefinements(known, refinementsOf(condition, holds, settings, this.#checked.calls))
    if (overlaps(test.kinds, LIST) && condition !== undefined && condition.type !== 'OmittedArgument')
      this.failures.push({
        node: condition,
        function: definition.name,
        code: 'AF5003',
        argument: condition,
      })
    const result = joinDomains(this.#argument(yes, after(true)), this.#argument(no, after(false)))
    return withMarkers(result, [test])
  }

  #switch({ node, definition, given }: BoundCall, known: Refinements): Domain {
    const [source, otherwise] = given
    const keys = given.filter((_argument, index) => index >= 2 && index % 2 === 0)
    const compared = [source, ...keys].map((argument) => [argument, this.#argument(argument, known)] as const)
    for (const [argument, domain] of compared) {
      if (argument === undefined || argument.type === 'OmittedArgument') continue
      this.failures.push(...operandFailures(node, definition.name, [argument, domain]))
    }
    const inDefault = withRefinements(known, refinementsOfDefault(source, keys))
    let result = this.#argument(otherwise, inDefault)
    for (let i = 2; i < given.length; i += 2) {
      const inValue = withRefinements(known, refinementsOfKey(source, given[i]))
      result = joinDomains(result, this.#argument(given[i + 1], inValue))
    }
    return withMarkers(
      result,
      compared.map(([, domain]) => domain),
    )
  }

  #coalesce(call: BoundCall, known: Refinements): Domain {
    const { coalesceSkipsEmpty } = this.#environment.settings
    const given = call.given.map((argument) => this.#argument(argument, known))
    const last = given.at(-1) ?? outcomeWithoutText(NULL)
    const chosen = given.slice(0, -1).map((domain): Domain => {
      const present = { ...domain, kinds: domain.kinds & ~NULL }
      return coalesceSkipsEmpty ? { ...present, mayBeEmpty: false } : present
    })
    return [...chosen, last].reduce(joinDomains, nothing)
  }

  #selectUnique({ node, definition }: BoundCall, known: Refinements): Domain {
    const candidates = node.arguments.map((argument) => {
      const domain = this.#argument(argument, known)
      if (argument.type !== 'OmittedArgument')
        this.failures.push(...operandFailures(node, definition.name, [argument, domain]))
      return domain
    })
    const whole = candidates.reduce(joinDomains, nothing)
    return { ...whole, kinds: (whole.kinds & MARKER) | STRING | NULL, elements: 0, mayBeEmpty: false }
  }

  #eager(call: BoundCall, known: Refinements): Domain {
    const { node, definition, arguments: bound } = call
    const domains = bound.map(({ argument }) => this.#argument(argument, known))
    this.failures.push(...failuresOf(node, definition, bound, domains))
    const { failure, value } = certaintyOf(call, domains, this.#environment.settings, this.#constants)
    if (failure !== undefined) {
      this.certainFailures.set(node, failure)
      return nothing
    }
    if (value !== undefined) this.#constants.set(node, value)
    return this.#result(definition, bound, domains, node)
  }

  #result(
    definition: FunctionDefinition,
    bound: readonly BoundArgument[],
    domains: readonly Domain[],
    node: FunctionCall | Concatenation,
  ): Domain {
    const written = bound.map(({ argument }) => (argument.type === 'OmittedArgument' ? undefined : argument))
    const nodes = byPosition(bound, written)
    const placed = byPosition(
      bound,
      domains.map((domain, index) => written[index] && domain),
    )
    const [first] = placed
    if (first !== undefined && definition.passesOn !== undefined) {
      const rest = domains.slice(1).reduce((all, { kinds }) => all | (kinds & (NULL | MARKER)), 0)
      const value = definition.passesOn(first)
      return { ...value, kinds: value.kinds | rest }
    }
    const kinds = kindsOfCall(
      definition,
      placed.map((domain) => domain?.kinds),
    )
    const mapped = this.#mapTexts(definition, placed, nodes, node)
    if (mapped !== undefined) return withMarkers({ ...mapped, kinds: mapped.kinds }, domains)
    const general: Domain = within(kinds & ~(NULL | MARKER), BOOLEAN)
      ? { ...booleanDomain, kinds }
      : topOf(kinds)
    const elements = overlaps(kinds, LIST) ? elementsOf(definition, placed) : 0
    const found = definition.yields?.(knownArguments(placed, nodes)) ?? {}
    return {
      ...general,
      ...found,
      kinds,
      elements,
      mayBeEmpty: found.mayBeEmpty ?? general.mayBeEmpty,
      mayBeEmptyList: general.mayBeEmptyList,
    }
  }

  /**
   * Applies a text function to each possible text of its first argument, if the other arguments are literals.
   */
  #mapTexts(
    definition: FunctionDefinition,
    placed: readonly (Domain | undefined)[],
    nodes: readonly (Expression | undefined)[],
    node: Expression,
  ): Domain | undefined {
    const { evaluate, form, parameters, purity, settings } = definition
    const [first] = placed
    if (evaluate === undefined || form !== 'call' || purity !== 'pure' || first?.texts === undefined)
      return undefined
    if (parameters[0]?.type !== 'String' || parameters.some(({ repeating }) => repeating)) return undefined
    if (!within(first.kinds, STRING | NULL) || first.texts.size > MOST_MAPPED) return undefined
    const rest: (Value | undefined)[] = []
    for (const [i, parameter] of parameters.entries()) {
      if (i === 0) continue
      const argument = nodes[i]
      if (argument === undefined) rest.push(undefined)
      else if (argument.type === 'StringLiteral' && parameter.type === 'Integer') {
        const value = integerFromText(argument.value) ?? hexFromText(argument.value)
        if (value === undefined) return undefined
        rest.push(value)
      } else if (argument.type === 'StringLiteral') rest.push(argument.value)
      else if (argument.type === 'IntegerLiteral') rest.push(integer(argument.value))
      else if (argument.type === 'Name' && parameter.values !== undefined) rest.push(argument.name)
      else return undefined
    }
    const extra = settings.map((name) => this.#environment.settings[name])
    const sources: Value[] = [...first.texts, ...(overlaps(first.kinds, NULL) ? [null] : [])]
    let result = nothing
    for (const source of sources) {
      try {
        const value = applyPure(definition, [source, ...rest], extra, { span: node.span, calls: [] })
        const one = constantDomain(value)
        if (one === undefined) return undefined
        result = joinDomains(result, one)
      } catch (thrown) {
        // A domain contains no faults; failing conversions are collected separately.
        if (!(thrown instanceof Fault)) throw thrown
      }
    }
    return result
  }
}

const constantDomain = (value: Value | FlowMarker): Domain | undefined => {
  if (value instanceof FlowMarker) return undefined
  if (value === null) return outcomeWithoutText(NULL)
  if (typeof value === 'string') return textsDomain([value])
  if (typeof value === 'number' && Number.isSafeInteger(value)) return integerDomain(value, value)
  return typeof value === 'boolean' ? { ...booleanDomain, ...factsOf([value ? 'True' : 'False']) } : undefined
}

const nameDomain = (name: string): Domain => {
  const constant = languageConstants.get(name)
  if (constant === undefined) return textsDomain([name])
  return constantDomain(constant.value) ?? outcomeWithoutText(constant.kinds)
}

/** A marker in an argument becomes the outcome of the whole expression. */
const withMarkers = (domain: Domain, args: readonly Domain[]): Domain => {
  const markers = args.reduce((all, { kinds }) => all | (kinds & MARKER), 0)
  return markers === 0 ? domain : { ...domain, kinds: domain.kinds | markers }
}

/** The facts about the arguments of a call, for its declaration. */
const knownArguments = (
  domains: readonly (Domain | undefined)[],
  nodes: readonly (Expression | undefined)[],
): KnownArguments =>
  domains.map((domain, position) => {
    const node = nodes[position]
    if (domain === undefined || node === undefined) return undefined
    const text = node.type === 'StringLiteral' ? node.value : undefined
    const written = text !== undefined && /^-?\d{1,9}$/.test(text) ? Number(text) : undefined
    return { domain, text, integer: node.type === 'IntegerLiteral' ? Number(node.value) : written }
  })

/** The kinds of the elements if a call yields a list. */
const elementsOf = (definition: FunctionDefinition, placed: readonly (Domain | undefined)[]): StaticType => {
  if (!definition.mapsOverLists) return definition.elements ?? ANY
  // The result of the call for one element; null results are dropped.
  const single = placed.map((domain) => domain && (domain.kinds & ~LIST) | domain.elements)
  return kindsOfCall(definition, single) & ~(NULL | MARKER | LIST)
}
