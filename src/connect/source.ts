import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { SourceRecord } from '../values/record.js'
import type { Answer, Failure } from './answer.js'

/** Why an object is no longer there to be provisioned. */
export type RemovedReason = 'softDeleted' | 'hardDeleted' | 'unassigned'

/** Elements that were added to a list and removed from it, by their identifiers. */
export interface ListChange {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/** One object of a source that is new, has changed or is gone; or something that is no object. */
export type SourceChange =
  | {
      readonly type: 'changed'
      readonly id: string
      readonly record: SourceRecord
      /**
       * `true`: the record holds only the attributes that changed; the others are as they were. `parts`: an object comes in
       * one or several parts during this read, and the first one replaces what was known. Default false: it is whole.
       */
      readonly partial?: boolean | 'parts'
      /** For a partial record: lists of identifiers that changed, such as the members of a group. */
      readonly lists?: Readonly<Record<string, ListChange>>
    }
  | {
      readonly type: 'removed'
      readonly id: string
      readonly reason: RemovedReason
      /** What the source still tells of it. */
      readonly record?: SourceRecord
    }
  | {
      /** A line, row or page that could not be read as an object. It is logged, and hides no other. */
      readonly type: 'faulty'
      /** Where: `line 5 of users.csv`. */
      readonly at: string
      readonly diagnostics: readonly Diagnostic[]
    }

/** Some changes, in the order in which they took place as far as the source knows it. */
export interface SourcePage {
  readonly changes: readonly SourceChange[]
  /** Where reading goes on after the last page of this read; the last page that has one counts. */
  readonly watermark?: string
  /** How many objects there are in all, where the source knows; for progress. */
  readonly total?: number
  /** Nothing more could be read. It is the last page; what came before is valid, and the watermark does not move. */
  readonly failure?: Failure
}

/** A system that objects are read from. Implementations hold no state of the job: watermarks are handed to them. */
export interface Source {
  /** What it is called in logs and messages. */
  readonly name: string
  /**
   * `everything`: each read gives all objects that there are, and one that is missing is gone.
   * `changes`: a read with a watermark gives what changed since, removed objects included.
   */
  readonly reads: 'everything' | 'changes'
  /** For `everything`: what it means that an object is missing; `ignore`: nothing. */
  readonly missing?: RemovedReason | 'ignore'
  /** Whether it can be reached and read. */
  probe(signal?: AbortSignal): Promise<Answer<void>>
  /**
   * Objects of one kind, as they arrive.
   * @param kind `sourceObjectName` of the object mapping
   * @param since the watermark of the last complete read; undefined: everything. One that the source no longer
   *   knows is answered by a page with the failure `gone`, upon which everything is read.
   */
  read(kind: string, since: string | undefined, signal?: AbortSignal): AsyncIterable<SourcePage>
  /**
   * An object with the names that mappings read. It is called with whole objects, after partial records were merged into
   * what was read before. Default: the object as it is.
   */
  shape?(kind: string, record: SourceRecord): SourceRecord
  /** One object now, for on-demand provisioning; `gone` when there is none. */
  get(kind: string, id: string, signal?: AbortSignal): Promise<Answer<SourceRecord>>
  close(): Promise<void>
}
