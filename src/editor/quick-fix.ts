import type { Diagnostic, TextEdit } from '../diagnostics/diagnostic.js'
import type { Span } from '../text/span.js'
import { Misuse } from '../values/misuse.js'

/** A repair that an editor offers. */
export interface QuickFix {
  readonly title: string
  readonly edits: readonly TextEdit[]
  /** Whether it may be applied without review. */
  readonly safe: boolean
  /** The diagnostic that it repairs. */
  readonly diagnostic: Diagnostic
}

const touch = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end

const key = ({ title, edits }: Pick<QuickFix, 'title' | 'edits'>): string => JSON.stringify([title, edits])

/**
 * The fixes of the diagnostics in a range, safe ones first and no fix twice. Fixes that no longer match the
 * text, or do not change it, are left out.
 * @throws {TypeError} without a list of diagnostics
 */
export const quickFixes = (
  text: string,
  range: Span,
  diagnostics: readonly Diagnostic[],
): readonly QuickFix[] => {
  const given: unknown = diagnostics
  if (!Array.isArray(given)) throw new Misuse('diagnostics takes a list, such as that of diagnoseExpression')
  const fits = ({ span }: TextEdit): boolean =>
    0 <= span.start && span.start <= span.end && span.end <= text.length
  const changes = (edit: TextEdit): boolean => text.slice(edit.span.start, edit.span.end) !== edit.text
  const found = diagnostics
    .filter(({ span }) => touch(span, range))
    .flatMap((diagnostic) => (diagnostic.fixes ?? []).map((fix): QuickFix => ({ ...fix, diagnostic })))
    .filter(({ edits }) => edits.every(fits) && edits.some(changes))
  const first = new Map(found.toReversed().map((fix) => [key(fix), fix]))
  const distinct = found.filter((fix) => first.get(key(fix)) === fix)
  return [...distinct.filter(({ safe }) => safe), ...distinct.filter(({ safe }) => !safe)]
}
