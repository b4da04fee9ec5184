import { shown } from '../../text/shown.js'
import {
  type AcceptedChange,
  acceptedProblem,
  acceptingLine,
  breakingOf,
  type ChangeReview,
} from '../../verify/index.js'
import { type CliIo, UsageError } from '../io.js'
import { readYaml } from '../read-yaml-file.js'

/** Today's date, in UTC. */
export const today = (): string => new Date().toISOString().slice(0, 10)

/** Reads the file of `--accepted`; without one nothing is accepted. */
export const readAccepted = async (
  path: string | undefined,
  io: CliIo,
): Promise<readonly AcceptedChange[]> => {
  if (path === undefined) return []
  const value = (await readYaml(io, path)) ?? []
  const problem = acceptedProblem(value)
  if (problem !== undefined) throw new UsageError(`${shown(path)}: ${problem}`)
  return value as readonly AcceptedChange[]
}

/** Messages about accepted changes, and how to accept those that affect the exit code. */
export const reviewText = (review: ChangeReview): string => {
  const { accepted, expired, unused } = review
  const breaking = breakingOf(review)
  return [
    ...accepted.map(({ change, by }) => `accepted: ${change.path}: ${change.what}: ${by.reason}`),
    ...expired.map(
      ({ path, what, until }) => `the acceptance expired at the end of ${until}: ${path}: ${what}`,
    ),
    ...unused.map(({ path, what }) => `accepted, but no longer among the changes: ${path}: ${what}`),
    ...(breaking.length === 0
      ? []
      : [
          `to accept ${breaking.length === 1 ? 'this change' : 'these changes'}, add to the file of --accepted:`,
          ...breaking.map(acceptingLine),
        ]),
  ]
    .map((line) => `${shown(line)}\n`)
    .join('')
}
