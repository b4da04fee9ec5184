import { done } from '../../connect/answer.js'
import type { Source, SourceChange } from '../../connect/index.js'
import { type CompiledObjectMapping, checkSchema } from '../../mapping/index.js'
import { runCycle } from '../../provision/cycle.js'
import type { CycleReport, CycleWorld } from '../../provision/job.js'
import { type ChosenObject, sourceOfObjects } from '../../provision/on-demand.js'
import { restartJob } from '../../provision/restart.js'
import { readSchema } from '../../schema/index.js'
import type { ServedJob } from '../../serve/api-server.js'
import { changesOf } from '../../serve/bulk-upload.js'
import type { Inbox } from '../../serve/inbox.js'
import type { OnDemandRequest, Subject } from '../../serve/on-demand.js'
import { mappingShaper } from '../../sources/index.js'
import type { StateStore } from '../../state/index.js'
import type { SourceRecord } from '../../values/record.js'
import { type CliIo, readText, UsageError } from '../io.js'
import { aroundSchema } from '../schema-file.js'
import { closeWorld, type OpenJob, worldOf } from './job-file.js'

/** How many uploads one cycle processes. */
const UPLOADS_A_CYCLE = 40

/** Uploaded objects as a source of changes. A missing object never counts as deleted. */
const uploadSource = (kind: string, changes: readonly SourceChange[]): Source => ({
  name: 'bulkUpload',
  reads: 'changes',
  probe: async () => done(undefined),
  read: async function* (asked) {
    yield { changes: asked === kind ? changes : [] }
  },
  get: async () => ({ outcome: 'refused', code: 'NotImplemented', reason: 'uploads are not read again' }),
  close: async () => {},
})

/**
 * A job that is served. Uploads are processed in cycles, one after the other; nothing else runs at the same
 * time.
 */
export class RunningJob implements ServedJob {
  readonly store: StateStore
  readonly inbox: Inbox
  readonly #job: OpenJob
  readonly #compiled: CompiledObjectMapping
  readonly #io: CliIo
  readonly #told: (report: CycleReport) => void
  readonly #stopping = new AbortController()
  #last: Promise<unknown> = Promise.resolve()
  #opened: CycleWorld | undefined
  #paused = false
  #waiting = false

  constructor(job: OpenJob, store: StateStore, inbox: Inbox, io: CliIo, told: (report: CycleReport) => void) {
    const [mapping] = job.definition.mappings
    if (mapping === undefined) throw new UsageError('the job has no mapping')
    this.#job = job
    this.#compiled = mapping.compiled
    this.store = store
    this.inbox = inbox
    this.#io = io
    this.#told = told
  }

  get #kind(): string {
    return this.#compiled.objectMapping.sourceObjectName
  }

  /** Source and target are connected at first use, and stay connected. */
  get #world(): CycleWorld {
    this.#opened ??= worldOf(this.#job, this.store, this.#io, this.#stopping.signal)
    return this.#opened
  }

  /** Runs a task after all tasks before it have ended. */
  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const next = this.#last.then(run)
    this.#last = next.catch(() => undefined)
    return next
  }

  wake(): void {
    if (this.#paused || this.#waiting || this.#stopping.signal.aborted) return
    this.#waiting = true
    void this.#inTurn(async () => {
      this.#waiting = false
      await this.#drain()
    }).catch((error: unknown) => {
      void this.#io.stderr.write(`attrflow: ${error instanceof Error ? error.message : String(error)}\n`)
    })
  }

  async #drain(): Promise<void> {
    const compiled = this.#compiled
    for (;;) {
      if (this.#paused || this.#stopping.signal.aborted) return
      const uploads = await this.inbox.first(UPLOADS_A_CYCLE)
      if (uploads.length === 0) return
      const shaper = mappingShaper(compiled)
      const prepare = (record: SourceRecord): SourceRecord => shaper.apply(record)
      const changes = uploads.flatMap(({ text }) => changesOf(text, prepare))
      // Several uploads of one object are applied in order: members that an upload leaves out are not
      // changed.
      const source = uploadSource(this.#kind, changes)
      const report = await runCycle(this.#job.definition, { ...this.#world, source })
      this.#told(report)
      // Uploads that a cycle did not reach stay in the inbox; processed ones are recognised by their hash and
      // done only once.
      if (report.stopped || report.quarantine !== null || report.failure !== null) return
      for (const { name } of uploads) await this.inbox.remove(name)
    }
  }

  async schema(): Promise<string> {
    return (await this.#aroundSchema())[1]
  }

  async #aroundSchema(): Promise<ReturnType<typeof aroundSchema>> {
    const { at, file } = this.#job
    return aroundSchema(await readText(this.#io, at(file.schema)), file.job)
  }

  async saveSchema(text: string): Promise<readonly string[]> {
    const { schema, diagnostics } = readSchema(text)
    const found = [...diagnostics, ...(schema === undefined ? [] : checkSchema(schema))]
    const errors = found.filter(({ severity }) => severity === 'error')
    if (errors.length === 0) {
      const [before, , behind] = await this.#aroundSchema()
      await this.#io.files.replace(this.#job.at(this.#job.file.schema), before + text + behind)
    }
    return errors.map(({ code, message }) => `${code}: ${message}`)
  }

  async start(): Promise<void> {
    this.#paused = false
    this.wake()
  }

  async pause(): Promise<void> {
    this.#paused = true
  }

  async restart(scopes: Parameters<ServedJob['restart']>[0]): Promise<void> {
    await this.#inTurn(async () => {
      await restartJob(this.store, scopes)
    })
    this.wake()
  }

  async validateCredentials(): Promise<string | undefined> {
    const { target } = this.#world
    const compiled = this.#compiled
    const matching = compiled.attributes[compiled.matching[0] ?? 0]
    if (matching === undefined) return undefined
    const key = { attribute: matching.mapping.targetAttributeName, value: crypto.randomUUID() }
    const answer = await target.probe(compiled.objectMapping.targetObjectName, key)
    return answer.outcome === 'done' ? undefined : answer.reason
  }

  provisionOnDemand({ members, ...subject }: OnDemandRequest): Promise<CycleReport | string> {
    return this.#inTurn(async () => {
      const world = this.#world
      const objects: ChosenObject[] = []
      for (const one of [subject, ...(members ?? [])]) {
        const found = await this.#chosen(world.source, one)
        if (typeof found === 'string') return found
        objects.push(found)
      }
      const job = {
        ...this.#job.definition,
        only: new Set(objects.map(({ id }) => id)),
        ...(members === undefined ? {} : { members: new Set(members.map(({ id }) => id)) }),
      }
      return runCycle(job, { ...world, source: sourceOfObjects(world.source, objects) })
    })
  }

  /** The current object of the source, or the one that was uploaded last. */
  async #chosen(source: Source, { id, kind: named }: Subject): Promise<ChosenObject | string> {
    const { mappings } = this.#job.definition
    const kinds = mappings.map(({ compiled }) => compiled.objectMapping.sourceObjectName)
    const asked = (named ?? this.#kind).toLowerCase()
    const kind = kinds.find((one) => one.toLowerCase() === asked)
    if (kind === undefined)
      return `The job has no objects named ${JSON.stringify(named)}; it has ${[...new Set(kinds)].join(', ')}.`
    const answer = await source.get(kind, id, this.#stopping.signal)
    if (answer.outcome === 'done') return { kind, id, record: answer.value }
    for (const { key, compiled } of mappings) {
      if (compiled.objectMapping.sourceObjectName !== kind) continue
      const staged = await this.store.transaction((tx) => tx.get('staged', key, id))
      const { record } = staged ?? {}
      if (record !== undefined && record !== null && typeof record === 'object') return { kind, id, record }
    }
    return `The source has no ${kind} ${JSON.stringify(id)}.`
  }

  /** Ends after the current cycle. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#last
    if (this.#opened !== undefined) await closeWorld(this.#opened)
  }
}
