import { Worker } from 'node:worker_threads'
import type { BlockWorker, DeferredBlock, LineBlock } from '../../cycle/index.js'
import type { Dialect, SettingsInput } from '../../values/settings.js'

/**
 * Everything that determines how a block is mapped, as plain data: threads compile the same mapping from it.
 */
export interface MapPlan {
  readonly schema: { readonly path: string; readonly text: string; readonly job: string | undefined }
  readonly objectMapping: string | undefined
  readonly rule: string | undefined
  readonly settings: SettingsInput
  readonly dialect: Dialect | undefined
  /** The path of the module of own functions, as the user wrote it. */
  readonly functions: string | undefined
  /** The recognised shape, or `none`. */
  readonly shape: string
  readonly appRoles: string | undefined
  readonly operation: 'create' | 'update' | undefined
  /** ISO 8601. */
  readonly now: string
  readonly format: 'json' | 'csv'
  readonly compliant: boolean
  readonly escrow: boolean
  readonly inScopeOnly: boolean
}

/** A thread that maps blocks. */
export interface MapWorker extends BlockWorker {
  stop(): Promise<void>
}

/** The start data of such a thread. */
export interface MapThreadData {
  readonly attrflow: 'map'
  readonly plan: MapPlan
}

/** The answer of a thread for a block. A message says, for the user, what cannot be read. */
export type MapThreadAnswer = { readonly deferred: DeferredBlock } | { readonly unreadable: string }

/** A thread could not read a block, for a reason that the user can correct. */
export class UnreadableBlock extends Error {
  override readonly name = 'UnreadableBlock'
}

/** Starts the program again as a thread. */
export const startMapWorker = (program: URL, plan: MapPlan): MapWorker => {
  const data: MapThreadData = { attrflow: 'map', plan }
  const worker = new Worker(program, { workerData: data })
  const waiting: { done(found: DeferredBlock): void; fail(error: Error): void }[] = []
  worker.on('message', (answer: MapThreadAnswer) => {
    const next = waiting.shift()
    if ('deferred' in answer) next?.done(answer.deferred)
    else next?.fail(new UnreadableBlock(answer.unreadable))
  })
  const failAll = (error: Error): void => {
    for (const { fail } of waiting.splice(0)) fail(error)
  }
  worker.on('error', failAll)
  worker.on('exit', (code) => failAll(new Error(`a worker ended with code ${code}`)))
  return {
    map: (block: LineBlock) =>
      new Promise((done, fail) => {
        waiting.push({ done, fail })
        worker.postMessage(block)
      }),
    stop: async () => {
      await worker.terminate()
    },
  }
}
