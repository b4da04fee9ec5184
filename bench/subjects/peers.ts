import { asyncSubjectOf, type Subject, subjectOf } from '../harness/subject.js'
import type { Compiled, Peer } from '../peers/define.js'
import { peers } from '../peers/index.js'
import { full, simple, type WorkloadMapping } from '../workload/mapping.js'
import { benchUsers, type UserRecord } from './inputs.js'

/** What an engine makes of a user; absent is null. */
type Cell = (user: UserRecord) => unknown

// The rows are literals, like those of the baseline: how rows are made is not what sets the engines apart.
const rowWriters: Readonly<
  Record<string, (cells: Readonly<Record<string, Cell>>) => (user: UserRecord) => object>
> = {
  [full.name]: (cell) => (user) => ({
    externalId: cell.externalId!(user),
    givenName: cell.givenName!(user),
    familyName: cell.familyName!(user),
    country: cell.country!(user),
    userType: cell.userType!(user),
    displayName: cell.displayName!(user),
    sortName: cell.sortName!(user),
    userName: cell.userName!(user),
    initials: cell.initials!(user),
    employeeNumber: cell.employeeNumber!(user),
    mail: cell.mail!(user),
    phone: cell.phone!(user),
    alias: cell.alias!(user),
    department: cell.department!(user),
    region: cell.region!(user),
    contract: cell.contract!(user),
    costCentre: cell.costCentre!(user),
    startDate: cell.startDate!(user),
    workforce: cell.workforce!(user),
    primarySmtp: cell.primarySmtp!(user),
    titleWord: cell.titleWord!(user),
    suspended: cell.suspended!(user),
  }),
  [simple.name]: (cell) => (user) => ({
    externalId: cell.externalId!(user),
    givenName: cell.givenName!(user),
    familyName: cell.familyName!(user),
    userType: cell.userType!(user),
    displayName: cell.displayName!(user),
    mail: cell.mail!(user),
    workforce: cell.workforce!(user),
    suspended: cell.suspended!(user),
  }),
}

const subjectFor = async (make: () => Promise<Peer>, mapping: WorkloadMapping): Promise<Subject> => {
  const peer = await make()
  const filter = peer.filter(mapping.groups)
  const cells = Object.fromEntries(
    Object.entries(mapping.attributes).map(([name, text]) => [name, peer.expression(text)]),
  )
  return peer.isAsync === true
    ? asyncSubjectOf(benchUsers(), asyncMap(cells, filter))
    : subjectOf(benchUsers(), syncMap(rowWriters[mapping.name]!(cells), filter))
}

const syncMap =
  (write: (user: UserRecord) => object, filter: Compiled | undefined): Cell =>
  (user) =>
    filter === undefined || filter(user) === true ? write(user) : null

/** A row whose cells come as promises is filled one by one; beside the promises that costs nothing. */
const asyncMap =
  (cells: Readonly<Record<string, Compiled>>, filter: Compiled | undefined) =>
  async (user: UserRecord): Promise<unknown> => {
    if (filter !== undefined && (await filter(user)) !== true) return null
    const row: Record<string, unknown> = {}
    for (const name in cells) row[name] = (await cells[name]!(user)) ?? null
    return row
  }

/** Every peer on both mappings. */
export const peerSubjects: Readonly<Record<string, () => Promise<Subject>>> = Object.fromEntries(
  Object.entries(peers).flatMap(([engine, make]) =>
    [full, simple].map((mapping) => [`${engine}/${mapping.name}`, () => subjectFor(make, mapping)]),
  ),
)
