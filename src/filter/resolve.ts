import type { AttributeScope } from '../check/attribute-scope.js'
import type { ArgumentsOf, DiagnosticCode } from '../diagnostics/catalogue.js'
import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import {
  type Filter,
  type FilterClause,
  type FilterGroup,
  origin,
  type SchemaObject,
} from '../schema/model.js'
import { nodeSpan } from '../schema/node-span.js'
import type { Span } from '../text/span.js'
import { Misuse } from '../values/misuse.js'
import type { NullPolicy, Settings } from '../values/settings.js'
import type { FilterOperator } from './define.js'
import { adviceForUnknownOperator, findOperator } from './operators.js'
import { type ClauseSpec, PreparedClause } from './runtime/clause.js'
import { prepareClause } from './runtime/prepare-clause.js'

/** The three sets of a filter, in the order in which the service applies them. An object must pass all. */
export type FilterSetName = 'inputFilterGroups' | 'categoryFilterGroups' | 'groups'

/** @see FilterSetName */
export const filterSetNames: readonly FilterSetName[] = [
  'inputFilterGroups',
  'categoryFilterGroups',
  'groups',
]

/** Why a clause cannot be evaluated for any object. */
export interface ClauseFailure {
  readonly code: DiagnosticCode
  readonly args: Readonly<Record<string, string | number>>
}

interface ClauseParts {
  readonly attribute: string
  /** The name as written in the clause. */
  readonly operatorName: string
  readonly operands: readonly string[]
  /** The clause in words: `department EQUALS Sales`. */
  readonly text: string
  /** Its span in the file; empty for a filter that was not read from one. */
  readonly span: Span
  /** Its path from the filter: `.groups[0].clauses[1]`. */
  readonly path: string
  /** AF45 findings, with paths from the filter. */
  readonly diagnostics: readonly Diagnostic[]
}

/** A clause with its operator and prepared operands. */
interface ReadyClause extends ClauseParts {
  readonly operator: FilterOperator
  readonly body: PreparedClause
}

/** A clause that fails for every object. */
interface FailedClause extends ClauseParts {
  /** Undefined if the operator is unknown or refused. */
  readonly operator: FilterOperator | undefined
  readonly body: ClauseFailure
}

/** A clause with its operator and prepared operands, or why it cannot be evaluated. */
export type ResolvedClause = ReadyClause | FailedClause

/** A group with its clauses resolved. */
export interface ResolvedGroup {
  readonly name: string | null
  /** The name, or `group 2` for one without. */
  readonly title: string
  readonly path: string
  readonly span: Span
  readonly clauses: readonly ResolvedClause[]
}

/** A set with groups, resolved under its null policy. */
export interface ResolvedSet {
  readonly name: FilterSetName
  readonly nullPolicy: NullPolicy
  readonly groups: readonly ResolvedGroup[]
}

/** Whether a clause can be evaluated. */
export const isReady = (clause: ResolvedClause): clause is ReadyClause =>
  clause.body instanceof PreparedClause

/** A clause in words, from its parts: `department EQUALS Sales`. */
export const clauseWords = (clause: {
  readonly sourceOperandName: string
  readonly operatorName: string
  readonly operands: readonly string[]
}): string =>
  [clause.sourceOperandName, clause.operatorName, clause.operands.join(', ')]
    .filter((part) => part !== '')
    .join(' ')

/** A clause in words, as the portal prints it after the title of its group. */
export const clauseText = (clause: FilterClause): string =>
  clauseWords({ ...clause, operands: operandsOf(clause) })

const operandsOf = ({ targetOperand }: FilterClause): readonly string[] => targetOperand?.values ?? []

const spanOf = (object: SchemaObject): Span => {
  const read = object[origin]
  return read === undefined ? { start: 0, end: 0 } : nodeSpan(read.node)
}

/** Equal clauses of one set share what was prepared for them. */
type Known = Map<string, ReturnType<typeof prepareClause>>

class ClauseResolver {
  readonly #settings: Settings
  readonly #nullPolicy: NullPolicy
  readonly #attributes: AttributeScope | undefined
  readonly #known: Known = new Map()

  constructor(settings: Settings, nullPolicy: NullPolicy, attributes: AttributeScope | undefined) {
    this.#settings = settings
    this.#attributes = attributes
    this.#nullPolicy = nullPolicy
  }

  resolve(clause: FilterClause, path: string): ResolvedClause {
    const operands = operandsOf(clause)
    const span = spanOf(clause)
    const common = {
      attribute: clause.sourceOperandName,
      operatorName: clause.operatorName,
      operands,
      text: clauseText(clause),
      span,
      path,
    }
    const failed = <Code extends DiagnosticCode>(
      operator: FilterOperator | undefined,
      code: Code,
      args: ArgumentsOf<Code>,
      member: string,
      hint?: string,
    ): ResolvedClause => {
      const extras = { path: `${path}.${member}`, ...(hint === undefined ? {} : { hint }) }
      const failure: ClauseFailure = { code, args: args as ClauseFailure['args'] }
      return { ...common, operator, body: failure, diagnostics: [diagnostic(code, span, args, extras)] }
    }
    const operator = findOperator(clause.operatorName)
    if (operator === undefined) {
      const name = clause.operatorName === '' ? 'without a name' : clause.operatorName
      return failed(undefined, 'AF4500', { name }, 'operatorName', adviceForUnknownOperator(name))
    }
    if (!operator.supported) {
      const { name, reason, hint } = operator
      return failed(undefined, 'AF4501', { name, reason }, 'operatorName', hint)
    }
    const name = clause.sourceOperandName
    if (name === '') return failed(operator, 'AF4505', {}, 'sourceOperandName')
    if (this.#attributes !== undefined && this.#attributes.lookup(name) === undefined) {
      const args = { object: this.#attributes.description, name: `[${name}]` }
      return failed(operator, 'AF2004', args, 'sourceOperandName')
    }
    if (operator.arity === 'binary' && operands.length === 0) {
      const args = { operator: operator.name, attribute: clause.sourceOperandName }
      return failed(operator, 'AF4502', args, 'targetOperand')
    }
    const body = this.#prepare({
      operator: operator.name,
      operands: operator.arity === 'unary' ? [] : operands,
      nullPolicy: this.#nullPolicy,
      multivaluedComparison: this.#settings.multivaluedComparison,
      regexSteps: this.#settings.limits.regexSteps,
      text: common.text,
    })
    if (!(body instanceof PreparedClause)) {
      const [{ operand, problem }] = body
      const member = `targetOperand.values[${operands.indexOf(operand)}]`
      const { code, reason } = problem
      if (code !== 'AF4504') return failed(operator, code, { reason }, member)
      return failed(operator, code, { operator: operator.name, expected: reason, value: operand }, member)
    }
    return { ...common, operator, body, diagnostics: superfluous(operator, operands, span, path) }
  }

  #prepare(spec: ClauseSpec): ReturnType<typeof prepareClause> {
    const key = JSON.stringify(spec)
    const known = this.#known.get(key) ?? prepareClause(spec)
    this.#known.set(key, known)
    return known
  }
}

const superfluous = (
  operator: FilterOperator,
  operands: readonly string[],
  span: Span,
  path: string,
): readonly Diagnostic[] => {
  const ignored = operands.filter((operand) => operand !== '')
  if (operator.arity === 'binary' || ignored.length === 0) return []
  const args = { operator: operator.name, value: ignored.join(', ') }
  return [diagnostic('AF4503', span, args, { path: `${path}.targetOperand` })]
}

const resolveGroup = (
  group: FilterGroup,
  index: number,
  set: FilterSetName,
  resolver: ClauseResolver,
): ResolvedGroup => {
  const path = `.${set}[${index}]`
  const clauses = group.clauses ?? []
  return {
    name: group.name,
    title: group.name || `group ${index + 1}`,
    path,
    span: spanOf(group),
    clauses: clauses.map((clause, i) => resolver.resolve(clause, `${path}.clauses[${i}]`)),
  }
}

interface Resolved {
  readonly settings: Settings
  readonly attributes: AttributeScope | undefined
  readonly sets: readonly ResolvedSet[]
}

const resolved = new WeakMap<Filter, Resolved>()

/**
 * Resolves the sets of a filter that have groups; an absent, null or empty set passes and is omitted. The
 * result is cached with the filter, so that no pattern is compiled twice.
 * @param attributes those that objects have: a clause that reads another cannot be evaluated. Default: any
 */
export const resolveFilter = (
  filter: Filter | null | undefined,
  settings: Settings,
  attributes?: AttributeScope,
): readonly ResolvedSet[] => {
  if (filter === null || filter === undefined) return []
  if (typeof filter !== 'object')
    throw new Misuse('expected a filter, such as the scope of an object mapping')
  const known = resolved.get(filter)
  if (known?.settings === settings && known.attributes === attributes) return known.sets
  const sets = filterSetNames
    .map((name): ResolvedSet => {
      const nullPolicy = settings.nullPolicy[name]
      const resolver = new ClauseResolver(settings, nullPolicy, attributes)
      const groups = (filter[name] ?? []).map((group, index) => resolveGroup(group, index, name, resolver))
      return { name, nullPolicy, groups }
    })
    .filter(({ groups }) => groups.length > 0)
  resolved.set(filter, { settings, attributes, sets })
  return sets
}
