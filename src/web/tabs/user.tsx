import { useEffect, useState } from 'preact/hooks'
import { shown } from '../../text/shown.js'
import type { ObjectStory } from '../../views/index.js'
import { Findings } from './findings.js'
import { Name } from './name.js'
import { Scroll } from './scroll.js'
import type { TabProps } from './shared.js'

const sign = (verdict: boolean | 'error' | undefined): string =>
  verdict === true ? '✓ passes' : verdict === false ? '✗ does not pass' : '! not decided'

/** The five steps of the service for one user. */
export const UserTab = ({ client, user, round }: TabProps) => {
  const [story, setStory] = useState<ObjectStory | undefined>()
  const [title, setTitle] = useState('')
  useEffect(() => {
    void client.title(user).then(setTitle)
    void client.story(user).then(setStory)
  }, [user, round])
  if (story === undefined) return <p class="quiet">Load a schema and users to see what happens to a user.</p>
  return (
    <article>
      <h2>
        {shown(title)} <span class={`outcome ${story.outcome}`}>{story.outcome}</span>
      </h2>
      {title !== story.title && <p class="quiet">{shown(story.title)}</p>}
      <p>
        {shown(story.why)} ({story.reason}). Nothing was written.
      </p>
      <Findings of={story.findings} />
      <h3>1. Import</h3>
      <dl class="pairs">
        {story.imported
          .filter(({ present }) => present)
          .map(({ name, value }) => (
            <div>
              <dt>
                <Name text={name} />
              </dt>
              <dd>{shown(value)}</dd>
            </div>
          ))}
      </dl>
      <p class="quiet">
        Without a value:{' '}
        {shown(
          story.imported
            .filter(({ present }) => !present)
            .map(({ name }) => name)
            .join(', ') || 'none',
        )}
      </p>
      <h3>2. Scope{story.scope.sets.length > 0 && `: ${sign(story.scope.inScope)}`}</h3>
      {story.scope.sets.length === 0 ? (
        <p>{shown(story.scope.sentence)}</p>
      ) : (
        story.scope.sets.map(({ set, groups }) => (
          <>
            <h4>{set}</h4>
            <ul>
              {groups.map((group) => (
                <li>
                  {shown(group.title)}: {sign(group.verdict)}
                  <ul>
                    {group.clauses.map((clause) => (
                      <li class={clause.verdict === true ? 'good' : 'bad'}>
                        {clause.verdict === true ? '✓' : '✗'} <code>{shown(clause.text)}</code>{' '}
                        {shown(clause.reason)}
                      </li>
                    ))}
                  </ul>
                </li>
              ))}
            </ul>
          </>
        ))
      )}
      <h3>3. Match</h3>
      <ul>
        {story.match.map(({ attribute, value, query, matched }) => (
          <li>
            {shown(attribute)} = {shown(value)}{' '}
            <code>{query === null ? 'no query: there is no value' : shown(query)}</code>{' '}
            {matched ? 'matched' : ''}
          </li>
        ))}
      </ul>
      <h3>4. Attributes</h3>
      <Scroll label="Attributes">
        <table>
          <thead>
            <tr>
              <th scope="col">Target attribute</th>
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody>
            {story.attributes.map(({ target, after, why, expression }) => (
              <tr class={after === undefined ? 'null' : ''}>
                <th scope="row" title={expression} aria-label={shown(target)}>
                  <Name text={target} />
                </th>
                <td class="value">
                  {after === undefined ? 'does not flow' : shown(after)}
                  {why !== '' && <div class="quiet">{shown(why)}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <h3>5. Request</h3>
      {story.request === undefined ? (
        <p>None is sent.</p>
      ) : (
        <pre>
          {story.request.method} {shown(story.request.path)}
          {'\n'}
          {(JSON.stringify(story.request.body, null, 2) ?? '').split('\n').map(shown).join('\n')}
        </pre>
      )}
    </article>
  )
}
