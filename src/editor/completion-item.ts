import type { TextEdit } from '../diagnostics/diagnostic.js'
import type { Span } from '../text/span.js'

/** What a proposal is. */
export type CompletionKind =
  | 'function'
  | 'attribute'
  | 'constant'
  | 'enum'
  | 'format'
  | 'culture'
  | 'interval'
  | 'group'
  | 'placeholder'
  | 'operator'

/** A text that could be written at the cursor. */
export interface CompletionItem {
  readonly label: string
  readonly kind: CompletionKind
  /** A signature, a type or a meaning, in a few words of plain text. */
  readonly detail: string
  /** In Markdown. Empty if `detail` says it all. */
  readonly documentation: string
  readonly edit: TextEdit
  /** Orders the items; they come in this order. */
  readonly sortText: string
}

/** A proposal, before it is known where it goes. */
export interface Proposal {
  readonly label: string
  readonly kind: CompletionKind
  readonly detail: string
  readonly documentation?: string
  readonly text: string
}

/** What a set of proposals replaces, and what of it was typed before the cursor. */
export interface Target {
  readonly span: Span
  readonly typed: string
}

/**
 * The proposals that contain what was typed, in any case; those that begin with it come first, and otherwise their
 * order stays.
 */
export const itemsFor = (
  proposals: readonly Proposal[],
  { span, typed }: Target,
): readonly CompletionItem[] => {
  const wanted = typed.toLowerCase()
  const found = proposals.flatMap((proposal) => {
    const at = proposal.label.toLowerCase().indexOf(wanted)
    return at < 0 ? [] : [{ proposal, first: at === 0 }]
  })
  return [...found.filter(({ first }) => first), ...found.filter(({ first }) => !first)].map(
    ({ proposal: { label, kind, detail, documentation, text } }, index) => ({
      label,
      kind,
      detail,
      documentation: documentation ?? '',
      edit: { span, text },
      sortText: String(index).padStart(4, '0'),
    }),
  )
}
