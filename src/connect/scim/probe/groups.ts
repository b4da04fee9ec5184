import { withoutPaths } from '../replace.js'
import { asEntra, differs, type Finding, fault, notAsked, type Question, refusedWith } from './question.js'
import {
  answerText,
  bodyOf,
  type Operation,
  type ProbeSession,
  type Resource,
  resourcesOf,
  succeeded,
} from './session.js'

const membersOf = (group: Resource | undefined): readonly string[] => {
  const { members } = group ?? {}
  if (!Array.isArray(members)) return []
  return (members as readonly Resource[]).map(({ value }) => String(value))
}

const ofGroup = (
  id: string,
  question: string,
  ask: (session: ProbeSession, group: Resource, ids: readonly [string, string]) => Promise<Finding>,
): Question => ({
  id,
  question,
  ask: async (session) => {
    const { group, user, other } = session
    if (group === undefined) return notAsked('no group was created')
    if (user === undefined || other === undefined) return notAsked('there are not two users')
    return ask(session, group, [String(user.id), String(other.id)])
  },
})

const values = (ids: readonly string[]): readonly Resource[] => ids.map((value) => ({ value }))

const adding = (ids: readonly string[]): Operation => ({ op: 'add', path: 'members', value: values(ids) })

/** Groups and their members, and the deletion of users. */
export const groupQuestions: readonly Question[] = [
  {
    id: 'createGroup',
    question: 'Is a group created, and found by its name?',
    ask: async (session) => {
      const body = session.groupBody()
      const reply = await session.create('Groups', body)
      if (!succeeded(reply)) return differs(`no groups: ${answerText(reply)}`)
      session.group = bodyOf(reply)
      const found = resourcesOf(
        await session.search('Groups', `displayName eq ${JSON.stringify(body.displayName)}`),
      )
      return found?.length === 1
        ? asEntra('yes')
        : fault('it is created, but not found: it would be created again')
    },
  },
  {
    id: 'groupMarker',
    question: "Is a group with Entra's older second schema accepted?",
    ask: async (session) => {
      const body = session.groupBody()
      const reply = await session.create('Groups', {
        ...body,
        schemas: [
          ...(body.schemas as readonly string[]),
          'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
        ],
      })
      return succeeded(reply) ? asEntra('yes') : differs(refusedWith(reply))
    },
  },
  ofGroup('addMembers', 'Are several members added by one operation?', async (session, group, ids) => {
    const reply = await session.patch('Groups', group, adding(ids))
    const has = membersOf(await session.read('Groups', group))
    if (succeeded(reply))
      return ids.every((id) => has.includes(id))
        ? asEntra('yes')
        : differs('accepted, but not shown by the group')
    const single = await session.patch('Groups', group, adding(ids.slice(0, 1)))
    if (succeeded(single)) {
      session.set({ membersPerRequest: 1 })
      await session.patch('Groups', group, adding(ids.slice(1)))
      return differs(`only one at a time: ${refusedWith(reply)}`)
    }
    for (const updateMembers of ['put', 'attributes'] as const) {
      session.set({ updateMembers })
      if (succeeded(await session.patch('Groups', group, adding(ids))))
        return differs(`no: ${answerText(reply)}; members are written by ${withoutPaths[updateMembers]}`)
    }
    session.set({ updateMembers: 'patch' })
    return fault(`members cannot be added: ${answerText(reply)}`)
  }),
  ofGroup('addTwice', 'Is a member that is added twice listed once?', async (session, group, ids) => {
    const reply = await session.patch('Groups', group, adding(ids.slice(0, 1)))
    if (!succeeded(reply)) return differs(refusedWith(reply))
    const has = membersOf(await session.read('Groups', group))
    return has.filter((id) => id === ids[0]).length <= 1 ? asEntra('yes') : differs('it is listed twice')
  }),
  ofGroup('removeMembers', 'Are members removed by a list of values?', async (session, group, ids) => {
    const isGone = async (id: string): Promise<boolean> => {
      const found = await session.read('Groups', group)
      return found !== undefined && !membersOf(found).includes(id)
    }
    const byValue = await session.patch('Groups', group, {
      op: 'remove',
      path: 'members',
      value: values(ids.slice(0, 1)),
    })
    const gone = await isGone(ids[0])
    const othersStay = !(await isGone(ids[1]))
    if (succeeded(byValue) && gone && othersStay) return asEntra('yes')
    if (gone && !othersStay) await session.patch('Groups', group, adding(ids))
    const byFilter = await session.patch('Groups', group, {
      op: 'remove',
      path: `members[value eq ${JSON.stringify(ids[0])}]`,
    })
    if (!succeeded(byFilter) || !(await isGone(ids[0])))
      return fault(`members cannot be removed: ${answerText(byFilter)}`)
    session.form({ removeMembers: 'filter' })
    return differs(
      `only by a filter; by values ${gone ? 'all members were removed' : succeeded(byValue) ? 'nothing happens' : refusedWith(byValue)}`,
    )
  }),
  ofGroup('unknownMember', 'Is a member that does not exist refused?', async (session, group) => {
    const reply = await session.patch('Groups', group, adding([session.name()]))
    return succeeded(reply) ? differs('no: it is accepted') : asEntra(`yes: ${answerText(reply)}`)
  }),
  ofGroup('renameGroup', 'Is a group renamed?', async (session, group) => {
    const displayName = session.name()
    const reply = await session.patch('Groups', group, {
      op: 'replace',
      path: 'displayName',
      value: displayName,
    })
    const renamed = await session.read('Groups', group)
    return succeeded(reply) && renamed?.displayName === displayName
      ? asEntra('yes')
      : differs(`no: ${answerText(reply)}`)
  }),
  ofGroup('memberDeleted', 'Does a group lose a member whose user is deleted?', async (session, group) => {
    const user = await session.createUser()
    if (user === undefined) return notAsked('no more users can be created')
    await session.patch('Groups', group, adding([String(user.id)]))
    await session.remove(session.path('Users', user))
    const has = membersOf(await session.read('Groups', group))
    return has.includes(String(user.id)) ? differs('no: it stays listed') : asEntra('yes')
  }),
  {
    id: 'delete',
    question: 'Can a user be deleted, and is it gone afterwards?',
    ask: async (session) => {
      const user = await session.createUser()
      if (user === undefined) return notAsked('no more users can be created')
      const reply = await session.remove(session.path('Users', user))
      if (!succeeded(reply)) return fault(`no: ${answerText(reply)}; delete what the probe created by hand`)
      const gone = await session.send('GET', session.path('Users', user))
      return gone.status === 404
        ? asEntra(`yes, answered ${reply.status}`)
        : differs(`it can still be read: ${answerText(gone)}`)
    },
  },
  {
    id: 'deleteTwice',
    question: 'Is the answer to a second deletion 404?',
    ask: async (session) => {
      const user = await session.createUser()
      if (user === undefined) return notAsked('no more users can be created')
      await session.remove(session.path('Users', user))
      const reply = await session.send('DELETE', session.path('Users', user))
      return reply.status === 404 ? asEntra('yes') : differs(`no: ${answerText(reply)}`)
    },
  },
  {
    id: 'reuseName',
    question: 'Is the userName of a deleted user free again?',
    ask: async (session) => {
      const body = session.userBody()
      const first = bodyOf(await session.create('Users', body))
      if (first === undefined) return notAsked('no more users can be created')
      await session.remove(session.path('Users', first))
      const reply = await session.create('Users', body)
      return succeeded(reply)
        ? asEntra('yes')
        : differs(`no: ${answerText(reply)}; a user who returns needs another name`)
    },
  },
]
