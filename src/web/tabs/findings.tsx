import { shown } from '../../text/shown.js'
import type { Finding } from '../answers.js'

interface Shown extends Pick<Finding, 'code' | 'message'> {
  readonly severity: string
  readonly help?: string | undefined
  readonly attribute?: string | undefined
}

/** Findings as a list, each with what to do about it; nothing if there are none. */
export const Findings = ({ of }: { readonly of: readonly Shown[] }) =>
  of.length === 0 ? null : (
    <ul class="findings">
      {of.map(({ code, severity, message, help = '', attribute }) => (
        <li class={severity}>
          <b>{code}</b> {shown(`${attribute === undefined ? '' : `${attribute}: `}${message} ${help}`)}
        </li>
      ))}
    </ul>
  )
