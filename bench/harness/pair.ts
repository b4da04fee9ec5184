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
  /** Rounds of each side. */
  readonly rounds: number
  /** Milliseconds of one round of one side. */
  readonly budget: number
  /** Milliseconds that each side runs before the first round. */
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

/**
 * Times two subjects in a process each, round by round in alternating order.
 * @returns the time of the contender ÷ the time of the baseline, and nanoseconds of both
 */
export const timePair = async (
  contender: Runner,
  baseline: Runner,
  { rounds, budget, warmUp }: Protocol,
  progress: (round: number) => void,
): Promise<{ readonly ratio: Estimate; readonly contender: Estimate; readonly baseline: Estimate }> => {
  const sides = [contender, baseline].map((runner) => {
    const child = start(runner, ['time', runner.subject])
    return { child, errors: errorsOf(child), times: [] as number[] }
  })
  const answer = async ({ child, errors }: (typeof sides)[number]): Promise<unknown> => {
    const ended = once(child, 'exit').then(() => {
      throw new Error(errors() || 'a process was ended')
    })
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [unknown]
    return message
  }
  const run = async (side: (typeof sides)[number], milliseconds: number): Promise<number> => {
    const pending = answer(side)
    side.child.send({ budget: milliseconds })
    return ((await pending) as { time: number }).time
  }
  try {
    await Promise.all(sides.map(answer))
    for (const side of sides) await run(side, warmUp)
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 === 0 ? sides : sides.toReversed()
      for (const side of order) side.times.push(await run(side, budget))
      progress(round + 1)
    }
  } finally {
    for (const { child } of sides) child.kill()
  }
  const [of, by] = sides.map(({ times }) => times) as [number[], number[]]
  return {
    ratio: estimate(of.map((time, round) => time / by[round]!)),
    contender: estimate(of),
    baseline: estimate(by),
  }
}
