import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { type Estimate, estimate } from './statistics.js'

/** A subject in a bundle. */
export interface Runner {
  readonly bundle: string
  readonly subject: string
}

/** How long is measured. */
export interface Protocol {
  /** Rounds. Each has two new processes: how the engine compiles and lays out a program differs between them. */
  readonly rounds: number
  /** Milliseconds of each of the measurements of a round, two on each side. */
  readonly budget: number
  /** Milliseconds that each side runs before it is measured. */
  readonly warmUp: number
}

const running = new Set<ChildProcess>()

/** Ends the processes that are still measuring. */
export const endProcesses = (): void => {
  for (const child of running) child.kill()
}

const start = ({ bundle }: Runner, args: readonly string[]): ChildProcess => {
  const child = fork(bundle, args, {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  running.add(child)
  child.on('exit', () => running.delete(child))
  return child
}

const errorsOf = (child: ChildProcess): (() => string) => {
  let text = ''
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  return () => text.trim()
}

/** Throws unless both make the same of at least ten thousand inputs. Both are run in the contender's bundle. */
export const checkPair = async (contender: Runner, baseline: Runner): Promise<void> => {
  const child = start(contender, ['check', contender.subject, baseline.subject])
  const errors = errorsOf(child)
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(errors() || `the check of ${contender.subject} was ended`)
}

/** A process that times a subject. */
interface Side {
  /** Runs for so many milliseconds, and answers with nanoseconds of one operation. */
  run(budget: number): Promise<number>
  end(): void
}

const startSide = async (runner: Runner): Promise<Side> => {
  const child = start(runner, ['time', runner.subject])
  const errors = errorsOf(child)
  const ended = once(child, 'exit').then(() => {
    throw new Error(errors() || 'a process was ended')
  })
  // Also when nobody waits for it.
  ended.catch(() => undefined)
  const answer = async (): Promise<unknown> =>
    ((await Promise.race([once(child, 'message'), ended])) as [unknown])[0]
  await answer()
  return {
    run: async (budget) => {
      const pending = answer()
      child.send({ budget })
      return ((await pending) as { time: number }).time
    },
    end: () => void child.kill(),
  }
}

/** The times of both sides in one round: after warming up, one by one in the order A B B A. */
const timeRound = async (
  runners: readonly [Runner, Runner],
  { budget, warmUp }: Protocol,
): Promise<readonly [number, number]> => {
  const sides = (await Promise.all(runners.map(startSide))) as [Side, Side]
  try {
    for (const side of sides) await side.run(warmUp)
    const first = [await sides[0].run(budget), await sides[1].run(budget)] as const
    const second = [await sides[1].run(budget), await sides[0].run(budget)] as const
    return [(first[0] + second[1]) / 2, (first[1] + second[0]) / 2]
  } finally {
    for (const side of sides) side.end()
  }
}

/**
 * Times two subjects, round by round in alternating order.
 * @returns the time of the contender ÷ the time of the baseline, and nanoseconds of both
 */
export const timePair = async (
  contender: Runner,
  baseline: Runner,
  protocol: Protocol,
  progress: (round: number) => void,
): Promise<{ readonly ratio: Estimate; readonly contender: Estimate; readonly baseline: Estimate }> => {
  const times: (readonly [number, number])[] = []
  for (let round = 1; round <= protocol.rounds; round++) {
    if (round % 2 === 1) {
      times.push(await timeRound([contender, baseline], protocol))
    } else {
      const [by, of] = await timeRound([baseline, contender], protocol)
      times.push([of, by])
    }
    progress(round)
  }
  return {
    ratio: estimate(times.map(([of, by]) => of / by)),
    contender: estimate(times.map(([of]) => of)),
    baseline: estimate(times.map(([, by]) => by)),
  }
}
