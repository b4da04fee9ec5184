import { useEffect, useRef, useState } from 'preact/hooks'
import { shown } from '../../text/shown.js'
import type { FilterDraft, FilterView, SchemaView } from '../answers.js'
import { FilterGroups, type SetName } from './filter-groups.js'
import { Findings } from './findings.js'
import type { TabProps } from './shared.js'

interface Props extends TabProps {
  /** Called when the schema has changed. */
  stored(view: SchemaView, message: string): void
}

/** The sets of a filter; the one that the portal shows comes first. */
const sets: readonly { readonly name: SetName; readonly title: string; readonly doc: string }[] = [
  {
    name: 'groups',
    title: 'Scoping filters',
    doc: 'An object that leaves them is deprovisioned. The portal shows these.',
  },
  {
    name: 'inputFilterGroups',
    title: 'Input filters',
    doc: 'Checked while reading; an object that fails is ignored.',
  },
  {
    name: 'categoryFilterGroups',
    title: 'Category filters',
    doc: 'Whether an object belongs to this mapping at all.',
  },
]

/** The users are counted again after this many milliseconds without a keystroke. */
const PAUSE = 150

const Movers = ({
  title,
  count,
  names,
}: {
  readonly title: string
  readonly count: number
  readonly names: readonly string[]
}) =>
  count === 0 ? null : (
    <p>
      <b>
        {count} {title}
      </b>
      : {names.map(shown).join(', ')}
      {count > names.length ? ' …' : ''}
    </p>
  )

/**
 * The scoping filter: its groups and clauses for editing, how many users pass each, and who enters or leaves
 * the scope.
 */
export const FilterTab = ({ client, round, users, stored }: Props) => {
  const [view, setView] = useState<FilterView | undefined>()
  const [draft, setDraft] = useState<FilterDraft | undefined>()
  const latest = useRef<FilterDraft | undefined>(undefined)
  /** Takes the focus when the buttons for edits go. */
  const heading = useRef<HTMLHeadingElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => {
    latest.current = undefined
    void client.filter().then((next) => {
      setView(next)
      setDraft(next?.draft)
    })
    return () => clearTimeout(timer.current)
  }, [round])
  if (view === undefined || draft === undefined)
    return <p class="quiet">Load a schema to see its scoping filter.</p>
  const { counts, counted } = view
  const edit = (next: FilterDraft): void => {
    setDraft(next)
    latest.current = next
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      void client.filter(next).then((answer) => {
        if (latest.current === next) setView(answer)
      })
    }, PAUSE)
  }
  const undo = (): void => {
    heading.current?.focus()
    latest.current = undefined
    clearTimeout(timer.current)
    void client.filter().then((next) => {
      setView(next)
      setDraft(next?.draft)
    })
  }
  const store = async (): Promise<void> => {
    const { view: next, problem } = await client.storeFilter(draft)
    heading.current?.focus()
    stored(next, problem ?? 'The schema has the new filter; save the schema to keep it')
  }
  const moved = counts.changes.enter.length + counts.changes.leave.length
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        Scoping filter
      </h2>
      <div role="status">
        <p>
          {counted === 0
            ? 'No users are loaded.'
            : `${counts.inScope} of ${counted} users are in scope, ${counts.outOfScope} are out, ${counts.undecided} are undecided.`}
          {(users?.count ?? 0) > counted && counted > 0 ? ` The first ${counted} were counted.` : ''}
        </p>
        {latest.current !== undefined && counted > 0 && moved === 0 && <p>Nobody changes sides.</p>}
        <Movers title="enter the scope" count={counts.changes.enter.length} names={view.enter} />
        <Movers title="leave the scope" count={counts.changes.leave.length} names={view.leave} />
      </div>
      {counted > 0 && <meter min={0} max={counted} value={counts.inScope} aria-label="Users in scope" />}
      {latest.current !== undefined && (
        <p>
          <button type="button" onClick={() => void store()}>
            Store in the schema
          </button>{' '}
          <button type="button" onClick={undo}>
            Undo the edits
          </button>
        </p>
      )}
      <Findings of={view.findings} />
      <datalist id="filter-attributes">
        {view.attributes.map((name) => (
          <option value={name} />
        ))}
      </datalist>
      {sets.map(({ name, title, doc }) => (
        <section aria-label={title}>
          <h3>{title}</h3>
          <p class="quiet">
            {doc}{' '}
            {draft[name].length === 0
              ? 'There are none, so every object passes.'
              : 'One of the groups must pass.'}
          </p>
          <FilterGroups
            set={name}
            groups={draft[name]}
            counts={counted === 0 ? undefined : counts.sets.find(({ set }) => set === name)?.groups}
            operators={view.operators}
            change={(groups) => edit({ ...draft, [name]: groups })}
          />
        </section>
      ))}
    </>
  )
}
