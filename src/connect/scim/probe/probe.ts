import { ScimClient, type ScimClientOptions } from '../client.js'
import type { TargetProfile } from '../profile.js'
import { createQuestions } from './create.js'
import { groupQuestions } from './groups.js'
import { patchQuestions } from './patch.js'
import type { Finding, Question } from './question.js'
import { reachQuestion, searchQuestions } from './search.js'
import { bodyOf, type Kind, ProbeSession, resourcesOf, type Sleep } from './session.js'

/** All questions, in order: answers determine the form of later questions. */
export const probeQuestions: readonly Question[] = [
  reachQuestion,
  ...createQuestions,
  ...searchQuestions,
  ...patchQuestions,
  ...groupQuestions,
]

/** A question with its answer. */
export interface ProbeAnswer extends Finding {
  readonly id: string
  readonly question: string
}

/** The result of a probe. Plain data. */
export interface ProbeReport {
  readonly answers: readonly ProbeAnswer[]
  readonly profile: TargetProfile
  /** Paths of objects that the probe created and could not delete. */
  readonly left: readonly string[]
  /** Whether every question was asked. */
  readonly complete: boolean
}

/** How to probe a service. */
export interface ProbeOptions extends ScimClientOptions {
  /** The prefix of the names of everything that the probe creates; no other object may have such names. */
  readonly mark: string
  readonly signal?: AbortSignal
  /** Waits where the service asks for it. Default: by the clock. */
  readonly sleep?: Sleep
  /** Called after each answer. */
  readonly progress?: (answer: ProbeAnswer, asked: number, of: number) => void
}

/** How many users and groups a service has; undefined if it does not answer with a list of users. */
export const countObjects = async (options: ScimClientOptions): Promise<number | undefined> => {
  const client = new ScimClient(options)
  const count = async (kind: Kind): Promise<number | undefined> => {
    const reply = await client.send('GET', `/${kind}?startIndex=1&count=2`)
    const found = resourcesOf(reply)
    if (found === undefined) return undefined
    const total = Number(bodyOf(reply)?.totalResults)
    return Number.isNaN(total) ? found.length : Math.max(total, found.length)
  }
  const users = await count('Users')
  // A service need not have groups.
  return users === undefined ? undefined : users + ((await count('Groups')) ?? 0)
}

/**
 * Tests how a SCIM service handles the requests of a job, with users and groups that it creates. They are
 * deleted at the end, also if the probe is stopped. Intended for an empty test tenant.
 */
export const probeTarget = async (options: ProbeOptions): Promise<ProbeReport> => {
  const { signal, mark, progress, sleep } = options
  const session = new ProbeSession(new ScimClient(options), mark, signal, sleep)
  const answers: ProbeAnswer[] = []
  const isStopped = (): boolean => signal?.aborted === true
  for (const { id, question, ask } of probeQuestions) {
    if (isStopped()) break
    const answer = { id, question, ...(await ask(session)) }
    if (isStopped()) break
    answers.push(answer)
    progress?.(answer, answers.length, probeQuestions.length)
    // Without a list of users no other question can be asked.
    if (id === reachQuestion.id && answer.verdict === 'fault') break
  }
  const left = await session.cleanUp()
  return { answers, profile: session.profile, left, complete: answers.length === probeQuestions.length }
}
