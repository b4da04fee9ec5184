import { availableParallelism } from 'node:os'
import { shown } from '../../text/shown.js'
import { wholeNumber } from '../arguments.js'
import type { CommandArguments } from '../command.js'
import { type CliIo, UsageError } from '../io.js'
import type { mapOptions } from './map-options.js'
import type { MapPlan, MapWorker } from './map-thread.js'

type Arguments = CommandArguments<typeof mapOptions>

/** The number of threads that map. */
export const workersWanted = ({ options, format }: Arguments, replayed: boolean, io: CliIo): number => {
  const { workers, target } = options
  if (workers === undefined) return 1
  const cores = availableParallelism()
  const wanted = (workers === 'auto' ? undefined : wholeNumber('workers', workers, 1)) ?? cores
  const why =
    format === 'pretty'
      ? 'readable output is written by one thread: add --json or --csv'
      : target !== undefined
        ? 'with --target one thread maps all objects'
        : options.previous !== undefined
          ? 'with --previous one thread maps all objects'
          : replayed
            ? 'one thread replays an escrow'
            : io.startMapWorker === undefined
              ? 'no threads are available'
              : undefined
  if (wanted > 1 && why !== undefined && workers !== 'auto')
    throw new UsageError(`--workers ${shown(workers)}: ${why}`)
  return why === undefined ? wanted : 1
}

/** What threads need at the start, in addition to the arguments. */
interface WorkerStart {
  readonly schema: MapPlan['schema']
  /** ISO 8601. */
  readonly now: string
  /** The shape that was recognised in the first block. */
  readonly shape: string | undefined
}

/** Starts threads; none if this thread maps by itself. */
export const startWorkers = (
  count: number,
  { schema, now, shape }: WorkerStart,
  args: Arguments,
  io: CliIo,
): readonly MapWorker[] => {
  if (count <= 1) return []
  const { options, settings, dialect, functions } = args
  const plan: MapPlan = {
    schema,
    objectMapping: options['object-mapping'],
    rule: options.rule,
    settings,
    dialect,
    functions: functions?.path,
    shape: shape ?? 'none',
    appRoles: options['app-roles'],
    operation: options.operation as MapPlan['operation'],
    now,
    format: args.format as MapPlan['format'],
    compliant: options.scim === 'compliant',
    escrow: options.escrow !== undefined,
    inScopeOnly: options['in-scope-only'],
  }
  return Array.from({ length: count }, () => io.startMapWorker?.(plan)).filter(
    (worker) => worker !== undefined,
  )
}
