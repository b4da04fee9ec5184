import { autocompletion, type Completion, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorState, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, hoverTooltip, keymap } from '@codemirror/view'
import type { CompletionItem } from '../editor/index.js'
import type { Span } from '../text/span.js'
import type { ExpressionView, Finding } from './answers.js'

/** What the editor asks the page for, and reports to it. */
export interface EditorHooks {
  changed(text: string): void
  complete(text: string, offset: number): Promise<readonly CompletionItem[]>
  hover(text: string, offset: number): Promise<{ readonly span: Span; readonly contents: string } | undefined>
}

/** An editor of one expression. */
export interface ExpressionEditor {
  text(): string
  setText(text: string): void
  /** Colours and underlines for a text; ignored if the text has changed since. */
  show(text: string, view: Pick<ExpressionView, 'tokens' | 'findings'>): void
  /** Marks a range, such as the part of a trace under the pointer. */
  mark(span: Span | undefined): void
  focus(): void
}

const setMarks = StateEffect.define<DecorationSet>()
const setTokens = StateEffect.define<DecorationSet>()

const layer = (effect: typeof setMarks): StateField<DecorationSet> =>
  StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update: (value, transaction) => {
      let next = value.map(transaction.changes)
      for (const one of transaction.effects) if (one.is(effect)) next = one.value
      return next
    },
    provide: (field) => EditorView.decorations.from(field),
  })

const tokenField = layer(setTokens)
const markField = layer(setMarks)

const theme = EditorView.theme({
  '&': {
    fontSize: '15px',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    background: 'var(--field)',
    color: 'var(--text)',
  },
  '&.cm-focused': { outline: '2px solid var(--accent)' },
  '.cm-content': {
    fontFamily: 'var(--mono)',
    padding: '10px 6px',
    minHeight: '72px',
    caretColor: 'var(--text)',
  },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { background: 'transparent', border: 'none' },
  '.cm-tooltip': {
    background: 'var(--panel)',
    color: 'var(--text)',
    border: '1px solid var(--line)',
    maxWidth: '480px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-hover': {
    padding: '8px',
    whiteSpace: 'pre-wrap',
    fontFamily: 'var(--sans)',
    fontSize: '14px',
    maxHeight: '240px',
    overflow: 'auto',
  },
  '.tok-Attribute': { color: 'var(--attribute)' },
  '.tok-String': { color: 'var(--string)' },
  '.tok-Name': { color: 'var(--function)' },
  '.tok-Integer, .tok-Decimal, .tok-Placeholder': { color: 'var(--number)' },
  '.tok-Invalid': { textDecoration: 'underline wavy var(--bad)' },
  '.marked': { background: 'var(--mark)', borderRadius: '3px' },
})

const severity = (finding: Finding): Diagnostic['severity'] => finding.severity

/**
 * Creates an editor in a shadow root, where its style sheets are constructed and no style element is needed.
 */
export const createEditor = (host: HTMLElement, label: string, hooks: EditorHooks): ExpressionEditor => {
  const root = host.attachShadow({ mode: 'open' })
  const view: EditorView = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: '',
      extensions: [
        history(),
        keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-multiline': 'true' }),
        theme,
        tokenField,
        markField,
        lintGutter(),
        autocompletion({
          override: [
            async (context) => {
              const text = context.state.doc.toString()
              const before = text.slice(0, context.pos)
              if (!context.explicit && !/[\w[%("]$/.test(before)) return null
              const items = await hooks.complete(text, context.pos)
              const [first] = items
              if (first === undefined) return null
              return {
                from: first.edit.span.start,
                to: first.edit.span.end,
                filter: false,
                options: items.slice(0, 100).map(
                  (item): Completion => ({
                    label: item.label,
                    detail: item.detail,
                    apply: (target) =>
                      target.dispatch({
                        changes: {
                          from: item.edit.span.start,
                          to: item.edit.span.end,
                          insert: item.edit.text,
                        },
                        selection: { anchor: item.edit.span.start + item.edit.text.length },
                      }),
                  }),
                ),
              }
            },
          ],
        }),
        hoverTooltip(async (target, position) => {
          const found = await hooks.hover(target.state.doc.toString(), position)
          if (found === undefined) return null
          return {
            pos: found.span.start,
            end: found.span.end,
            create: () => {
              const dom = document.createElement('div')
              dom.className = 'cm-hover'
              // Markdown is shown as text: texts from a schema must never become markup.
              dom.textContent = found.contents.replace(/[*`]/g, '')
              return { dom }
            },
          }
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) hooks.changed(update.state.doc.toString())
        }),
      ],
    }),
  })
  const within = (span: Span): boolean => span.start < span.end && span.end <= view.state.doc.length
  return {
    text: () => view.state.doc.toString(),
    setText: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    focus: () => view.focus(),
    show: (text, { tokens, findings }) => {
      if (view.state.doc.toString() !== text) return
      const builder = new RangeSetBuilder<Decoration>()
      for (const { kind, span } of tokens)
        if (within(span)) builder.add(span.start, span.end, Decoration.mark({ class: `tok-${kind}` }))
      view.dispatch({ effects: setTokens.of(builder.finish()) })
      const diagnostics = findings.map(
        (finding): Diagnostic => ({
          from: Math.min(finding.span.start, text.length),
          to: Math.min(Math.max(finding.span.end, finding.span.start), text.length),
          severity: severity(finding),
          message: `${finding.message}${finding.help === undefined ? '' : ` ${finding.help}`}`,
          source: finding.code,
          actions: finding.fixes.map(({ title, edits }) => ({
            name: title,
            apply: (target) =>
              target.dispatch({
                changes: edits.map(({ span, text: insert }) => ({ from: span.start, to: span.end, insert })),
              }),
          })),
        }),
      )
      view.dispatch(setDiagnostics(view.state, diagnostics))
    },
    mark: (span) => {
      const builder = new RangeSetBuilder<Decoration>()
      if (span !== undefined && within(span))
        builder.add(span.start, span.end, Decoration.mark({ class: 'marked' }))
      view.dispatch({ effects: setMarks.of(builder.finish()) })
    },
  }
}
