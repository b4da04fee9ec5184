import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js'
import { explainFilter, type FilterExplanation } from '../filter/explain.js'
import type { Frame, SourceRecord } from '../plan/frame.js'
import { type ContextInput, createContext, type EvaluationContext } from '../values/context.js'
import { EvaluationError } from '../values/fault.js'
import { FlowMarker } from '../values/marker.js'
import type { Result } from '../values/outcome.js'
import { textForm } from '../values/text.js'
import { isList, type Value } from '../values/value.js'
import type { CompiledAttribute, CompiledObjectMapping } from './compile-object-mapping.js'
import { decideProvisioning, type ProvisioningDecision, type SourceState } from './deprovision.js'
import { decideFlow, type FlowDecision, staysAnyway } from './flow.js'
import { type MatchKey, matchQuery, orderMatchKeys } from './match.js'
import type { ObjectReason } from './reasons.js'
import { softDeletedAttribute, sourceStateOf, supplyAttribute } from './source-state.js'

/** An object of the target: its attributes by target attribute name. */
export type TargetObject = ReadonlyMap<string, Value>

/** What the caller knows beyond the object itself. */
export interface MapRequest {
  /** Decide as if the target object did not exist or did; default: what the look-up finds, else create. */
  readonly operation?: 'create' | 'update'
  /** The objects of the target that have this value in this attribute. */
  readonly findTargets?: (attribute: string, value: Value) => readonly TargetObject[]
  /** The object the source object is linked to already; then no matching takes place. */
  readonly linked?: TargetObject
  /** What is known of the source object beyond its attributes. Default: what they tell. */
  readonly source?: SourceState
  /** It was disabled when it left the scope earlier, and is no longer managed. Default false. */
  readonly unmanaged?: boolean
  /** The job's SkipOutOfScopeDeletions secret. Default false. */
  readonly skipOutOfScopeDeletions?: boolean
  readonly context?: ContextInput | EvaluationContext
}

/** Whether an object is in scope, and why. */
export interface ScopeResult {
  /** Undefined when a filter failed: neither in nor out. */
  readonly inScope: boolean | undefined
  /** Each set, group and clause with the value it saw. */
  explain(): FilterExplanation
}

/** One target attribute of a mapped object. */
export interface MappedAttribute {
  readonly attribute: CompiledAttribute
  readonly decision: FlowDecision
}

/** What mapping one object came to. */
export interface MappedObject {
  readonly outcome: 'create' | 'update' | 'disable' | 'delete' | 'skip' | 'error'
  readonly reason: ObjectReason
  readonly scope: ScopeResult
  readonly matchKeys: readonly MatchKey[]
  /** The key by which a target object was found. */
  readonly matchedBy: MatchKey | undefined
  /** The target object it was matched or linked to. */
  readonly target: TargetObject | undefined
  /** In the order of the schema; empty when nothing is evaluated. */
  readonly attributes: readonly MappedAttribute[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Decides everything about one object of the source, and maps its attributes. Never throws for dirty data. */
export const mapObject = (
  compiled: CompiledObjectMapping,
  record: SourceRecord,
  request: MapRequest = {},
): MappedObject => new ObjectRun(compiled, record, request).run()

interface Match {
  readonly key: MatchKey | undefined
  readonly target: TargetObject | undefined
}

class ObjectRun {
  readonly #compiled: CompiledObjectMapping
  readonly #record: SourceRecord
  readonly #request: MapRequest
  readonly #context: EvaluationContext
  readonly #frame: Frame
  readonly #source: SourceState
  readonly #results = new Map<number, Result>()
  readonly #diagnostics: Diagnostic[] = []
  #scope: ScopeResult
  #matchKeys: readonly MatchKey[] = []

  constructor(compiled: CompiledObjectMapping, record: SourceRecord, request: MapRequest) {
    this.#compiled = compiled
    this.#record = record
    this.#request = request
    const { context } = request
    this.#context =
      context !== undefined && 'settings' in context ? context : createContext(context, compiled.settings)
    this.#source = request.source ?? sourceStateOf(record)
    this.#frame = compiled.plan.open(record, this.#context, (name) =>
      supplyAttribute(name, record, this.#source !== 'active'),
    )
    this.#scope = { inScope: undefined, explain: () => this.#explain() }
  }

  run(): MappedObject {
    this.#matchKeys = this.#evaluateMatchKeys()
    if (this.#diagnostics.length > 0) return this.#end('error', 'EvaluationFailed')
    if (this.#matchKeys.length > 0 && this.#matchKeys.every(({ query }) => query === null)) {
      return this.#end('skip', 'ImportSkipped')
    }
    const inScope = this.#evaluateScope()
    if (inScope === undefined) return this.#end('error', 'EvaluationFailed')
    const match = this.#findMatch()
    if (match === undefined) return this.#end('error', 'DuplicateTargetEntries')
    return this.#act(inScope, match)
  }

  #act(inScope: 'in' | 'out' | 'unread', match: Match): MappedObject {
    // An object that input or category filters leave out is not processed at all, and not deprovisioned either.
    if (inScope === 'unread') return this.#end('skip', 'InputFiltered', match)
    const decision = this.#decide(inScope === 'in', match)
    if (decision.action === 'skip' || decision.action === 'delete')
      return this.#end(decision.action, decision.reason, match)
    if (decision.action === 'disable') this.#markInactive()
    const attributes = this.#mapAttributes(decision.action === 'create' ? 'create' : 'update', match)
    return this.#conclude(decision, match, attributes)
  }

  #conclude(
    decision: ProvisioningDecision,
    match: Match,
    attributes: readonly MappedAttribute[],
  ): MappedObject {
    const missing: string[] = []
    let ignored = false
    for (const { attribute, decision: flow } of attributes) {
      if (flow.flows) continue
      if ('error' in flow && flow.error !== undefined) this.#diagnostics.push(...flow.error.diagnostics)
      if ('missing' in flow) missing.push(attribute.mapping.targetAttributeName)
      if ('ignoresObject' in flow) ignored = true
    }
    if (this.#diagnostics.length > 0) return this.#end('error', 'EvaluationFailed', match, attributes)
    if (ignored) return this.#end('skip', 'IgnoredByExpression', match, attributes)
    if (missing.length > 0) {
      this.#diagnostics.push(diagnostic('AF5031', { start: 0, end: 0 }, { targets: missing.join(', ') }))
      return this.#end('error', 'MissingValues', match, attributes)
    }
    const redundant = match.target !== undefined && attributes.every(({ decision: flow }) => !flow.flows)
    return redundant && decision.action === 'update'
      ? this.#end('skip', 'RedundantExport', match, attributes)
      : this.#end(decision.action, decision.reason, match, attributes)
  }

  #end(
    outcome: MappedObject['outcome'],
    reason: ObjectReason,
    match: Match = { key: undefined, target: undefined },
    attributes: readonly MappedAttribute[] = [],
  ): MappedObject {
    return {
      outcome,
      reason,
      scope: this.#scope,
      matchKeys: this.#matchKeys,
      matchedBy: match.key,
      target: match.target,
      attributes,
      diagnostics: this.#diagnostics,
    }
  }

  /** The result of a root; each is evaluated once for an object, whatever asks for it. */
  #result(index: number): Result {
    const known = this.#results.get(index)
    if (known !== undefined) return known
    const { errors } = this.#compiled.attributes[index]!
    const result =
      errors.length > 0 ? new EvaluationError(errors) : this.#compiled.plan.roots[index]!(this.#frame)
    this.#results.set(index, result)
    return result
  }

  #evaluateMatchKeys(): readonly MatchKey[] {
    const { attributes, targetKind, objectMapping } = this.#compiled
    const keys: MatchKey[] = []
    attributes.forEach(({ mapping }, index) => {
      if (mapping.matchingPriority <= 0) return
      const result = this.#result(index)
      if (result instanceof EvaluationError) this.#diagnostics.push(...result.diagnostics)
      const value = result instanceof EvaluationError || result instanceof FlowMarker ? null : single(result)
      const targetAttribute = mapping.targetAttributeName
      const searched = value !== null && value !== ''
      const query = searched
        ? matchQuery(targetKind, objectMapping.targetObjectName, targetAttribute, value)
        : null
      keys.push({ targetAttribute, matchingPriority: mapping.matchingPriority, value, query })
    })
    return orderMatchKeys(keys)
  }

  #evaluateScope(): 'in' | 'out' | 'unread' | undefined {
    const guard = this.#compiled.plan.guard(this.#frame)
    if (guard instanceof EvaluationError) {
      this.#diagnostics.push(...guard.diagnostics)
      return undefined
    }
    this.#scope = { inScope: guard, explain: () => this.#explain() }
    if (guard) return 'in'
    const { inputFilterGroups, categoryFilterGroups } = this.#explain().sets
    const unread = [inputFilterGroups, categoryFilterGroups].some(
      (set) => set !== undefined && set.verdict !== true,
    )
    return unread ? 'unread' : 'out'
  }

  #explain(): FilterExplanation {
    const { objectMapping, settings } = this.#compiled
    return explainFilter(objectMapping.scope, (name) => this.#attributeForFilter(name), settings)
  }

  /** The value a filter sees: a supplied attribute as computed, any other as carried. */
  #attributeForFilter(name: string): Value {
    const index = this.#compiled.unit.inputs.findIndex((input) => input.name === name)
    return index >= 0 ? this.#frame.values[index]! : supplyAttribute(name, this.#record, false)
  }

  #findMatch(): Match | undefined {
    const { linked, findTargets } = this.#request
    if (linked !== undefined) return { key: undefined, target: linked }
    if (findTargets === undefined) return { key: this.#assumedMatch(), target: undefined }
    for (const key of this.#matchKeys) {
      if (key.query === null) continue
      const found = findTargets(key.targetAttribute, key.value)
      if (found.length === 1) return { key, target: found[0] }
      if (found.length > 1) {
        const args = {
          count: found.length,
          attribute: key.targetAttribute,
          value: String(textForm(key.value)),
        }
        this.#diagnostics.push(diagnostic('AF5032', { start: 0, end: 0 }, args))
        return undefined
      }
    }
    return { key: undefined, target: undefined }
  }

  /** For an update that is only assumed: the first key that would be searched. */
  #assumedMatch(): MatchKey | undefined {
    return this.#request.operation === 'update'
      ? this.#matchKeys.find(({ query }) => query !== null)
      : undefined
  }

  #decide(inScope: boolean, match: Match): ProvisioningDecision {
    const { objectMapping, unit, ends } = this.#compiled
    const { operation, unmanaged = false, skipOutOfScopeDeletions = false } = this.#request
    const linked =
      match.target !== undefined || (operation === 'update' && this.#request.findTargets === undefined)
    return decideProvisioning({
      target: operation === 'create' || !linked ? 'none' : unmanaged ? 'unmanaged' : 'linked',
      inScope,
      source: this.#source,
      flowTypes: objectMapping.flowTypes,
      mapsSoftDeleted: unit.inputs.some(({ name }) => name === softDeletedAttribute),
      supportsSoftDelete: ends.supportsSoftDelete,
      skipOutOfScopeDeletions,
    })
  }

  /** An object that leaves the scope reads as soft-deleted, unless the source says otherwise itself. */
  #markInactive(): void {
    this.#compiled.unit.inputs.forEach(({ name, supplied }, index) => {
      if (!supplied || name !== softDeletedAttribute) return
      this.#frame.values[index] = supplyAttribute(name, this.#record, true)
      // Whatever has been computed from it is computed anew.
      this.#frame.values.fill(undefined, this.#compiled.unit.inputs.length)
      this.#results.clear()
    })
  }

  #mapAttributes(operation: 'create' | 'update', match: Match): readonly MappedAttribute[] {
    return this.#compiled.attributes.map((attribute, index): MappedAttribute => {
      const { rules } = attribute
      const current = match.target === undefined ? undefined : (match.target.get(rules.target) ?? null)
      const matched = match.key !== undefined && match.key.targetAttribute === rules.target
      const occasion = { operation, matched, current }
      const stays = staysAnyway(rules, occasion)
      // What cannot flow is not evaluated, so that it cannot fail the object either.
      const result = stays === undefined ? this.#result(index) : null
      return { attribute, decision: decideFlow(result, rules, occasion) }
    })
  }
}

const single = (value: Value): Value => {
  if (!isList(value)) return value
  const elements = value.filter((element) => element !== null && element !== '')
  return elements.length === 1 ? elements[0]! : null
}
