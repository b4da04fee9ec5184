import { useState } from 'preact/hooks'
import { shown } from '../../text/shown.js'
import type { TraceView } from '../../views/index.js'
import type { ExpressionView } from '../answers.js'
import type { ExpressionEditor } from '../editor.js'
import { Findings } from './findings.js'
import { Scroll } from './scroll.js'
import type { TabProps } from './shared.js'

interface Props extends TabProps {
  readonly view: ExpressionView | undefined
  readonly editor: ExpressionEditor | undefined
  readonly text: string
  /** The offset of the cursor in the text. */
  readonly cursor: number
  choose(index: number): void
}

/** The innermost part of a trace at an offset of the text. */
const partAt = (node: TraceView, offset: number): TraceView | undefined => {
  if (offset < node.span.start || offset > node.span.end) return undefined
  for (const child of node.children) {
    const found = partAt(child, offset)
    if (found !== undefined) return found
  }
  return node
}

/**
 * The trace as nested lists. Pointing at a part marks it in the text, and choosing it selects it there; the part
 * at the cursor is marked here.
 */
const Trace = ({
  node,
  here,
  editor,
}: {
  readonly node: TraceView
  readonly here: TraceView | undefined
  readonly editor: ExpressionEditor | undefined
}) => {
  const label = node.text.replace(/\s+/g, ' ')
  const mark = (): void => editor?.mark(node.span)
  const unmark = (): void => editor?.mark(undefined)
  return (
    <li class={`trace-${node.state}`}>
      {node.parameter === undefined ? null : <span class="parameter">{shown(node.parameter)}: </span>}
      <button
        type="button"
        class="part"
        aria-current={node === here ? 'true' : undefined}
        onClick={() => editor?.select(node.span)}
        onMouseOver={mark}
        onFocus={mark}
        onMouseOut={unmark}
        onBlur={unmark}
      >
        {shown(label.length > 80 ? `${label.slice(0, 79)}…` : label)}
      </button>{' '}
      {node.state === 'skipped' ? (
        <span class="quiet">not evaluated</span>
      ) : node.state === 'literal' ? null : (
        <span class="value">{shown(node.value)}</span>
      )}
      {node.children.length > 0 && (
        <ul>
          {node.children.map((child) => (
            <Trace node={child} here={here} editor={editor} />
          ))}
        </ul>
      )}
    </li>
  )
}

const graphJson = (text: string): string =>
  JSON.stringify({ expression: text, targetAttributeDefinition: null, testInputObject: null })

const testCase = (text: string, value: string | undefined): string =>
  `- name: ${JSON.stringify(text.slice(0, 60))}\n  expression: ${JSON.stringify(text)}\n  expect: ${value ?? 'null'}\n`

/** The result of the expression for the selected user and for all, and its description. */
export const ExpressionTab = ({ view, editor, choose, text, cursor }: Props) => {
  const [copied, setCopied] = useState('')
  if (view === undefined) return <p class="quiet">Write an expression.</p>
  const copy = (what: string, content: string) => () => {
    void navigator.clipboard.writeText(content).then(
      () => setCopied(`${what} copied`),
      () => setCopied('The browser does not allow copying here'),
    )
  }
  const { results } = view
  return (
    <>
      <div class="result" aria-live="polite">
        {view.outcome === undefined ? (
          <strong class="bad">The expression has errors.</strong>
        ) : (
          <>
            {view.value !== undefined && <output>{shown(view.value)}</output>}{' '}
            <span>{shown(view.outcome)}</span>
          </>
        )}
      </div>
      <Findings of={view.findings} />
      {view.trace !== undefined && (
        <details open>
          <summary>How it came about</summary>
          <ul class="trace">
            <Trace node={view.trace} here={partAt(view.trace, cursor)} editor={editor} />
          </ul>
        </details>
      )}
      {view.description !== undefined && (
        <details>
          <summary>In plain English</summary>
          <pre>{shown(view.description).replaceAll('\\n', '\n')}</pre>
        </details>
      )}
      {view.outcome !== undefined && (
        <details open={view.contested.length > 0}>
          <summary>Contested points</summary>
          {view.contested.length === 0 ? (
            <p class="quiet">The result depends on no contested point.</p>
          ) : (
            <ul class="findings">
              {view.contested.map(({ question, followed, other, otherResult, evidence }) => (
                <li class="warning">
                  <b>{question}</b> Followed here: {followed} Another reading: {other} Then the result is{' '}
                  <code>{shown(otherResult)}</code>. {evidence}
                </li>
              ))}
            </ul>
          )}
        </details>
      )}
      {view.canonical !== undefined && (
        <p class="copies">
          <button type="button" onClick={copy('Canonical text', view.canonical)}>
            Copy canonical text
          </button>{' '}
          <button type="button" onClick={copy('Graph request', graphJson(view.canonical))}>
            Copy as Graph request
          </button>{' '}
          <button type="button" onClick={copy('Test case', testCase(text, view.value))}>
            Copy as test case
          </button>{' '}
          <span role="status">{copied}</span>
        </p>
      )}
      {results !== undefined && (
        <>
          <h3>All {results.statistics.objects} users</h3>
          <dl class="numbers">
            {(
              [
                ['values', results.statistics.values],
                ['null', results.statistics.nulls],
                ['empty', results.statistics.empty],
                ['errors', results.statistics.errors],
                ['nothing flows', results.statistics.ignored],
                ['distinct', results.statistics.distinct],
                ['longest', results.statistics.longest],
              ] as const
            ).map(([name, count]) => (
              <div>
                <dt>{name}</dt>
                <dd>{count}</dd>
              </div>
            ))}
          </dl>
          <Scroll label="Results of all users">
            <table>
              <thead>
                <tr>
                  <th scope="col">User</th>
                  <th scope="col">Result</th>
                </tr>
              </thead>
              <tbody>
                {results.rows.map(({ index, kind, text: result }, row) => (
                  <tr class={kind}>
                    <th scope="row">
                      <button type="button" class="link" onClick={() => choose(index)}>
                        {shown(view.titles[row] ?? '')}
                      </button>
                    </th>
                    <td>{shown(result)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </>
      )}
    </>
  )
}
