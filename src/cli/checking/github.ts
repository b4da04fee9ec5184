import { adviceFor } from '../../diagnostics/index.js'
import type { Diagnostic } from '../../index.js'
import { ruleIdOf } from '../../lint/index.js'
import { annotation } from '../../text/annotation.js'
import type { Checked } from './target.js'

const severities = { error: 'error', warning: 'warning', info: 'notice' } as const

const line = ({ file, sourceText }: Checked, d: Diagnostic): string => {
  const [start, end] = [sourceText.position(d.span.start), sourceText.position(d.span.end)]
  const rule = ruleIdOf(d.code)
  const title = rule === undefined ? d.code : `${d.code} ${rule}`
  const place =
    file === undefined
      ? {}
      : {
          file,
          line: start.line,
          // GitHub accepts columns only for a range within one line.
          ...(end.line === start.line ? { col: start.column, endColumn: end.column } : { endLine: end.line }),
        }
  return annotation(severities[d.severity], { ...place, title }, `${d.message} ${adviceFor(d)}`)
}

/** The findings as workflow commands, which GitHub shows as annotations of the changed lines. */
export const githubAnnotations = (all: readonly Checked[]): string =>
  all.flatMap((checked) => checked.diagnostics.map((d) => line(checked, d))).join('')
