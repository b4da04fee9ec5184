import { useEffect, useState } from 'preact/hooks'
import { shown } from '../../text/shown.js'
import type { UsersView, UserTitle } from '../answers.js'
import type { Client } from '../client.js'

interface Props {
  readonly client: Client
  readonly users: UsersView | undefined
  readonly user: number
  readonly round: number
  choose(index: number): void
}

/** With more users than this a list alone is tedious. */
const FEW = 20

/** The list from which a user is chosen, with a search if it is long. */
export const UserPicker = ({ client, users, user, round, choose }: Props) => {
  const [wanted, setWanted] = useState('')
  const [found, setFound] = useState<readonly UserTitle[]>([])
  const count = users?.count ?? 0
  useEffect(() => {
    void client.findUsers(wanted, user).then(setFound)
  }, [wanted, user, round])
  return (
    <>
      {count > FEW && (
        <label>
          Find{' '}
          <input
            type="search"
            value={wanted}
            placeholder={`${count} users`}
            onInput={(event) => setWanted(event.currentTarget.value)}
          />
        </label>
      )}
      <label>
        User{' '}
        <select
          value={String(user)}
          disabled={count === 0}
          onChange={(event) => choose(Number(event.currentTarget.value))}
        >
          {found.length === 0 && <option value="0">none loaded</option>}
          {found.map(({ index, title }) => (
            <option value={String(index)}>{shown(title)}</option>
          ))}
        </select>
      </label>
    </>
  )
}
