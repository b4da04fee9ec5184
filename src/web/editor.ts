import { autocompletion, type Completion, completionKeymap } from '@codemirror/autocomplete'
import { history, historyKeymap, standardKeymap } from '@codemirror/commands'
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorState, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  EditorView,
  hoverTooltip,
  keymap,
  showTooltip,
  type Tooltip,
} from '@codemirror/view'
import type { CompletionItem, SignatureHelp } from '../editor/index.js'
import type { Span } from '../text/span.js'
import type { ExpressionView, Finding } from './answers.js'

/** What the editor asks the page for, and reports to it. */
export interface EditorHooks {
  changed(text: string): void
  /** The cursor is at another place. */
  moved(offset: number): void
  complete(text: string, offset: number): Promise<readonly CompletionItem[]>
  signature(text: string, offset: number): Promise<SignatureHelp | undefined>
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
  /** Selects a range and takes the focus. */
  select(span: Span): void
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

const setSignature = StateEffect.define<Tooltip | null>()

const signatureField = StateField.define<Tooltip | null>({
  create: () => null,
  update: (value, transaction) =>
    transaction.effects.reduce((tip, effect) => (effect.is(setSignature) ? effect.value : tip), value),
  provide: (field) => showTooltip.from(field),
})

/** The signature with the parameter at the cursor in bold, and what that is for. */
const signatureDom = ({ signatures, activeSignature, activeParameter }: SignatureHelp): HTMLElement => {
  const dom = document.createElement('div')
  dom.className = 'cm-signature'
  const { label = '', parameters = [] } = signatures[activeSignature] ?? {}
  const active = activeParameter === undefined ? undefined : parameters[activeParameter]
  const [start, end] = active?.label ?? [0, 0]
  const bold = document.createElement('b')
  bold.textContent = label.slice(start, end)
  dom.append(label.slice(0, start), bold, label.slice(end))
  if (active !== undefined) dom.append(document.createElement('br'), plain(active.documentation))
  return dom
}

const showSignature = (view: EditorView, help: SignatureHelp | undefined, pos: number): void => {
  const shown = view.state.field(signatureField)
  if (help === undefined && shown === null) return
  const tip = help === undefined ? null : { pos, above: true, create: () => ({ dom: signatureDom(help) }) }
  view.dispatch({ effects: setSignature.of(tip) })
}

const hideSignature = (view: EditorView): boolean => {
  const open = view.state.field(signatureField) !== null
  if (open) view.dispatch({ effects: setSignature.of(null) })
  return open
}

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
  '.cm-hover, .cm-signature': {
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

/** Markdown without its marks: what a schema contains must never become markup. */
const plain = (markdown: string): string => markdown.replace(/[*`]/g, '')

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
        keymap.of([
          ...completionKeymap,
          { key: 'Escape', run: hideSignature },
          ...historyKeymap,
          ...standardKeymap,
        ]),
        EditorView.domEventHandlers({ blur: (_event, target) => void hideSignature(target) }),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-multiline': 'true' }),
        theme,
        tokenField,
        markField,
        signatureField,
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
              dom.textContent = plain(found.contents)
              return { dom }
            },
          }
        }),
        EditorView.updateListener.of((update) => {
          const text = update.state.doc.toString()
          const { head } = update.state.selection.main
          if (update.docChanged) hooks.changed(text)
          if (!update.docChanged && !update.selectionSet) return
          hooks.moved(head)
          void hooks.signature(text, head).then((help) => {
            if (update.view.state.doc.toString() === text) showSignature(update.view, help, head)
          })
        }),
      ],
    }),
  })
  const within = (span: Span): boolean => span.start < span.end && span.end <= view.state.doc.length
  return {
    text: () => view.state.doc.toString(),
    setText: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    focus: () => view.focus(),
    select: (span) => {
      if (within(span))
        view.dispatch({ selection: { anchor: span.start, head: span.end }, scrollIntoView: true })
      view.focus()
    },
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
          message: `${finding.message} ${finding.help}`,
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
