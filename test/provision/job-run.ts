import { randomUUID } from 'node:crypto'
import { done } from '../../src/connect/answer.js'
import type { Source, SourceChange, SourcePage } from '../../src/connect/source.js'
import type { Target } from '../../src/connect/target.js'
import type { CompiledObjectMapping } from '../../src/mapping/index.js'
import { runCycle } from '../../src/provision/cycle.js'
import { type Drift, type DriftOptions, findDrift } from '../../src/provision/drift.js'
import type { CycleReport, JobDefinition } from '../../src/provision/job.js'
import { type ObjectSummary, summaryIn } from '../../src/provision/log-record.js'
import { type Plan, planCycle } from '../../src/provision/plan.js'
import { type LogRow, MemoryStore, type StateStore, scanAll } from '../../src/state/index.js'
import { expectAgreement } from './agreement.js'
import { matchedMapping } from './matched-mapping.js'
import { MemoryTarget } from './memory-target.js'

export type Record_ = Readonly<Record<string, unknown>> & { readonly id: string }

const isHere = { sourceOperandName: 'left', operatorName: 'IS NULL', targetOperand: { values: [] } }

/** An object mapping for users, matched by userName; who has a value in `left` is out of scope. */
export const userMapping = (): CompiledObjectMapping =>
  matchedMapping(
    'User',
    [
      { target: 'userName', expression: '[upn]' },
      { target: 'nickName', expression: '[nick]' },
      { target: 'active', expression: 'Not([IsSoftDeleted])' },
      { target: 'password', expression: 'Redact([secret])' },
      { target: 'manager', expression: '[boss]' },
    ],
    { scope: { groups: [{ name: 'here', clauses: [isHere] }] } },
  )

/** An object mapping for groups, matched by their name. */
export const groupMapping = (): CompiledObjectMapping =>
  matchedMapping('Group', [
    { target: 'displayName', expression: '[name]' },
    { target: 'members', expression: '[members]' },
  ])

/** A source that lists these objects, by kind. */
export const listing = (users: readonly Record_[], groups: readonly Record_[] = []): Source => ({
  name: 'list',
  reads: 'everything',
  missing: 'hardDeleted',
  probe: async () => done(undefined),
  read: async function* (kind) {
    const records = kind === 'Group' ? groups : users
    yield { changes: records.map((record): SourceChange => ({ type: 'changed', id: record.id, record })) }
  },
  get: async () => ({ outcome: 'refused', code: 'NotImplemented', reason: 'not asked' }),
  close: async () => {},
})

/** A source that tells changes of users; the page depends on the watermark it is asked from. */
export const changing = (
  page: (since: string | undefined) => SourcePage,
  get: Source['get'] = async () => ({ outcome: 'gone', code: 'InvalidAnchor', reason: 'no such object' }),
): Source => ({
  name: 'changes',
  reads: 'changes',
  probe: async () => done(undefined),
  read: async function* (kind, since) {
    yield kind === 'User' ? page(since) : { changes: [] }
  },
  get,
  close: async () => {},
})

/** A job with its state, target and clock, for cycle after cycle. */
export class JobRun {
  readonly target = new MemoryTarget()
  store: StateStore = new MemoryStore()
  clock = Date.parse('2026-01-01T00:00:00Z')
  readonly #mappings = [
    { key: 'User->User', compiled: userMapping() },
    { key: 'Group->Group', compiled: groupMapping() },
  ]

  /** @param ends what the cycle reaches instead of the job's own state and target */
  async cycle(
    source: Source,
    more: Partial<JobDefinition> = {},
    ends: {
      readonly store?: StateStore
      readonly target?: Target
      /** The source tells an object several times in this cycle, which makes one record. */
      readonly repeats?: boolean
    } = {},
  ): Promise<CycleReport> {
    const report = await runCycle(
      { mappings: this.#mappings, ...more },
      {
        store: ends.store ?? this.store,
        source,
        target: ends.target ?? this.target,
        now: () => this.clock,
        sleep: async (milliseconds) => {
          this.clock += milliseconds
        },
        uuid: randomUUID,
      },
    )
    // A cycle that another run interrupts, or of a process that is killed, ends in the middle.
    if (report.failure === null && ends.store === undefined && ends.repeats !== true)
      await expectAgreement(this.store, report)
    return report
  }

  /** What the next cycle would do. */
  plan(source: Source, scratch: StateStore): Promise<Plan> {
    return planCycle(
      { mappings: this.#mappings },
      {
        store: this.store,
        source,
        target: this.target,
        now: () => this.clock,
        sleep: async () => undefined,
        uuid: randomUUID,
      },
      scratch,
    )
  }

  /** What other hands changed in the target. */
  async drift(options: DriftOptions = {}): Promise<readonly Drift[]> {
    const found: Drift[] = []
    const world = {
      store: this.store,
      source: listing([]),
      target: this.target,
      now: () => this.clock,
      sleep: async () => undefined,
      uuid: randomUUID,
    }
    for await (const one of findDrift({ mappings: this.#mappings }, world, options)) found.push(one)
    return found
  }

  /** A cycle a day later, when everything that failed is due again. */
  nextDay(source: Source, more: Partial<JobDefinition> = {}): Promise<CycleReport> {
    this.clock += 25 * 3_600_000
    return this.cycle(source, more)
  }

  async log(cycle?: number): Promise<readonly (LogRow & { readonly graph: ObjectSummary })[]> {
    const found: (LogRow & { readonly graph: ObjectSummary })[] = []
    for await (const rows of scanAll(this.store, 'log', cycle === undefined ? {} : { prefix: [cycle] }))
      found.push(...rows.map((row) => ({ ...row, graph: summaryIn(row) })))
    return found
  }

  /** Why objects fail, as their escrows say. */
  failures(): Promise<readonly string[]> {
    return this.store.transaction(async (tx) =>
      (await tx.scan('escrows', {})).rows.map(({ reason }) => reason),
    )
  }

  count(table: 'intents' | 'pending' | 'escrows' | 'links'): Promise<number> {
    return this.store.transaction((tx) => tx.count(table))
  }
}
