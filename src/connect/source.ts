import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { SourceRecord } from '../values/record.js'
import type { Answer, Failure } from './answer.js'

/** Why an object is no longer to be provisioned. */
export type RemovedReason = 'softDeleted' | 'hardDeleted' | 'unassigned'

/** Elements added to a list and removed from it, by their identifiers. */
export interface ListChange {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/** An object of a source that is new, has changed or is gone; or an item that is not an object. */
export type SourceChange =
  | {
      readonly type: 'changed'
      readonly id: string
      readonly record: SourceRecord
      /**
       * `true`: the record contains only the changed attributes; the others keep their values. `parts`:
       * during this read an object comes in one or several parts, and the first one replaces its previous
       * state. Default false: the object is complete.
       */
      readonly partial?: boolean | 'parts'
      /** For a partial record: lists of identifiers that changed, such as the members of a group. */
      readonly lists?: Readonly<Record<string, ListChange>>
    }
  | {
      readonly type: 'removed'
      readonly id: string
      readonly reason: RemovedReason
      /** What the source still says about it. */
      readonly record?: SourceRecord
    }
  | {
      /**
       * A line, row or page that could not be read as an object. It is logged, and does not affect others.
       */
      readonly type: 'faulty'
      /** Where: `line 5 of users.csv`. */
      readonly at: string
      readonly diagnostics: readonly Diagnostic[]
    }

/** Some changes, in the order in which they happened, as far as the source knows it. */
export interface SourcePage {
  readonly changes: readonly SourceChange[]
  /** Where the next read begins after the last page of this one; the last page with a watermark counts. */
  readonly watermark?: string
  /** Which part of everything was read up to here, from 0 to 1, if the source knows it; for progress. */
  readonly share?: number
  /**
   * Reading failed here. It is the last page; the pages before are valid, and the watermark does not change.
   */
  readonly failure?: Failure
}

/**
 * A system that objects are read from. Implementations store nothing about the job: watermarks are passed to
 * them.
 */
export interface Source {
  /** The name in logs and messages. */
  readonly name: string
  /**
   * `everything`: each read returns all objects, and a missing one is gone. `changes`: a read with a
   * watermark returns what changed since, including removed objects.
   */
  readonly reads: 'everything' | 'changes'
  /** For `everything`: the meaning of a missing object; `ignore`: none. */
  readonly missing?: RemovedReason | 'ignore'
  /** Whether it can be reached and read. */
  probe(signal?: AbortSignal): Promise<Answer<void>>
  /**
   * Reads objects of one kind and yields pages as they arrive.
   * @param kind `sourceObjectName` of the object mapping
   * @param since the watermark of the last complete read; undefined: everything. If the source no longer
   *   accepts it, it yields a page with the failure `gone`, and then everything is read.
   */
  read(kind: string, since: string | undefined, signal?: AbortSignal): AsyncIterable<SourcePage>
  /**
   * Returns an object with the attribute names that mappings read. It is called with complete objects, after
   * partial records were merged into the previous state. Default: the object unchanged.
   */
  shape?(kind: string, record: SourceRecord): SourceRecord
  /** The current object, for on-demand provisioning; `gone` if there is none. */
  get(kind: string, id: string, signal?: AbortSignal): Promise<Answer<SourceRecord>>
  close(): Promise<void>
}
