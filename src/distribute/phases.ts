import { type CycleContext, mappingOf } from '../provision/context.js'
import { countRemovals, removalsOf, settleRemoval } from '../provision/deprovision.js'
import { isDue } from '../provision/failures.js'
import { settleUnseen, takeChange, type Unseen } from '../provision/read.js'
import { settleObject } from '../provision/settle.js'
import { settleReferences } from '../provision/write-references.js'
import { orderOf, partsOf } from '../state/keys.js'
import type { Chain, SharedCycle } from '../state/rows.js'
import type { KeyPart, ScanRange } from '../state/store.js'
import { type Rows, type TableName, tables } from '../state/tables.js'
import type { SourceRecord } from '../values/record.js'
import type { Progress } from './progress.js'
import { changeOf } from './reading.js'

/** When a chunk ends. */
export interface Limits {
  readonly over: () => boolean
  readonly objects: number
}

/** One pass over the rows of a partition. */
interface Stage<Name extends TableName> {
  readonly table: Name
  readonly range: Omit<ScanRange, 'after'>
  readonly work: (row: Rows[Name]) => Promise<void>
}

/** Rows on a page: few, because those after the end of a chunk are read again. */
const PAGE = 50

/**
 * Does the work of one phase in one partition, one object after the other, until it is done or the chunk
 * ends.
 */
export const workOn = async (
  context: CycleContext,
  chain: Chain,
  cycle: SharedCycle,
  limits: Limits,
): Promise<Progress> => {
  const settled: { mapping: string; sourceId: string }[] = []
  let removals = 0
  const partition = chain.chain
  const stages: Readonly<Record<string, AnyStage>> =
    chain.phase === 'objects'
      ? {
          work: stage({
            table: 'work',
            range: { prefix: [partition] },
            work: async (row) => {
              const mapping = mappingOf(context, row.mapping)
              if (mapping !== undefined) await takeChange(context, mapping, changeOf(row))
              settled.push({ mapping: row.mapping, sourceId: row.sourceId })
            },
          }),
          escrows: stage({
            table: 'escrows',
            range: { index: 'byPartition', prefix: [partition], upTo: context.now() },
            work: async (row) => {
              const mapping = mappingOf(context, row.mapping)
              if (mapping === undefined || row.record === undefined) return
              if (row.phase === 'objects' && isDue(context, row))
                await settleObject(context, mapping, row.sourceId, row.record as SourceRecord)
            },
          }),
          unseen: stage({
            table: 'staged',
            range: { index: 'bySeen', prefix: [partition], upTo: context.cycle.number - 1 },
            work: async ({ mapping: key, sourceId }) => {
              const mapping = mappingOf(context, key)
              const unseen = (Object.hasOwn(cycle.unseen, key) ? cycle.unseen[key] : 'ignore') as Unseen
              if (mapping !== undefined && unseen !== 'ignore')
                await settleUnseen(context, mapping, sourceId, unseen)
            },
          }),
        }
      : chain.phase === 'references'
        ? {
            references: stage({
              table: 'pending',
              range: { index: 'byPartition', prefix: ['references', partition] },
              work: (row) => settleReferences(context, row),
            }),
            // Removals are counted before the first one is carried out.
            removals: stage({
              table: 'pending',
              range: { index: 'byPartition', prefix: ['deprovision', partition] },
              work: async (row) => {
                removals += countRemovals(await removalsOf(context, [row]))
              },
            }),
          }
        : {
            deprovision: stage({
              table: 'pending',
              range: { index: 'byPartition', prefix: ['deprovision', partition] },
              work: async (row) => {
                for (const removal of await removalsOf(context, [row]))
                  await settleRemoval(context, removal, cycle.held)
              },
            }),
          }
  const names = Object.keys(stages)
  const first = Math.max(0, names.indexOf(chain.stage))
  let after = chain.after
  let left = limits.objects
  for (const [name, runStage] of Object.entries(stages).slice(first)) {
    const result = await runStage(context, after, () => limits.over() || left-- <= 0)
    if (result !== 'done') return { done: false, stage: name, after: result.after, settled, removals }
    after = null
  }
  return { done: true, stage: '', after: null, settled, removals }
}

type AnyStage = (
  context: CycleContext,
  from: readonly KeyPart[] | null,
  over: () => boolean,
) => Promise<'done' | { readonly after: readonly KeyPart[] | null }>

/** Processes the rows of a stage from a position on. */
const stage =
  <Name extends TableName>({ table, range, work }: Stage<Name>): AnyStage =>
  async (context, from, over) => {
    let after = from
    for (;;) {
      const at = after
      const page = await context.store.transaction((tx) =>
        tx.scan(table, { ...range, limit: PAGE, ...(at === null ? {} : { after: at }) }),
      )
      for (const row of page.rows) {
        if (over()) return { after }
        await work(row)
        after = partsOf(orderOf(tables[table], range), row)
      }
      if (page.next === undefined) return 'done'
    }
  }
