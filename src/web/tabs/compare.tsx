import { useEffect, useState } from 'preact/hooks'
import { shown } from '../../text/shown.js'
import { type EffectTag, effectTags } from '../../verify/diff/effect.js'
import { causesText } from '../../verify/diff/markdown.js'
import type { CompareView } from '../answers.js'
import { Name } from './name.js'
import { Scroll } from './scroll.js'
import type { TabProps } from './shared.js'

const inWords = (value: unknown): string =>
  value === undefined ? 'nothing' : typeof value === 'string' ? value : (JSON.stringify(value) ?? '')

const tagNames = Object.keys(effectTags) as EffectTag[]

/** The differences of another schema, and their effect on the loaded users. */
export const CompareTab = ({ client, schema, users, round }: TabProps) => {
  const [view, setView] = useState<CompareView | undefined>()
  useEffect(() => {
    void client.compare().then(setView)
  }, [round])
  if (schema === undefined)
    return <p class="quiet">Load a schema first: it is OLD, the one to compare with is NEW.</p>
  const { effect } = view ?? {}
  const open = async (file: File | undefined): Promise<void> => {
    if (file !== undefined) setView(await client.compare(new Uint8Array(await file.arrayBuffer()), file.name))
  }
  return (
    <>
      <h2>Compare</h2>
      <p>
        OLD is {shown(schema.name)}.{' '}
        <label class="button">
          Open NEW
          <input
            type="file"
            class="hidden"
            onChange={(event) => {
              void open(event.currentTarget.files?.[0])
              event.currentTarget.value = ''
            }}
          />
        </label>
      </p>
      <div role="status">
        {view !== undefined && (
          <p>
            NEW is {shown(view.name)}:{' '}
            <strong class={view.problem === undefined ? '' : 'bad'}>
              {shown(view.problem ?? `${view.verdict}.`)}
            </strong>
          </p>
        )}
      </div>
      {view !== undefined && (
        <>
          {effect !== undefined && (
            <ul>
              {tagNames.map((tag) => {
                const found = effect.tags[tag]
                const causes = causesText(view.causes, tag)
                return (
                  found && (
                    <li>
                      <b>{found.count}</b> {effectTags[tag]}: {shown(found.objects.join(', '))}
                      {found.count > found.objects.length ? ' …' : ''}
                      {causes === '' ? '' : ` (${shown(causes)})`}
                    </li>
                  )
                )
              })}
            </ul>
          )}
          {effect !== undefined && effect.attributes.length > 0 && (
            <Scroll label="Changed attributes">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Attribute</th>
                    <th scope="col">Users</th>
                    <th scope="col">Most frequent: OLD → NEW</th>
                  </tr>
                </thead>
                <tbody>
                  {effect.attributes.map(({ attribute, changed, pairs }) => (
                    <tr>
                      <th scope="row" aria-label={shown(attribute)}>
                        <Name text={attribute} />
                      </th>
                      <td>{changed}</td>
                      <td>
                        {pairs.map(({ before, after, count }) => (
                          <div>
                            {shown(inWords(before))} → {shown(inWords(after))} ({count})
                          </div>
                        ))}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )}
          <h3>{view.changes.length} changes of the schema</h3>
          <ul class="findings">
            {view.changes.map(({ path, what, before, after, criticality, reason }) => (
              <li class={criticality === 'breaking' ? 'error' : criticality === 'risky' ? 'warning' : 'info'}>
                <b>{criticality}</b> {shown(path)}, {what}: {shown(inWords(before))} → {shown(inWords(after))}
                . {shown(reason)}
              </li>
            ))}
          </ul>
        </>
      )}
      {users === undefined && <p class="quiet">With users loaded you also see who is affected.</p>}
    </>
  )
}
