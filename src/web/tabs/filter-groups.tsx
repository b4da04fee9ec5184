import { shown } from '../../text/shown.js'
import type { GroupCounts } from '../../views/index.js'
import type { ClauseDraft, FilterDraft, GroupDraft, OperatorChoice } from '../answers.js'

/** The name of a set of groups. */
export type SetName = keyof FilterDraft

interface GroupsProps {
  readonly set: SetName
  readonly groups: readonly GroupDraft[]
  /** How many users pass; undefined without users. */
  readonly counts: readonly GroupCounts[] | undefined
  readonly operators: readonly OperatorChoice[]
  change(groups: readonly GroupDraft[]): void
}

const replaced = <Item,>(
  list: readonly Item[],
  index: number,
  ...items: readonly Item[]
): readonly Item[] => [...list.slice(0, index), ...items, ...list.slice(index + 1)]

/**
 * Makes a change when a button is pressed, and then moves the focus to the control that `wanted` returns. Without
 * `wanted` the focus moves to the next button if the pressed one has gone: else the keyboard would start again at the
 * top of the page.
 */
const moving =
  (change: () => void, wanted?: (button: HTMLElement) => HTMLElement | null | undefined) =>
  ({ currentTarget }: { readonly currentTarget: HTMLButtonElement }): void => {
    const buttons = [...document.querySelectorAll('button')]
    const later = buttons.slice(buttons.indexOf(currentTarget))
    change()
    requestAnimationFrame(() => {
      const next = wanted === undefined ? later.find(({ isConnected }) => isConnected) : wanted(currentTarget)
      next?.focus()
    })
  }

interface ClauseProps {
  readonly clause: ClauseDraft
  /** Names the clause for a screen reader: `clause 2 of group 1`. */
  readonly label: string
  readonly operators: readonly OperatorChoice[]
  readonly count: { readonly passes: number; readonly example: string } | undefined
  change(clause: ClauseDraft): void
  remove(): void
}

const Clause = ({ clause, label, operators, count, change, remove }: ClauseProps) => {
  const operator = operators.find(({ name }) => name === clause.operator)
  const values = operator?.unary === true ? clause.values : clause.values.length === 0 ? [''] : clause.values
  return (
    <li class="clause">
      <input
        type="text"
        list="filter-attributes"
        aria-label={`Attribute, ${label}`}
        value={clause.attribute}
        onInput={(event) => change({ ...clause, attribute: event.currentTarget.value })}
      />{' '}
      <select
        aria-label={`Operator, ${label}`}
        title={operator?.doc}
        value={clause.operator}
        onChange={(event) => {
          const name = event.currentTarget.value
          const unary = operators.find((one) => one.name === name)?.unary === true
          change({ ...clause, operator: name, values: unary ? [] : clause.values })
        }}
      >
        {operator === undefined && <option value={clause.operator}>{shown(clause.operator)}</option>}
        {operators.map(({ name }) => (
          <option value={name}>{name}</option>
        ))}
      </select>{' '}
      {values.map((value, index) => (
        <input
          type="text"
          aria-label={values.length === 1 ? `Value, ${label}` : `Value ${index + 1}, ${label}`}
          value={value}
          onInput={(event) =>
            change({ ...clause, values: replaced(values, index, event.currentTarget.value) })
          }
        />
      ))}{' '}
      <button type="button" aria-label={`Remove ${label}`} onClick={moving(remove)}>
        Remove
      </button>{' '}
      {count !== undefined && (
        <span class="quiet">
          {count.passes} pass{count.example === '' ? '' : `; one that does not: ${shown(count.example)}`}
        </span>
      )}
    </li>
  )
}

/** The groups of one set, for editing, each clause with how many users pass it. */
export const FilterGroups = ({ set, groups, counts, operators, change }: GroupsProps) => (
  <>
    {groups.map((group, index) => {
      const label = `group ${index + 1} of ${set}`
      const put = (next: GroupDraft): void => change(replaced(groups, index, next))
      const count = counts?.[index]
      return (
        <div class="group">
          <p>
            <label>
              Name of group {index + 1}{' '}
              <input
                type="text"
                value={group.name}
                onInput={(event) => put({ ...group, name: event.currentTarget.value })}
              />
            </label>{' '}
            <button
              type="button"
              aria-label={`Remove ${label}`}
              onClick={moving(() => change(replaced(groups, index)))}
            >
              Remove
            </button>{' '}
            {count !== undefined && <b>{count.passes} pass</b>}
          </p>
          <p class="quiet">
            {group.clauses.length === 0 ? 'Without clauses it always passes.' : 'All of these must hold.'}
          </p>
          <ul class="clauses">
            {group.clauses.map((clause, at) => (
              <Clause
                clause={clause}
                label={`clause ${at + 1} of ${label}`}
                operators={operators}
                count={count?.clauses[at]}
                change={(next) => put({ ...group, clauses: replaced(group.clauses, at, next) })}
                remove={() => put({ ...group, clauses: replaced(group.clauses, at) })}
              />
            ))}
          </ul>
          <button
            type="button"
            aria-label={`Add a clause to ${label}`}
            onClick={moving(
              () =>
                put({
                  ...group,
                  clauses: [
                    ...group.clauses,
                    { attribute: '', operator: operators[0]?.name ?? '', values: [] },
                  ],
                }),
              (button) => button.previousElementSibling?.lastElementChild?.querySelector('input'),
            )}
          >
            Add a clause
          </button>
        </div>
      )
    })}
    <button
      type="button"
      aria-label={`Add a group to ${set}`}
      onClick={moving(
        () => change([...groups, { name: '', clauses: [] }]),
        (button) => button.previousElementSibling?.querySelector('input'),
      )}
    >
      Add a group
    </button>
  </>
)
