import { type EntryMapper, PreviousRun } from '../../cycle/index.js'
import { decodePieces } from '../../sources/index.js'
import { plural } from '../../text/plural.js'
import { type CliIo, streamText } from '../io.js'
import type { Destination } from './destination.js'

/** The state of the previous run, and how to read it again. */
export interface State {
  readonly previous: PreviousRun
  read(): AsyncGenerator<string>
}

/**
 * Reads the state of `--previous`; undefined without that option. A file that does not exist is an empty
 * state.
 */
export const openState = async (
  path: string | undefined,
  destination: Destination,
  io: CliIo,
): Promise<State | undefined> => {
  if (path === undefined) return undefined
  const isThere = (await io.files.kind(path)) === 'file'
  const read = (): AsyncGenerator<string> => (isThere ? streamText(io, path) : nothing())
  const previous = await PreviousRun.read(read())
  const before = destination.prints()
  if (before !== undefined) await previous.alreadySeen(decodePieces(before, () => undefined))
  return { previous, read }
}

const nothing = async function* (): AsyncGenerator<string> {}

/** Writes the objects of the previous run that are gone. Returns a message if they cannot be determined. */
export const writeRest = async (
  state: State | undefined,
  mapper: EntryMapper,
  destination: Destination,
): Promise<string> => {
  if (state === undefined) return ''
  // A line that could not be read may be the one of an object that seems to be gone.
  const unreadable = mapper.report.count(({ reason }) => reason === 'unreadable')
  let kept = 0
  for await (const rest of state.previous.rest(state.read())) {
    if ('kept' in rest) await destination.write({ output: '', escrow: '', prints: rest.kept })
    else if (unreadable === 0) await destination.write(mapper.takeGone(rest.gone))
    else {
      kept++
      await destination.write({ output: '', escrow: '', prints: rest.print })
    }
  }
  return kept === 0
    ? ''
    : `${plural(kept, 'object')} of the previous run ${kept === 1 ? 'was' : 'were'} not found, but ${plural(unreadable, 'line')} could not be read: no object is reported as deleted\n`
}
