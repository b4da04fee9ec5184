import type { Failure } from '../connect/answer.js'
import type { SourceChange } from '../connect/source.js'
import type { TargetEntry } from '../connect/target.js'
import { valueJson } from '../expression/outcome-json.js'
import { decideProvisioning, type SourceState } from '../mapping/deprovision.js'
import { mapObject } from '../mapping/map-object.js'
import type { MappedObject, TargetObject } from '../mapping/mapped-object.js'
import { objectReasons } from '../mapping/reasons.js'
import { REDACTED } from '../mapping/redacted.js'
import { flowingValues } from '../mapping/scim-request.js'
import type {
  CycleCounters,
  Intent,
  JobState,
  JsonValue,
  Link,
  Pending,
  Print,
  Quarantine,
  Staged,
} from '../state/rows.js'
import { type StateTransaction, scanAll } from '../state/store.js'
import type { SourceRecord } from '../values/record.js'
import type { Value } from '../values/value.js'
import { digestOf } from './digest.js'
import type { CycleReport, CycleWorld, JobDefinition, JobMapping } from './job.js'
import { logRow, type Recorded } from './log-record.js'
import { isMembers, referenceAttributes, referredIds } from './references.js'

const noCounters: CycleCounters = {
  objects: 0,
  create: 0,
  update: 0,
  disable: 0,
  delete: 0,
  staged: 0,
  skip: 0,
  failure: 0,
  referenceFailure: 0,
  unchanged: 0,
}

const DEFAULT_THRESHOLD = 500
/** A failed object is tried again in the next cycles, after these times from its first failure. */
const RETRY_AFTER = [0, 40, 6 * 60, 12 * 60, 24 * 60].map((minutes) => minutes * 60_000)

/** Ends a cycle at once: every further request would fail as well. */
class Halt extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.reason)
    this.failure = failure
  }
}

/** One cycle of a job. It is made for one run, and holds no more than the objects under way. */
class Cycle {
  readonly #job: JobDefinition
  readonly #world: CycleWorld
  #state!: JobState
  #counters: CycleCounters = noCounters
  readonly #references: ReadonlyMap<string, ReadonlySet<string>>

  constructor(job: JobDefinition, world: CycleWorld) {
    this.#job = job
    this.#world = world
    this.#references = new Map(job.mappings.map(({ key, compiled }) => [key, referenceAttributes(compiled)]))
  }

  async run(): Promise<CycleReport> {
    await this.#begin()
    let quarantine: Quarantine | null = null
    try {
      await this.#probe()
      await this.#resolveIntents()
      const watermarks: Record<string, string> = { ...this.#state.watermarks }
      for (const mapping of this.#job.mappings) {
        const mark = await this.#read(mapping)
        if (mark !== undefined) watermarks[mapping.key] = mark
      }
      if (!this.#stopped) {
        await this.#retryEscrows()
        await this.#writeReferences()
        quarantine = await this.#deprovision()
        this.#state = { ...this.#state, watermarks }
      }
    } catch (error) {
      if (!(error instanceof Halt)) throw error
      quarantine = this.#quarantined(error.failure.code, error.failure.reason)
    }
    return this.#end(quarantine)
  }

  get #stopped(): boolean {
    return this.#world.signal?.aborted === true
  }

  get #cycle(): NonNullable<JobState['cycle']> {
    return this.#state.cycle!
  }

  /** Takes the job over, and decides whether every object has to be looked at again. */
  async #begin(): Promise<void> {
    const { store, uuid, now } = this.#world
    const mappingHash = await digestOf(
      this.#job.mappings.map(({ key, compiled: { objectMapping, settings } }) => [
        key,
        objectMapping,
        settings,
      ]),
    )
    this.#state = await store.transaction(async (tx) => {
      const old = await tx.get('job', 'job')
      const changed = old === undefined || old.mappingHash !== mappingHash
      const unfinished = old?.cycle !== null && old?.cycle !== undefined && old.cycle.finishedAt === null
      const initial = changed || (unfinished && old.cycle!.kind === 'initial')
      const state: JobState = {
        key: 'job',
        id: old?.id ?? uuid(),
        epoch: (old?.epoch ?? 0) + 1,
        generation: (old?.generation ?? 0) + (changed ? 1 : 0),
        mappingHash,
        watermarks: changed ? {} : old.watermarks,
        status: 'active',
        quarantine: old?.quarantine ?? null,
        forceDeletes: old?.forceDeletes ?? false,
        cycle: {
          number: (old?.cycle?.number ?? 0) + 1,
          id: uuid(),
          kind: initial ? 'initial' : 'incremental',
          startedAt: now(),
          finishedAt: null,
          counters: noCounters,
        },
        steadySince: old?.steadySince ?? null,
        lastSuccess: old?.lastSuccess ?? null,
        nextCycle: null,
      }
      await tx.put('job', state)
      return state
    })
  }

  async #end(quarantine: Quarantine | null): Promise<CycleReport> {
    const { store, now } = this.#world
    const stopped = this.#stopped
    const cycle = {
      ...this.#cycle,
      counters: this.#counters,
      finishedAt: stopped || quarantine !== null ? null : now(),
    }
    this.#state = {
      ...this.#state,
      cycle,
      quarantine,
      status: quarantine === null ? 'active' : 'quarantine',
      forceDeletes: quarantine === null ? false : this.#state.forceDeletes,
      lastSuccess: quarantine === null && !stopped ? now() : this.#state.lastSuccess,
    }
    await store.transaction((tx) => tx.put('job', this.#state))
    return { cycle: cycle.number, kind: cycle.kind, counters: this.#counters, quarantine, stopped }
  }

  #quarantined(reason: string, message: string): Quarantine {
    const { now } = this.#world
    const old = this.#state.quarantine
    const attempts = (old?.attempts ?? 0) + 1
    const wait = RETRY_AFTER[Math.min(attempts, RETRY_AFTER.length - 1)]!
    return { reason, message, since: old?.since ?? now(), attempts, nextAttempt: now() + wait }
  }

  #count(name: keyof CycleCounters): void {
    this.#counters = { ...this.#counters, [name]: this.#counters[name] + 1 }
  }

  /** The read at the start of a cycle: a search for what nobody has. */
  async #probe(): Promise<void> {
    const { source, target, uuid, signal } = this.#world
    const reached = await source.probe(signal)
    if (reached.outcome !== 'done') throw new Halt(reached)
    const [{ compiled }] = this.#job.mappings as [JobMapping]
    const matching = compiled.attributes[compiled.matching[0] ?? 0]
    if (matching === undefined) return
    const key = { attribute: matching.mapping.targetAttributeName, value: uuid() }
    const answer = await target.probe(compiled.objectMapping.targetObjectName, key, signal)
    if (answer.outcome !== 'done') throw new Halt(answer)
  }

  /** Resolves requests whose outcome was never recorded, by looking at the target once they cannot be under way any more. */
  async #resolveIntents(): Promise<void> {
    const { store, target, now, sleep } = this.#world
    for await (const intents of scanAll(store, 'intents')) {
      for (const intent of intents) {
        const wait = intent.at + 2 * target.abilities.requestTimeout - now()
        if (wait > 0) await sleep(wait)
        await this.#resolveIntent(intent)
      }
    }
  }

  async #resolveIntent(intent: Intent): Promise<void> {
    const { store } = this.#world
    const mapping = this.#job.mappings.find(({ key }) => key === intent.mapping)
    const forget = (tx: StateTransaction): Promise<void> =>
      tx.remove('intents', intent.mapping, intent.sourceId)
    if (mapping === undefined || (intent.action !== 'create' && intent.action !== 'update')) {
      // What is left to do is found out by looking at the object of the source again; doing it twice does no harm.
      await store.transaction(forget)
      return
    }
    const kind = mapping.compiled.objectMapping.targetObjectName
    const found =
      intent.action === 'create' ? await this.#findByKeys(kind, intent) : await this.#readEntry(kind, intent)
    await store.transaction(async (tx) => {
      await forget(tx)
      if (found === undefined) return
      const link = await tx.get('links', intent.mapping, intent.sourceId)
      const took = Object.entries(intent.values ?? {}).every(
        ([name, value]) =>
          JSON.stringify(valueJson(found.values.get(name) ?? null)) === JSON.stringify(value),
      )
      if (intent.action === 'update' && !took) return
      await tx.put('links', {
        mapping: intent.mapping,
        sourceId: intent.sourceId,
        targetId: found.id,
        managed: true,
        displayName: link?.displayName ?? null,
        print: withSent(link?.print ?? {}, intent.values ?? {}),
        linkedAt: link?.linkedAt ?? this.#world.now(),
      })
    })
  }

  async #findByKeys(kind: string, { matchKeys = [] }: Intent): Promise<TargetEntry | undefined> {
    for (const { attribute, value } of matchKeys) {
      const answer = await this.#world.target.find(kind, { attribute, value: value as Value })
      if (answer.outcome !== 'done') throw new Halt(answer)
      if (answer.value.length === 1) return answer.value[0]
    }
    return undefined
  }

  async #readEntry(kind: string, { targetId }: Intent): Promise<TargetEntry | undefined> {
    const answer = await this.#world.target.read(kind, targetId!)
    if (answer.outcome === 'done') return answer.value
    if (answer.outcome === 'gone') return undefined
    throw new Halt(answer)
  }

  /** Reads what changed of the objects of a mapping, and settles each. Returns where reading goes on the next time. */
  async #read(mapping: JobMapping): Promise<string | undefined> {
    const { source, target, signal } = this.#world
    const kind = mapping.compiled.objectMapping.sourceObjectName
    let watermark: string | undefined
    for await (const page of source.read(kind, this.#state.watermarks[mapping.key], signal)) {
      if (this.#stopped) return undefined
      watermark = page.watermark ?? watermark
      const { concurrency } = target.abilities
      for (let at = 0; at < page.changes.length; at += concurrency) {
        if (this.#stopped) return undefined
        await Promise.all(
          page.changes.slice(at, at + concurrency).map((change) => this.#take(mapping, change)),
        )
        this.#world.progress?.(this.#counters)
      }
      if (page.failure !== undefined) throw new Halt(page.failure)
    }
    const { missing } = source
    if (source.reads === 'everything' && missing !== undefined && missing !== 'ignore')
      await this.#removeMissing(mapping, missing)
    return watermark
  }

  /** Objects that a source which lists everything no longer lists. */
  async #removeMissing(
    mapping: JobMapping,
    reason: Exclude<SourceState, 'active' | 'disabled'>,
  ): Promise<void> {
    const { number } = this.#cycle
    for await (const rows of scanAll(this.#world.store, 'staged', { prefix: [mapping.key] }))
      for (const row of rows) if (row.seen !== number) await this.#removed(mapping, row.sourceId, reason)
  }

  async #take(mapping: JobMapping, change: SourceChange): Promise<void> {
    this.#count('objects')
    switch (change.type) {
      case 'changed':
        return this.#settle(mapping, change.id, change.record, false)
      case 'removed':
        return this.#removed(mapping, change.id, change.reason)
      case 'faulty':
        this.#count('failure')
        return this.#log(mapping, {
          sourceId: change.at,
          action: 'other',
          status: 'failure',
          errorCode: 'ImportSkipped',
          reason: change.diagnostics[0]?.message ?? 'the object has no identifier',
        })
    }
  }

  /** Does what an object of the source asks for, unless it is as it was when it was last settled. */
  async #settle(mapping: JobMapping, sourceId: string, record: SourceRecord, retry: boolean): Promise<void> {
    const { store } = this.#world
    const { key } = mapping
    const hash = await digestOf(record)
    const { staged, link, escrow } = await store.transaction(async (tx) => ({
      staged: await tx.get('staged', key, sourceId),
      link: await tx.get('links', key, sourceId),
      escrow: await tx.get('escrows', key, sourceId),
    }))
    const row: Staged = {
      mapping: key,
      sourceId,
      hash,
      generation: this.#state.generation,
      cycle: this.#cycle.number,
      seen: this.#cycle.number,
      record: valueJson(record as Value) as JsonValue,
    }
    if (!retry && staged?.hash === hash && staged.generation === row.generation) {
      await store.transaction((tx) => tx.put('staged', { ...staged, seen: row.seen }))
      if (escrow === undefined) this.#count('unchanged')
      return
    }
    try {
      await this.#act(mapping, sourceId, record, row, link)
    } catch (error) {
      if (error instanceof Halt) throw error
      await this.#failed(
        mapping,
        row,
        'InternalError',
        error instanceof Error ? error.message : String(error),
      )
    }
  }

  async #act(
    mapping: JobMapping,
    sourceId: string,
    record: SourceRecord,
    row: Staged,
    link: Link | undefined,
  ): Promise<void> {
    const { compiled } = mapping
    const skipOutOfScopeDeletions = this.#job.skipOutOfScopeDeletions ?? false
    const matched = link === undefined ? await this.#match(mapping, record) : undefined
    if (matched !== undefined && 'code' in matched) {
      await this.#answered(mapping, row, matched)
      return
    }
    const linked = link === undefined ? matched?.entry?.values : sentValues(link)
    const mapped = mapObject(compiled, record, {
      skipOutOfScopeDeletions,
      ...(linked === undefined ? { operation: 'create' as const } : { linked }),
      ...(link?.managed === false ? { unmanaged: true } : {}),
    })
    const known: Link | undefined =
      link ?? (matched?.entry === undefined ? undefined : this.#newLink(mapping, sourceId, matched.entry))
    switch (mapped.outcome) {
      case 'create':
        return this.#create(mapping, row, mapped)
      case 'update':
        return this.#update(mapping, row, mapped, known!, 'update')
      case 'disable':
      case 'delete':
        return this.#postpone(mapping, row, known!, {
          action: mapped.outcome,
          reason: mapped.reason,
          source: 'active',
        })
      case 'skip':
        await this.#settled(mapping, row, known, mapped, {
          action: 'other',
          status: 'skipped',
          errorCode: mapped.reason,
          reason: objectReasons[mapped.reason],
        })
        this.#count('skip')
        return this.#stageReferences(mapping, row, mapped, known)
      case 'error':
        return this.#failed(
          mapping,
          row,
          mapped.reason,
          mapped.diagnostics[0]?.message ?? objectReasons[mapped.reason],
        )
    }
  }

  /** Searches the target by the matching attributes, in their order. */
  async #match(
    mapping: JobMapping,
    record: SourceRecord,
  ): Promise<Failure | { readonly entry: TargetEntry | undefined }> {
    const first = mapObject(mapping.compiled, record, { operation: 'create' })
    if (first.outcome === 'error' || first.reason === 'ImportSkipped' || first.reason === 'InputFiltered')
      return { entry: undefined }
    for (const { targetAttribute, value, query } of first.matchKeys) {
      if (query === null) continue
      const kind = mapping.compiled.objectMapping.targetObjectName
      const answer = await this.#world.target.find(
        kind,
        { attribute: targetAttribute, value },
        this.#world.signal,
      )
      if (answer.outcome !== 'done') return answer
      if (answer.value.length > 1)
        return {
          outcome: 'refused',
          code: 'DuplicateTargetEntries',
          reason: `${answer.value.length} objects of the target match by ${targetAttribute}`,
        }
      if (answer.value.length === 1) return { entry: answer.value[0] }
    }
    return { entry: undefined }
  }

  #newLink(mapping: JobMapping, sourceId: string, entry: TargetEntry): Link {
    const print = withSent(
      {},
      Object.fromEntries([...entry.values].map(([name, value]) => [name, valueJson(value) as JsonValue])),
    )
    return {
      mapping: mapping.key,
      sourceId,
      targetId: entry.id,
      managed: true,
      displayName: null,
      print,
      linkedAt: this.#world.now(),
    }
  }

  /** The values that are written with the object itself; references come when all objects are there. */
  #ownValues(mapping: JobMapping, mapped: MappedObject): ReadonlyMap<string, Value> {
    const references = this.#references.get(mapping.key)!
    return new Map([...flowingValues(mapped)].filter(([name]) => !references.has(name)))
  }

  async #create(mapping: JobMapping, row: Staged, mapped: MappedObject): Promise<void> {
    const { store, target, now, signal } = this.#world
    const values = this.#ownValues(mapping, mapped)
    const sent = await this.#sent(mapping, values)
    const intent: Intent = {
      mapping: mapping.key,
      sourceId: row.sourceId,
      action: 'create',
      epoch: this.#state.epoch,
      at: now(),
      matchKeys: mapped.matchKeys
        .filter(({ query }) => query !== null)
        .map(({ targetAttribute, value }) => ({
          attribute: targetAttribute,
          value: valueJson(value) as JsonValue,
        })),
      values: sent,
      hash: row.hash,
      reason: mapped.reason,
    }
    await store.transaction((tx) => tx.put('intents', intent))
    const kind = mapping.compiled.objectMapping.targetObjectName
    const answer = await target.create(kind, values, signal)
    if (answer.outcome !== 'done') return this.#answered(mapping, row, answer)
    const link: Link = {
      mapping: mapping.key,
      sourceId: row.sourceId,
      targetId: answer.value.id,
      managed: true,
      displayName: null,
      print: withSent({}, sent),
      linkedAt: now(),
    }
    await this.#settled(mapping, row, link, mapped, {
      action: 'create',
      status: 'success',
      errorCode: null,
      reason: objectReasons[mapped.reason],
    })
    this.#count('create')
    await this.#stageReferences(mapping, row, mapped, link)
  }

  async #update(
    mapping: JobMapping,
    row: Staged,
    mapped: MappedObject,
    link: Link,
    action: 'update' | 'disable',
  ): Promise<void> {
    const { store, target, now, signal } = this.#world
    const values = this.#ownValues(mapping, mapped)
    if (values.size > 0) {
      const sent = await this.#sent(mapping, values)
      const { targetId, sourceId } = link
      await store.transaction((tx) =>
        tx.put('intents', {
          mapping: mapping.key,
          sourceId,
          action: 'update',
          epoch: this.#state.epoch,
          at: now(),
          targetId,
          values: sent,
          hash: row.hash,
          reason: mapped.reason,
        }),
      )
      const kind = mapping.compiled.objectMapping.targetObjectName
      const answer = await target.update(kind, targetId, { before: sentValues(link), values }, signal)
      if (answer.outcome === 'gone') {
        // The object vanished from the target: without its link it is matched or created anew.
        await store.transaction((tx) => tx.remove('links', mapping.key, sourceId))
      }
      if (answer.outcome !== 'done') return this.#answered(mapping, row, answer)
      const print = withSent(link.print, sent)
      const managed = action === 'update' || mapped.reason !== 'OutOfScope'
      await this.#settled(mapping, row, { ...link, print, managed }, mapped, {
        action,
        status: 'success',
        errorCode: null,
        reason: objectReasons[mapped.reason],
      })
      this.#count(action)
    } else {
      await this.#settled(mapping, row, link, mapped, {
        action: 'other',
        status: 'skipped',
        errorCode: 'RedundantExport',
        reason: objectReasons.RedundantExport,
      })
      this.#count('skip')
    }
    await this.#stageReferences(mapping, row, mapped, link)
  }

  /** What is remembered of values that are sent: redacted ones as digests. */
  async #sent(
    mapping: JobMapping,
    values: ReadonlyMap<string, Value>,
  ): Promise<Readonly<Record<string, JsonValue>>> {
    const redacted = redactedNames(mapping)
    const entries = [...values].map(async ([name, value]) => {
      const json = valueJson(value) as JsonValue
      return [name, redacted.has(name) ? { digest: await digestOf(json) } : json] as const
    })
    return Object.fromEntries(await Promise.all(entries))
  }

  /** Records that an object is as it should be. */
  async #settled(
    mapping: JobMapping,
    row: Staged,
    link: Link | undefined,
    mapped: MappedObject,
    recorded: Pick<Recorded, 'action' | 'status' | 'errorCode' | 'reason'>,
  ): Promise<void> {
    const redacted = redactedNames(mapping)
    const modified =
      recorded.status === 'success'
        ? [...this.#ownValues(mapping, mapped)].map(([displayName, value]) => ({
            displayName,
            oldValue: null,
            newValue: redacted.has(displayName) ? REDACTED : JSON.stringify(valueJson(value)),
          }))
        : []
    await this.#world.store.transaction(async (tx) => {
      if (link !== undefined) await tx.put('links', link)
      await tx.put('staged', row)
      await tx.remove('intents', mapping.key, row.sourceId)
      await tx.remove('escrows', mapping.key, row.sourceId)
      await tx.put(
        'log',
        this.#row(mapping, { sourceId: row.sourceId, targetId: link?.targetId, modified, ...recorded }),
      )
    })
  }

  #row(
    mapping: JobMapping,
    recorded: Omit<Recorded, 'mapping' | 'modified'> & Partial<Pick<Recorded, 'modified'>>,
  ) {
    const { now, uuid } = this.#world
    return logRow({ modified: [], ...recorded, mapping: mapping.key }, mapping.compiled, {
      number: this.#cycle.number,
      id: this.#cycle.id,
      jobId: this.#state.id,
      at: now(),
      uuid: uuid(),
    })
  }

  #log(mapping: JobMapping, recorded: Omit<Recorded, 'mapping' | 'modified'>): Promise<void> {
    return this.#world.store.transaction((tx) => tx.put('log', this.#row(mapping, recorded)))
  }

  /** What the target answered when it did not do what was asked. */
  async #answered(mapping: JobMapping, row: Staged, failure: Failure): Promise<void> {
    if (failure.concerns === 'credentials' || failure.concerns === 'compliance') throw new Halt(failure)
    // Of a request that may have taken effect the intent stays: the next cycle looks at the target before it sends again.
    if (failure.outcome !== 'unknown')
      await this.#world.store.transaction((tx) => tx.remove('intents', mapping.key, row.sourceId))
    await this.#failed(mapping, row, failure.code, failure.reason)
  }

  async #failed(mapping: JobMapping, row: Staged, code: string, reason: string): Promise<void> {
    const { store, now } = this.#world
    const { sourceId, record } = row
    await store.transaction(async (tx) => {
      const old = await tx.get('escrows', mapping.key, sourceId)
      const attempts = (old?.attempts ?? 0) + 1
      const firstFailure = old?.firstFailure ?? now()
      await tx.put('staged', row)
      await tx.put('escrows', {
        mapping: mapping.key,
        sourceId,
        ...(record === undefined ? {} : { record }),
        source: 'active',
        code,
        reason,
        reference: false,
        firstFailure,
        lastFailure: now(),
        attempts,
        nextAttempt: firstFailure + RETRY_AFTER[Math.min(attempts - 1, RETRY_AFTER.length - 1)]!,
      })
      await tx.put(
        'log',
        this.#row(mapping, { sourceId, action: 'other', status: 'failure', errorCode: code, reason }),
      )
    })
    this.#count('failure')
  }

  /** Tries objects again that failed in an earlier cycle. */
  async #retryEscrows(): Promise<void> {
    const { store, now } = this.#world
    const due = await store.transaction((tx) =>
      tx.scan('escrows', { index: 'byAttempt', upTo: now(), limit: 5000 }),
    )
    for (const { mapping: key, sourceId, record, lastFailure } of due.rows) {
      const mapping = this.#job.mappings.find((one) => one.key === key)
      if (mapping === undefined || record === undefined || this.#stopped) continue
      if (lastFailure >= this.#cycle.startedAt) continue
      const intent = await store.transaction((tx) => tx.get('intents', key, sourceId))
      if (intent === undefined) await this.#settle(mapping, sourceId, record as SourceRecord, true)
    }
  }

  async #stageReferences(
    mapping: JobMapping,
    row: Staged,
    mapped: MappedObject,
    link: Link | undefined,
  ): Promise<void> {
    const names = this.#references.get(mapping.key)!
    if (names.size === 0 || link === undefined) return
    const references = Object.fromEntries(
      mapped.attributes.flatMap(({ attribute, decision }) => {
        const name = attribute.mapping.targetAttributeName
        return names.has(name) && decision.flows ? [[name, referredIds(decision.value)] as const] : []
      }),
    )
    if (Object.keys(references).length === 0) return
    const pending: Pending = {
      phase: 'references',
      mapping: mapping.key,
      sourceId: row.sourceId,
      references,
      at: this.#world.now(),
    }
    await this.#world.store.transaction((tx) => tx.put('pending', pending))
  }

  /** Writes references and members, once the objects that they refer to are there. */
  async #writeReferences(): Promise<void> {
    const { store } = this.#world
    for await (const rows of scanAll(store, 'pending', { prefix: ['references'] })) {
      for (const row of rows) {
        const mapping = this.#job.mappings.find(({ key }) => key === row.mapping)
        const link = await store.transaction((tx) => tx.get('links', row.mapping, row.sourceId))
        let complete = true
        if (mapping !== undefined && link !== undefined)
          for (const [attribute, ids] of Object.entries(row.references ?? {}))
            complete = (await this.#writeReference(mapping, link, attribute, ids)) && complete
        if (complete)
          await store.transaction((tx) => tx.remove('pending', 'references', row.mapping, row.sourceId))
      }
    }
  }

  async #writeReference(
    mapping: JobMapping,
    link: Link,
    attribute: string,
    ids: readonly string[],
  ): Promise<boolean> {
    const { store, target, signal } = this.#world
    const kind = mapping.compiled.objectMapping.targetObjectName
    const resolved: string[] = []
    let unresolved = 0
    for (const id of ids) {
      const found = await store.transaction((tx) =>
        tx.scan('links', { index: 'bySource', prefix: [id], limit: 1 }),
      )
      if (found.rows[0] === undefined) unresolved++
      else resolved.push(found.rows[0].targetId)
    }
    const failed = async (code: string, reason: string): Promise<void> => {
      this.#count('referenceFailure')
      await this.#log(mapping, {
        sourceId: link.sourceId,
        targetId: link.targetId,
        action: 'other',
        status: 'warning',
        errorCode: code,
        reason,
      })
    }
    if (isMembers(attribute)) {
      const has = new Set<string>()
      for await (const rows of scanAll(store, 'members', { prefix: [mapping.key, link.sourceId, attribute] }))
        for (const { memberId } of rows) has.add(memberId)
      const wanted = new Set(resolved)
      const add = [...wanted].filter((id) => !has.has(id))
      const remove = [...has].filter((id) => !wanted.has(id))
      const step = target.abilities.membersPerRequest
      for (let at = 0; at < add.length + remove.length; at += step) {
        const part = {
          attribute,
          add: add.slice(at, at + step),
          remove: remove.slice(Math.max(0, at - add.length), Math.max(0, at + step - add.length)),
        }
        const answer = await target.changeMembers(kind, link.targetId, part, signal)
        if (answer.outcome !== 'done') {
          await failed(answer.code, answer.reason)
          return false
        }
        await store.transaction(async (tx) => {
          for (const memberId of part.add)
            await tx.put('members', { mapping: mapping.key, sourceId: link.sourceId, attribute, memberId })
          for (const memberId of part.remove)
            await tx.remove('members', mapping.key, link.sourceId, attribute, memberId)
        })
      }
    } else {
      const value = resolved[0] ?? null
      const fresh = (await store.transaction((tx) => tx.get('links', mapping.key, link.sourceId))) ?? link
      if (unresolved === 0 && fresh.print[attribute]?.sent !== value) {
        const answer = await target.update(
          kind,
          link.targetId,
          { before: sentValues(fresh), values: new Map([[attribute, value]]) },
          signal,
        )
        if (answer.outcome !== 'done') {
          await failed(answer.code, answer.reason)
          return false
        }
        await store.transaction((tx) =>
          tx.put('links', { ...fresh, print: withSent(fresh.print, { [attribute]: value }) }),
        )
      }
    }
    if (unresolved > 0)
      await failed(
        'UnableToResolveReferenceAttributeValue',
        `${unresolved} of ${ids.length} objects that ${attribute} refers to are not provisioned`,
      )
    return true
  }

  /** An object of the source that is gone. */
  async #removed(
    mapping: JobMapping,
    sourceId: string,
    source: Exclude<SourceState, 'active' | 'disabled'>,
  ): Promise<void> {
    const { store } = this.#world
    const { key, compiled } = mapping
    const { staged, link } = await store.transaction(async (tx) => ({
      staged: await tx.get('staged', key, sourceId),
      link: await tx.get('links', key, sourceId),
    }))
    if (link === undefined) {
      await store.transaction((tx) => tx.remove('staged', key, sourceId))
      return
    }
    const decision = decideProvisioning({
      target: link.managed ? 'linked' : 'unmanaged',
      inScope: true,
      source,
      flowTypes: compiled.objectMapping.flowTypes,
      mapsSoftDeleted: compiled.mapsSoftDeleted,
      supportsSoftDelete: compiled.ends.supportsSoftDelete,
      disablesByItself: compiled.ends.targetIsActiveDirectory,
      skipOutOfScopeDeletions: this.#job.skipOutOfScopeDeletions ?? false,
    })
    if (decision.action !== 'disable' && decision.action !== 'delete') return
    const row = staged ?? {
      mapping: key,
      sourceId,
      hash: '',
      generation: this.#state.generation,
      cycle: this.#cycle.number,
      seen: this.#cycle.number,
    }
    await this.#postpone(mapping, row, link, { action: decision.action, reason: decision.reason, source })
  }

  /** Deletions and disables wait until all are known, so that the threshold decides before the first one. */
  async #postpone(
    mapping: JobMapping,
    row: Staged,
    link: Link,
    what: { action: 'disable' | 'delete'; reason: string; source: SourceState },
  ): Promise<void> {
    const pending: Pending = {
      phase: 'deprovision',
      mapping: mapping.key,
      sourceId: row.sourceId,
      ...what,
      ...(row.record === undefined ? {} : { record: row.record }),
      at: this.#world.now(),
    }
    await this.#world.store.transaction(async (tx) => {
      await tx.put('links', link)
      await tx.put('staged', row)
      await tx.put('pending', pending)
    })
  }

  async #deprovision(): Promise<Quarantine | null> {
    const { store } = this.#world
    const threshold = this.#job.deleteThreshold ?? DEFAULT_THRESHOLD
    const count = await store.transaction((tx) => tx.count('pending', 'deprovision'))
    const held = count >= threshold && !this.#state.forceDeletes
    for await (const rows of scanAll(store, 'pending', { prefix: ['deprovision'] })) {
      for (const row of rows) {
        const mapping = this.#job.mappings.find(({ key }) => key === row.mapping)
        if (mapping === undefined || this.#stopped) continue
        if (held) {
          this.#count('staged')
          await this.#log(mapping, {
            sourceId: row.sourceId,
            action: 'stagedDelete',
            status: 'skipped',
            errorCode: 'TooManyDeletes',
            reason: 'held back by the accidental-deletion threshold',
          })
        } else await this.#remove(mapping, row)
      }
    }
    return held
      ? this.#quarantined(
          'TooManyDeletes',
          `${count} objects would be disabled or deleted, and the threshold is ${threshold}; nothing was. Allow it with: attrflow job restart --scope ForceDeletes`,
        )
      : null
  }

  async #remove(mapping: JobMapping, pending: Pending): Promise<void> {
    const { store, target, signal } = this.#world
    const { key, compiled } = mapping
    const { sourceId } = pending
    const link = await store.transaction((tx) => tx.get('links', key, sourceId))
    const finish = (tx: StateTransaction): Promise<void> => tx.remove('pending', 'deprovision', key, sourceId)
    if (link === undefined) return store.transaction(finish)
    const kind = compiled.objectMapping.targetObjectName
    if (pending.action === 'delete') {
      const answer = await target.remove(kind, link.targetId, signal)
      if (answer.outcome !== 'done' && answer.outcome !== 'gone') {
        this.#count('failure')
        return this.#log(mapping, {
          sourceId,
          targetId: link.targetId,
          action: 'delete',
          status: 'failure',
          errorCode: answer.code,
          reason: answer.reason,
        })
      }
      await store.transaction(async (tx) => {
        await finish(tx)
        await tx.remove('links', key, sourceId)
        await tx.remove('staged', key, sourceId)
        await tx.remove('escrows', key, sourceId)
        await tx.clear('members', key, sourceId)
        await tx.put(
          'log',
          this.#row(mapping, {
            sourceId,
            targetId: link.targetId,
            action: 'delete',
            status: 'success',
            errorCode: null,
            reason: pending.reason ?? '',
          }),
        )
      })
      this.#count('delete')
      return
    }
    const record = (pending.record ?? {}) as SourceRecord
    const source = (pending.source ?? 'active') as SourceState
    const mapped = mapObject(compiled, record, {
      linked: sentValues(link),
      ...(source === 'active' ? {} : { source }),
    })
    const staged = await store.transaction((tx) => tx.get('staged', key, sourceId))
    const row: Staged = staged ?? {
      mapping: key,
      sourceId,
      hash: '',
      generation: this.#state.generation,
      cycle: this.#cycle.number,
      seen: 0,
    }
    await this.#update(mapping, row, mapped, link, 'disable')
    await store.transaction(finish)
  }
}

const redactedNames = ({ compiled }: JobMapping): ReadonlySet<string> =>
  new Set(
    compiled.attributes.filter(({ redacted }) => redacted).map(({ mapping }) => mapping.targetAttributeName),
  )

/** A print with values that were sent. */
const withSent = (print: Print, sent: Readonly<Record<string, JsonValue>>): Print => ({
  ...print,
  ...Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, { sent: value }])),
})

/** The object as it was last sent. What is compared with is that, and not what the target made of it. */
const sentValues = ({ print }: Link): TargetObject =>
  new Map(Object.entries(print).map(([name, { sent }]) => [name, sent as Value]))

/** Runs one cycle of a job. */
export const runCycle = (job: JobDefinition, world: CycleWorld): Promise<CycleReport> =>
  new Cycle(job, world).run()
