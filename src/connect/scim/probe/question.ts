import type { Reply } from '../client.js'
import { answerText, type ProbeSession } from './session.js'

/** What a question found. */
export interface Finding {
  /** `asEntra`: as Entra's requests expect it; `differs`: the profile says how; `fault`: a job cannot work with it. */
  readonly verdict: 'asEntra' | 'differs' | 'fault' | 'notAsked'
  /** In words. */
  readonly answer: string
}

/** One question to a server. */
export interface Question {
  readonly id: string
  /** In words, ended by a question mark. */
  readonly question: string
  /** Asks it, and notes in the session's profile what follows. */
  readonly ask: (session: ProbeSession) => Promise<Finding>
}

export const asEntra = (answer: string): Finding => ({ verdict: 'asEntra', answer })
export const differs = (answer: string): Finding => ({ verdict: 'differs', answer })
export const fault = (answer: string): Finding => ({ verdict: 'fault', answer })
export const notAsked = (answer: string): Finding => ({ verdict: 'notAsked', answer })

/** A refusal, in words. */
export const refusedWith = (reply: Reply): string => `refused: ${answerText(reply)}`
