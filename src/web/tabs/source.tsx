import { useEffect, useState } from 'preact/hooks'
import { shown } from '../../text/shown.js'
import { Findings } from './findings.js'
import { Name } from './name.js'
import { Scroll } from './scroll.js'
import type { TabProps } from './shared.js'

/** The form of the users' file, which attributes were found under other names, and which are missing. */
export const SourceTab = ({ client, users, user, round }: TabProps) => {
  const [attributes, setAttributes] = useState<readonly (readonly [string, string])[]>([])
  useEffect(() => {
    void client.attributes(user).then(setAttributes)
  }, [user, round])
  if (users === undefined)
    return (
      <p class="quiet">
        Open users: JSON, NDJSON, CSV or LDIF, as Graph, PowerShell, the portal or an HR system exports them.
      </p>
    )
  return (
    <>
      <h2>{shown(users.name)}</h2>
      <p>
        {users.count} objects
        {users.shape === undefined
          ? ', with the names of the schema'
          : `, in the form of ${shown(users.shape)}`}
        .
      </p>
      <Findings of={users.notes} />
      {users.missing.length > 0 && (
        <>
          <h3>Missing</h3>
          <p>The mapping reads these, and no object has them: {shown(users.missing.join(', '))}.</p>
        </>
      )}
      {users.faults.length > 0 && (
        <>
          <h3>
            {users.unreadable} not readable
            {users.unreadable > users.faults.length
              ? `, of which these are the first ${users.faults.length}`
              : ''}
          </h3>
          <ul class="findings">
            {users.faults.map(({ line, message }) => (
              <li class="error">
                line {line}: {shown(message)}
              </li>
            ))}
          </ul>
        </>
      )}
      {users.renamed.length > 0 && (
        <>
          <h3>Read by another name</h3>
          <dl class="pairs">
            {users.renamed.map(([attribute, place]) => (
              <div>
                <dt>{shown(attribute)}</dt>
                <dd>{shown(place)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <h3>The chosen object</h3>
      <Scroll label="Attributes of the chosen object">
        <table>
          <thead>
            <tr>
              <th scope="col">Attribute</th>
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody>
            {attributes.map(([name, value]) => (
              <tr>
                <th scope="row" aria-label={shown(name)}>
                  <Name text={name} />
                </th>
                <td class="value">{shown(value.length > 300 ? `${value.slice(0, 299)}…` : value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}
