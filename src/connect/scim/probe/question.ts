import type { Reply } from '../client.js'
import { answerText, type ProbeSession } from './session.js'

/** The result of a question. */
export interface Finding {
  /**
   * `asEntra`: as Entra's requests expect; `differs`: the profile says how; `fault`: a job cannot work with
   * it.
   */
  readonly verdict: 'asEntra' | 'differs' | 'fault' | 'notAsked'
  /** As text. */
  readonly answer: string
}

/** One question to a server. */
export interface Question {
  readonly id: string
  /** As text, with a question mark. */
  readonly question: string
  /** Asks it, and notes the consequences in the session's profile. */
  readonly ask: (session: ProbeSession) => Promise<Finding>
}

export const asEntra = (answer: string): Finding => ({ verdict: 'asEntra', answer })
export const differs = (answer: string): Finding => ({ verdict: 'differs', answer })
export const fault = (answer: string): Finding => ({ verdict: 'fault', answer })
export const notAsked = (answer: string): Finding => ({ verdict: 'notAsked', answer })

/** A refusal as text. */
export const refusedWith = (reply: Reply): string => `refused: ${answerText(reply)}`
