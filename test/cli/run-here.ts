import { type CliIo, OutputClosed } from '../../src/cli/io.js'
import { blockMapperOf } from '../../src/cli/mapping/map-worker.js'
import { filesIn } from '../../src/cli/node-io.js'
import { runCli } from '../../src/cli/run.js'

/** What one run of the command line gave. */
export interface Run {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** What a run finds around it. */
export interface World {
  readonly stdin?: string | readonly string[] | AsyncIterable<string>
  readonly interruption?: AbortSignal
  readonly env?: Readonly<Record<string, string>>
  readonly isTTY?: boolean
  readonly directory?: string
  /** Told what is written to standard output, while the command runs. */
  readonly heard?: (text: string) => void
  /** How many characters standard output takes before its reader goes away. */
  readonly readerStopsAt?: number
}

/** Runs attrflow inside this process. */
export const attrflow = async (args: readonly string[], world: World = {}): Promise<Run> => {
  const { stdin = [], env = {}, isTTY = false, directory = '/nowhere', interruption } = world
  const room = world.readerStopsAt ?? Number.POSITIVE_INFINITY
  const pieces = typeof stdin === 'string' ? [stdin] : stdin
  const written = { out: '', err: '' }
  const output = (name: 'out' | 'err'): CliIo['stdout'] => ({
    isTTY,
    columns: isTTY ? 80 : undefined,
    write: async (text) => {
      if (name === 'out' && written.out.length >= room) throw new OutputClosed()
      written[name] += text
      if (name === 'out') world.heard?.(text)
    },
  })
  const io: CliIo = {
    stdout: output('out'),
    stderr: output('err'),
    stdin: (async function* () {
      yield* pieces
    })(),
    env,
    files: filesIn(directory),
    // Threads are functions here: what they share is what messages would hold.
    startMapWorker: (plan) => {
      const mapper = blockMapperOf(structuredClone(plan), io)
      return {
        map: async (block) => structuredClone((await mapper)(structuredClone(block))),
        stop: () => Promise.resolve(),
      }
    },
    ...(interruption === undefined ? {} : { interruption: () => interruption }),
  }
  const code = await runCli(args, io, '1.2.3')
  return { code, ...written }
}
