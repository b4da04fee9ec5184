import { useEffect, useState } from 'preact/hooks'
import { shown } from '../../text/shown.js'
import type { FilterView } from '../session.js'
import type { TabProps } from './shared.js'

/** The scoping filter with how many users pass each of its clauses. */
export const FilterTab = ({ client, round, users }: TabProps) => {
  const [view, setView] = useState<FilterView | undefined>()
  useEffect(() => {
    void client.filter().then(setView)
  }, [round])
  if (view === undefined) return <p class="quiet">Load a schema to see its scoping filter.</p>
  const all = view.inScope + view.outOfScope + view.failed
  return (
    <>
      <h2>Scoping filter</h2>
      <p>
        {all === 0
          ? 'No users are loaded.'
          : `${view.inScope} of ${all} users are in scope, ${view.outOfScope} are out, ${view.failed} are undecided.`}
        {(users?.count ?? 0) > all && all > 0 ? ` The first ${all} were counted.` : ''}
      </p>
      {all > 0 && <meter min={0} max={all} value={view.inScope} aria-label="Users in scope" />}
      {view.sentence !== '' && <p>{shown(view.sentence)}</p>}
      {view.sets.map(({ set, groups }) => (
        <>
          <h3>{set}: one of these groups has to pass</h3>
          {groups.map(({ title, passes, clauses }) => (
            <div class="group">
              <h4>
                {shown(title)}: {passes} pass
              </h4>
              <ul>
                {clauses.map((clause) => (
                  <li>
                    <code>{shown(clause.text)}</code> {clause.passes} pass
                    {clause.example === '' ? '' : `; for example not: ${shown(clause.example)}`}
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </>
      ))}
    </>
  )
}
