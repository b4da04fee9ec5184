import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { endMetering } from '../dotnet/step-meter.js'
import { EvaluationError } from '../values/fault.js'
import { Misuse } from '../values/misuse.js'
import { requireRecord, type SourceRecord } from '../values/record.js'
import { textForm } from '../values/text.js'
import type { Value } from '../values/value.js'
import type { CompiledAttribute, CompiledObjectMapping } from './compile-object-mapping.js'
import { decideProvisioning, type ProvisioningDecision } from './deprovision.js'
import { decideBefore, decideResult, type FlowDecision, matchedDecision } from './flow.js'
import { objectFault } from './guard.js'
import type { MappedAttribute, MappedObject, MapRequest, ScopeResult, TargetObject } from './mapped-object.js'
import type { MatchKey } from './match.js'
import { ObjectEvaluation } from './object-evaluation.js'
import type { ObjectReason } from './reasons.js'

/**
 * Decides everything about one object of the source, and maps its attributes. Never throws for dirty data.
 * @throws {TypeError} for a record or a request that is none, such as text or a `findTargets` that answers with a promise
 * @example
 * const mapping = compileMapping(readFileSync('schema.json'))
 * mapObject(mapping, user).outcome // 'create'
 */
export const mapObject = (
  compiled: CompiledObjectMapping,
  record: SourceRecord,
  request: MapRequest = {},
): MappedObject => {
  requireRecord(record)
  try {
    return new ObjectRun(compiled, record, request).run()
  } catch (thrown) {
    return failedObject(compiled, objectFault(thrown))
  } finally {
    endMetering()
  }
}

/** An object of which nothing is known but that it failed. */
const failedObject = (compiled: CompiledObjectMapping, fault: Diagnostic): MappedObject => ({
  outcome: 'error',
  reason: 'EvaluationFailed',
  scope: {
    inScope: undefined,
    explain: () => compiled.explainScope(() => null),
    decide: () => compiled.decideScope(() => null),
  },
  matchKeys: [],
  matchedBy: undefined,
  target: undefined,
  attributes: [],
  diagnostics: [fault],
})

interface Match {
  readonly key: MatchKey | undefined
  readonly target: TargetObject | undefined
}

const noMatch: Match = { key: undefined, target: undefined }

/** The attribute by which Active Directory disables an account. */
const ACCOUNT_DISABLED = 'accountDisabled'

const nothing: readonly never[] = Object.freeze([])

class ObjectRun {
  readonly #compiled: CompiledObjectMapping
  readonly #request: MapRequest
  readonly #evaluation: ObjectEvaluation
  /** A fault that several attributes share is told once. */
  #errors: Set<Diagnostic> | undefined
  #warnings: Diagnostic[] | undefined
  #inScope: boolean | undefined
  #matchKeys: readonly MatchKey[] = nothing

  constructor(compiled: CompiledObjectMapping, record: SourceRecord, request: MapRequest) {
    this.#compiled = compiled
    this.#request = request
    this.#evaluation = new ObjectEvaluation(compiled, record, request)
  }

  #error(found: Diagnostic): void {
    this.#errors ??= new Set()
    this.#errors.add(found)
  }

  #warn(found: Diagnostic): void {
    this.#warnings ??= []
    this.#warnings.push(found)
  }

  run(): MappedObject {
    this.#matchKeys = this.#evaluation.matchKeys()
    const { matching } = this.#compiled
    const failed = matching.some((index) => this.#evaluation.result(index) instanceof EvaluationError)
    if (!failed && matching.length > 0 && this.#matchKeys.every(({ query }) => query === null)) {
      return this.#end('skip', 'ImportSkipped')
    }
    const scope = this.#evaluateScope()
    if (failed || scope === undefined) return this.#fail()
    const match = this.#findMatch()
    return match === undefined ? this.#end('error', 'DuplicateTargetEntries') : this.#act(scope, match)
  }

  #act(scope: 'in' | 'out' | 'unread', match: Match): MappedObject {
    // An object that input or category filters leave out is not processed at all, and not deprovisioned either.
    if (scope === 'unread') return this.#end('skip', 'InputFiltered', match)
    const decision = this.#decide(scope === 'in', match)
    if (decision.action === 'skip' || decision.action === 'delete')
      return this.#end(decision.action, decision.reason, match)
    if (decision.action === 'disable') this.#evaluation.markInactive()
    const mapped = this.#mapAttributes(decision.action === 'create' ? 'create' : 'update', match)
    const attributes = decision.action === 'disable' ? this.#disabledByTarget(mapped) : mapped
    return this.#conclude(decision, match, attributes)
  }

  /** What Active Directory does by itself to an object that left the scope, where no mapping reads its state. */
  #disabledByTarget(attributes: readonly MappedAttribute[]): readonly MappedAttribute[] {
    if (this.#compiled.mapsSoftDeleted) return attributes
    this.#warn(diagnostic('AF4922', { start: 0, end: 0 }, {}))
    return attributes.map(
      (mapped): MappedAttribute =>
        mapped.attribute.mapping.targetAttributeName === ACCOUNT_DISABLED
          ? { ...mapped, decision: { flows: true, value: true, origin: 'deprovisioned' } }
          : mapped,
    )
  }

  /** Matching or scoping failed. All mappings are still evaluated, to show everything that is wrong at once. */
  #fail(): MappedObject {
    const attributes = this.#mapAttributes(this.#request.operation ?? 'create', noMatch)
    this.#gather(attributes)
    return this.#end('error', 'EvaluationFailed', noMatch, attributes)
  }

  #conclude(
    decision: ProvisioningDecision,
    match: Match,
    attributes: readonly MappedAttribute[],
  ): MappedObject {
    const { missing, ignored } = this.#gather(attributes)
    this.#noteLengths(attributes)
    if (this.#errors !== undefined) return this.#end('error', 'EvaluationFailed', match, attributes)
    if (ignored) return this.#end('skip', 'IgnoredByExpression', match, attributes)
    if (missing.length > 0) {
      this.#error(diagnostic('AF5031', { start: 0, end: 0 }, { targets: missing.join(', ') }))
      return this.#end('error', 'MissingValues', match, attributes)
    }
    const redundant = match.target !== undefined && attributes.every(({ decision: flow }) => !flow.flows)
    return redundant && decision.action !== 'create'
      ? this.#end('skip', 'RedundantExport', match, attributes)
      : this.#end(decision.action, decision.reason, match, attributes)
  }

  /** Collects the faults of the attributes, the required ones without a value, and the wish to ignore the object. */
  #gather(attributes: readonly MappedAttribute[]): { missing: readonly string[]; ignored: boolean } {
    let missing: string[] | undefined
    let ignored = false
    for (const { attribute, decision: flow } of attributes) {
      for (const warning of attribute.warnings) this.#warn(warning)
      if (flow.flows) continue
      if (flow.reason === 'failed') for (const found of flow.error.diagnostics) this.#error(found)
      else if ('missing' in flow) {
        missing ??= []
        missing.push(attribute.mapping.targetAttributeName)
      } else if ('ignoresObject' in flow) ignored = true
    }
    return { missing: missing ?? nothing, ignored }
  }

  /** Values that the target will refuse or cut off. They are sent all the same, as the service does. */
  #noteLengths(attributes: readonly MappedAttribute[]): void {
    if (!this.#compiled.limitsLengths) return
    for (const { attribute, decision } of attributes) {
      const limit = attribute.rules.maximumLength
      if (limit === undefined || !decision.flows) continue
      const values = Array.isArray(decision.value) ? (decision.value as readonly Value[]) : [decision.value]
      const length = Math.max(0, ...values.map((value) => (typeof value === 'string' ? value.length : 0)))
      if (length <= limit) continue
      const path = attribute.mapping.targetAttributeName
      const args = { attribute: path, length, limit }
      this.#warn(diagnostic('AF4919', { start: 0, end: 0 }, args, { path }))
    }
  }

  #end(
    outcome: MappedObject['outcome'],
    reason: ObjectReason,
    match: Match = noMatch,
    attributes: readonly MappedAttribute[] = nothing,
  ): MappedObject {
    const scope: ScopeResult = {
      inScope: this.#inScope,
      explain: () => this.#evaluation.explainScope(),
      decide: () => this.#evaluation.decideScope(),
    }
    const [errors, warnings] = [this.#errors, this.#warnings]
    return {
      outcome,
      reason,
      scope,
      matchKeys: this.#matchKeys,
      matchedBy: match.key,
      target: match.target,
      attributes,
      diagnostics:
        errors === undefined && warnings === undefined
          ? nothing
          : [...(errors ?? nothing), ...(warnings ?? nothing)],
    }
  }

  #evaluateScope(): 'in' | 'out' | 'unread' | undefined {
    const guard = this.#evaluation.guard()
    if (guard instanceof EvaluationError) {
      for (const found of guard.diagnostics) this.#error(found)
      return undefined
    }
    this.#inScope = guard
    if (guard) return 'in'
    return this.#evaluation.isRead() ? 'out' : 'unread'
  }

  #findMatch(): Match | undefined {
    const { linked, findTargets } = this.#request
    if (this.#request.operation === 'create') return noMatch
    if (linked !== undefined) return { key: undefined, target: linked }
    if (findTargets === undefined) return { key: this.#assumedMatch(), target: undefined }
    for (const key of this.#matchKeys) {
      if (key.query === null) continue
      const found = findTargets(key.targetAttribute, key.value)
      if (!Array.isArray(found))
        throw new Misuse(
          'findTargets must return a list at once: look the objects up before, and hand in what was found',
        )
      if (found.length === 1) return { key, target: found[0] }
      if (found.length > 1) {
        const args = {
          count: found.length,
          attribute: key.targetAttribute,
          value: String(textForm(key.value)),
        }
        this.#error(diagnostic('AF5032', { start: 0, end: 0 }, args))
        return undefined
      }
    }
    return noMatch
  }

  /** For an update that is only assumed: the first key that would be searched. */
  #assumedMatch(): MatchKey | undefined {
    return this.#request.operation === 'update'
      ? this.#matchKeys.find(({ query }) => query !== null)
      : undefined
  }

  #decide(inScope: boolean, match: Match): ProvisioningDecision {
    const { objectMapping, ends } = this.#compiled
    const { operation, unmanaged = false, skipOutOfScopeDeletions = false, findTargets } = this.#request
    const linked = match.target !== undefined || (operation === 'update' && findTargets === undefined)
    return decideProvisioning({
      target: !linked ? 'none' : unmanaged ? 'unmanaged' : 'linked',
      inScope,
      source: this.#evaluation.source,
      flowTypes: objectMapping.flowTypes,
      mapsSoftDeleted: this.#compiled.mapsSoftDeleted,
      supportsSoftDelete: ends.supportsSoftDelete,
      disablesByItself: ends.targetIsActiveDirectory,
      skipOutOfScopeDeletions,
    })
  }

  #mapAttributes(operation: 'create' | 'update', match: Match): readonly MappedAttribute[] {
    const { target, key } = match
    const { attributes } = this.#compiled
    const mapped: MappedAttribute[] = []
    for (let index = 0; index < attributes.length; index++) {
      const attribute = attributes[index]!
      mapped.push({ attribute, decision: this.#decideAttribute(attribute, index, operation, key, target) })
    }
    return mapped
  }

  #decideAttribute(
    { rules, flow }: CompiledAttribute,
    index: number,
    operation: 'create' | 'update',
    key: MatchKey | undefined,
    target: TargetObject | undefined,
  ): FlowDecision {
    if (operation === 'update' && key !== undefined && key.targetAttribute === rules.target)
      return matchedDecision
    const plan = flow[operation]
    const current = target === undefined ? undefined : (target.get(rules.target) ?? null)
    return decideBefore(plan, current) ?? decideResult(plan, this.#evaluation.result(index), current)
  }
}
