import type { AttributeScope } from '../check/attribute-scope.js'
import { catalogue, type DiagnosticCode } from '../diagnostics/catalogue.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { isEvaluationCode } from '../diagnostics/evaluation-diagnostic.js'
import { constant } from '../ir/build.js'
import type { InputTable } from '../ir/inputs.js'
import type { Callee, FailNode, InputNode, IrNode } from '../ir/node.js'
import type { Filter } from '../schema/model.js'
import type { Span } from '../text/span.js'
import type { Settings } from '../values/settings.js'
import { ANY, BOOLEAN } from '../values/static-type.js'
import type { FilterOperator } from './define.js'
import {
  type FilterSetName,
  isReady,
  type ResolvedClause,
  type ResolvedGroup,
  resolveFilter,
} from './resolve.js'
import type { PreparedClause } from './runtime/clause.js'
import { clauseFactory } from './runtime/prepare-clause.js'

/** The environment for lowering a filter. */
export interface LowerFilterOptions {
  readonly settings: Settings
  /** The inputs of the unit that the filter becomes part of. */
  readonly inputs: InputTable
  /** JSON path of the filter, which begins the paths of all findings. */
  readonly path: string
  /** The attributes that objects have: a clause that reads another fails. Default: any. */
  readonly attributes?: AttributeScope | undefined
}

/** A filter as nodes of a unit. */
export interface LoweredFilter {
  /** One Boolean node for each set; a set that is absent or empty passes and has no node. */
  readonly sets: { readonly [Name in FilterSetName]?: IrNode }
  /** AF45 findings, AF2004 with `attributes`, and AF3009 and AF3010 for regular expressions. A clause with an error fails for every object. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Lowers a filter: all clauses of a group must hold; groups are alternatives. The calls of a clause's fault
 * are the title of the group and the clause in words, for instance `['Sales', 'level Greater_Than 3']`.
 */
export const lowerFilter = (
  filter: Filter | null | undefined,
  { settings, inputs, path, attributes }: LowerFilterOptions,
): LoweredFilter => {
  const sets: { [Name in FilterSetName]?: IrNode } = {}
  const diagnostics: Diagnostic[] = []
  for (const set of resolveFilter(filter, settings, attributes)) {
    const groups = set.groups.map((group) => lowerGroup(group, inputs))
    const [first] = set.groups
    if (first !== undefined) sets[set.name] = allOrAny('or', groups, first.span)
    for (const clause of set.groups.flatMap((group) => group.clauses)) {
      diagnostics.push(...clause.diagnostics.map((d) => ({ ...d, path: path + (d.path ?? '') })))
    }
  }
  return { sets, diagnostics }
}

const lowerGroup = (group: ResolvedGroup, inputs: InputTable): IrNode => {
  const clauses = group.clauses.map((clause) => lowerClause(clause, group, inputs))
  return clauses.length === 0 ? constant(true, group.span) : allOrAny('and', clauses, group.span)
}

const allOrAny = (kind: 'and' | 'or', operands: readonly IrNode[], span: Span): IrNode => {
  const [only, second] = operands
  return only !== undefined && second === undefined
    ? only
    : { op: 'logic', kind, operands, type: BOOLEAN, span }
}

/** Generated modules and closures have messages for evaluation errors only. */
const wordingOf = (code: DiagnosticCode): Pick<FailNode, 'wording'> => {
  if (isEvaluationCode(code)) return {}
  const { severity, message } = catalogue[code]
  return { wording: { severity, message } }
}

const lowerClause = (clause: ResolvedClause, group: ResolvedGroup, inputs: InputTable): IrNode => {
  const { span } = clause
  const site = { span, calls: [group.title, clause.text] }
  if (!isReady(clause)) {
    const { code, args } = clause.body
    return { op: 'fail', code, args, ...wordingOf(code), type: BOOLEAN, span, site }
  }
  const input: InputNode = { op: 'input', index: inputs.indexOf(clause.attribute), type: ANY, span }
  return {
    op: 'call',
    callee: calleeOf(clause.operator, clause.body),
    args: [input],
    extra: [],
    type: BOOLEAN,
    span,
    site,
  }
}

const value: Callee['parameters'][number] = {
  name: 'value',
  key: 'value',
  type: 'Any',
  acceptsNull: true,
}

/** The clause in the IR: a call of the attribute's value, with a body specialised for its operands. */
const calleeOf = ({ name, arity }: FilterOperator, { evaluate, spec }: PreparedClause): Callee => ({
  name,
  parameters: [value],
  returns: BOOLEAN,
  purity: 'pure',
  takesContext: false,
  mapsOverLists: false,
  errors: arity === 'unary' ? [] : ['AF5020', 'AF5021'],
  evaluate,
  made: { factory: clauseFactory(spec.operator), constants: [spec] },
})
