import type { TextEdit } from '../diagnostics/diagnostic.js'
import type { Span } from '../text/span.js'

/** The kind of a proposal. */
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

/** A text that could be inserted at the cursor. */
export interface CompletionItem {
  readonly label: string
  readonly kind: CompletionKind
  /** A signature, a type or a meaning, in a few words of plain text. */
  readonly detail: string
  /** In Markdown. Empty if `detail` says it all. */
  readonly documentation: string
  readonly edit: TextEdit
  /** Sort key; the items are already in this order. */
  readonly sortText: string
}

/** A proposal without its place. */
export interface Proposal {
  readonly label: string
  readonly kind: CompletionKind
  readonly detail: string
  readonly documentation?: string
  readonly text: string
}

/** The range that a set of proposals replaces, and the text in it before the cursor. */
export interface Target {
  readonly span: Span
  readonly typed: string
}

/**
 * The proposals that contain the typed text, ignoring case; those that begin with it come first, otherwise in
 * their original order.
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
