import type { MappedObject, NoFlowReason, ObjectReason } from '../mapping/index.js'
import { flowAt } from '../mapping/mapped-result.js'

/** Why an entry ended as it did: the reason of its object, or `unreadable` if it could not be read. */
export type EntryReason = ObjectReason | 'unreadable'

/** How many entries had one outcome. */
export interface OutcomeCount {
  readonly outcome: MappedObject['outcome']
  readonly reason: EntryReason
  readonly count: number
}

/** A kind of failure: one code at one target attribute, with the first object that had it. */
export interface FailureCount {
  readonly code: string
  /** The target attribute whose expression failed; absent if the failure concerns the whole object. */
  readonly path?: string
  readonly count: number
  /** The line and message of the first one. */
  readonly line: number
  /** What identifies the first one; absent if nothing does. */
  readonly id?: string
  readonly message: string
}

/** What became of a target attribute over the objects that are written. */
export interface AttributeCount {
  readonly target: string
  /** For how many objects it flowed. */
  readonly flowed: number
  /** For how many it did not, by the reason. */
  readonly notFlowed: Readonly<Partial<Record<NoFlowReason, number>>>
}

/** The results of a run so far, as plain data: a checkpoint stores it, and workers send it. */
export interface RunReportData {
  readonly outcomes: readonly OutcomeCount[]
  readonly failures: readonly FailureCount[]
  /** The attributes of the mapping, in the order of the schema. */
  readonly attributes: readonly AttributeCount[]
  /** Objects that are not written because they have not changed since the previous run. */
  readonly unchanged: number
  /** Objects of the previous run that the source no longer has. */
  readonly gone: number
  /** Lines that were skipped without parsing, because they cannot be in scope. */
  readonly leftOut: number
  /** The last line of an object. */
  readonly lastLine?: number
}

/** The outcomes of a run, in the form of the summary of `map --json`. */
export interface RunReportJson {
  readonly objects: number
  readonly outcomes: Readonly<Record<string, number>>
  readonly reasons: Readonly<Record<string, number>>
  /** How many errors of each code there were. */
  readonly errors: Readonly<Record<string, number>>
  /** The most frequent failures, the first ten. */
  readonly failures: readonly FailureCount[]
  /** Target attributes that flowed for no object; empty if no object is written. */
  readonly neverFlowing: readonly string[]
  readonly unchanged?: number
  readonly gone?: number
  readonly leftOut?: number
}

const nothing: readonly never[] = []

/** How many kinds of failure the summary names. */
const TOP_FAILURES = 10

interface Counting {
  readonly outcome: MappedObject['outcome']
  readonly reason: EntryReason
  count: number
}

interface AttributeCounting extends AttributeCount {
  flowed: number
  readonly notFlowed: Partial<Record<NoFlowReason, number>>
}

/** The part of a finding that is counted. */
interface Finding {
  readonly code: string
  readonly severity: string
  readonly message: string
  readonly path?: string | undefined
}

const countNoFlow = ({ notFlowed }: AttributeCounting, reason: NoFlowReason, by: number): void => {
  notFlowed[reason] = (notFlowed[reason] ?? 0) + by
}

/** Counts the outcomes of the entries of a run. */
export class RunReport {
  readonly #attributes: readonly AttributeCounting[]
  readonly #counts = new Map<string, Counting>()
  readonly #failures = new Map<string, { -readonly [Name in keyof FailureCount]: FailureCount[Name] }>()
  #total = 0
  #unchanged = 0
  #gone = 0
  #leftOut = 0
  #lastLine = 0

  /** @param targets names of the target attributes, in the order of the schema */
  constructor(targets: readonly string[]) {
    this.#attributes = targets.map((target) => ({ target, flowed: 0, notFlowed: {} }))
  }

  /** How many entries were counted, including unreadable ones. */
  get total(): number {
    return this.#total
  }

  get failed(): number {
    return this.count(({ outcome }) => outcome === 'error')
  }

  get skipped(): number {
    return this.count(({ outcome }) => outcome === 'skip')
  }

  /** How many objects of the target the run would disable or delete. */
  get removed(): number {
    return this.#gone + this.count(({ outcome }) => outcome === 'disable' || outcome === 'delete')
  }

  get gone(): number {
    return this.#gone
  }

  get unchanged(): number {
    return this.#unchanged
  }

  get leftOut(): number {
    return this.#leftOut
  }

  /** Whether some lines hold several objects, so that a line does not tell which is meant. */
  get isLineShared(): boolean {
    return this.#total > this.#lastLine
  }

  /** Whether there were entries and none of them could be read. */
  get unreadable(): boolean {
    return this.#total > 0 && this.count(({ reason }) => reason !== 'unreadable') === 0
  }

  /** How many entries had an outcome that fulfils a condition. */
  count(counted: (one: OutcomeCount) => boolean): number {
    let sum = 0
    for (const one of this.#counts.values()) if (counted(one)) sum += one.count
    return sum
  }

  /**
   * Counts an object.
   * @param visible its findings, with redacted values hidden
   * @param idOf what identifies it
   */
  addObject(
    line: number,
    mapped: MappedObject,
    visible: () => readonly Finding[],
    idOf: () => string | undefined = () => undefined,
  ): void {
    const findings = mapped.diagnostics.length === 0 ? nothing : visible()
    this.add(line, mapped.outcome, mapped.reason, findings, 1, findings.length === 0 ? undefined : idOf())
    this.#countFlows(mapped, 1)
  }

  /** Removes an object without errors from the counts. */
  removeObject(mapped: MappedObject): void {
    this.add(0, mapped.outcome, mapped.reason, [], -1)
    this.#countFlows(mapped, -1)
  }

  #countFlows(mapped: MappedObject, by: 1 | -1): void {
    if (mapped.outcome === 'error' || mapped.outcome === 'skip') return
    let index = 0
    for (const attribute of this.#attributes) {
      const flow = flowAt(mapped, index++)
      if (flow === 'flows') attribute.flowed += by
      else if (flow !== undefined) countNoFlow(attribute, flow, by)
    }
  }

  /** Counts an entry by its outcome and findings. */
  add(
    line: number,
    outcome: MappedObject['outcome'],
    reason: EntryReason,
    findings: readonly Finding[],
    count = 1,
    id?: string,
  ): void {
    this.#total += count
    this.#lastLine = Math.max(this.#lastLine, line)
    const key = `${outcome} ${reason}`
    const known = this.#counts.get(key)
    if (known === undefined) this.#counts.set(key, { outcome, reason, count })
    else known.count += count
    for (const finding of findings) if (finding.severity === 'error') this.#addFailure(line, id, finding)
  }

  #addFailure(line: number, id: string | undefined, { code, path, message }: Finding): void {
    const key = `${code} ${path ?? ''}`
    const known = this.#failures.get(key)
    if (known !== undefined) known.count++
    else
      this.#failures.set(key, {
        code,
        ...(path === undefined ? {} : { path }),
        count: 1,
        line,
        ...(id === undefined ? {} : { id }),
        message,
      })
  }

  addUnchanged(): void {
    this.#unchanged++
  }

  addGone(): void {
    this.#gone++
  }

  addLeftOut(count: number): void {
    this.#leftOut += count
  }

  /**
   * Adds the counts of another report, such as that of a worker. Of two first failures the one on the earlier
   * line is kept.
   */
  merge(other: RunReportData): void {
    for (const { outcome, reason, count } of other.outcomes) this.add(0, outcome, reason, [], count)
    for (const failure of other.failures) {
      const key = `${failure.code} ${failure.path ?? ''}`
      const known = this.#failures.get(key)
      if (known === undefined) this.#failures.set(key, { ...failure })
      else {
        known.count += failure.count
        if (failure.line < known.line) {
          const { line, id, message } = failure
          Object.assign(known, { line, id, message })
        }
      }
    }
    for (const [index, attribute] of this.#attributes.entries()) {
      const { flowed = 0, notFlowed = {} } = other.attributes[index] ?? {}
      attribute.flowed += flowed
      for (const [reason, count] of Object.entries(notFlowed))
        countNoFlow(attribute, reason as NoFlowReason, count)
    }
    this.#unchanged += other.unchanged
    this.#gone += other.gone
    this.#leftOut += other.leftOut
    this.#lastLine = Math.max(this.#lastLine, other.lastLine ?? 0)
  }

  /** All counts as plain data. */
  data(): RunReportData {
    return {
      outcomes: [...this.#counts.values()].filter(({ count }) => count !== 0).map((one) => ({ ...one })),
      failures: [...this.#failures.values()].map((one) => ({ ...one })),
      attributes: this.#attributes.map((one) => ({ ...one, notFlowed: { ...one.notFlowed } })),
      unchanged: this.#unchanged,
      gone: this.#gone,
      lastLine: this.#lastLine,
      leftOut: this.#leftOut,
    }
  }

  /** The most frequent failures first. */
  failures(): readonly FailureCount[] {
    return [...this.#failures.values()].sort((a, b) => b.count - a.count || a.line - b.line)
  }

  /** Target attributes that flowed for no object; empty if no object is written. */
  neverFlowing(): readonly string[] {
    const written = this.count(({ outcome }) => outcome !== 'error' && outcome !== 'skip')
    if (written === 0) return []
    return this.#attributes.filter(({ flowed }) => flowed === 0).map(({ target }) => target)
  }

  json(): RunReportJson {
    const outcomes: Record<string, number> = {}
    const reasons: Record<string, number> = {}
    for (const { outcome, reason, count } of this.data().outcomes) {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + count
      reasons[reason] = (reasons[reason] ?? 0) + count
    }
    const errors: Record<string, number> = {}
    for (const { code, count } of this.#failures.values()) errors[code] = (errors[code] ?? 0) + count
    return {
      objects: this.#total,
      outcomes,
      reasons,
      errors,
      failures: this.failures().slice(0, TOP_FAILURES),
      neverFlowing: this.neverFlowing(),
      ...(this.#unchanged === 0 ? {} : { unchanged: this.#unchanged }),
      ...(this.#gone === 0 ? {} : { gone: this.#gone }),
      ...(this.#leftOut === 0 ? {} : { leftOut: this.#leftOut }),
    }
  }
}
