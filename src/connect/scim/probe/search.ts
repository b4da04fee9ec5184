import { readAttribute } from '../../../values/record.js'
import { asEntra, differs, fault, notAsked, type Question, refusedWith } from './question.js'
import { answerText, bodyOf, ENTERPRISE, resourcesOf, succeeded } from './session.js'

const finds = (
  id: string,
  question: string,
  filterOf: (user: Readonly<Record<string, unknown>>) => string | undefined,
): Question => ({
  id,
  question,
  ask: async (session) => {
    const { user } = session
    const filter = user === undefined ? undefined : filterOf(user)
    if (user === undefined || filter === undefined)
      return notAsked('the server does not show this value of the user')
    const reply = await session.search('Users', filter)
    const found = resourcesOf(reply)
    if (found === undefined) return differs(refusedWith(reply))
    if (found.some(({ id: one }) => one === user.id))
      return found.length === 1 ? asEntra('yes') : fault(`it finds ${found.length} users`)
    return differs('no: it finds no users')
  },
})

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? JSON.stringify(value) : undefined

/** Whether the server can be reached. */
export const reachQuestion: Question = {
  id: 'reach',
  question: 'Does the service answer, and are the credentials accepted?',
  ask: async (session) => {
    const reply = await session.send('GET', '/Users?count=1')
    return resourcesOf(reply) === undefined ? fault(`no list of users: ${answerText(reply)}`) : asEntra('yes')
  },
}

/** How the server is searched. */
export const searchQuestions: readonly Question[] = [
  {
    id: 'configuration',
    question: 'What does the ServiceProviderConfig offer?',
    ask: async (session) => {
      const body = bodyOf(await session.send('GET', '/ServiceProviderConfig'))
      if (body === undefined) return differs('it has none')
      const offers = ['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag'].filter((name) => {
        const part = readAttribute(body, name)
        return typeof part === 'object' && part !== null && readAttribute(part, 'supported') === true
      })
      return offers.includes('patch')
        ? asEntra(offers.join(', '))
        : differs(`no PATCH: ${offers.join(', ') || 'nothing'}`)
    },
  },
  {
    id: 'schemas',
    question: 'Does the service describe its schemas?',
    ask: async (session) => {
      const found = resourcesOf(await session.send('GET', '/Schemas'))
      return found === undefined ? differs('no') : asEntra(`yes, ${found.length}`)
    },
  },
  {
    id: 'nobody',
    question: 'Is the answer to a search without results an empty list?',
    ask: async (session) => {
      const reply = await session.search('Users', `userName eq "${session.name()}"`)
      const found = resourcesOf(reply)
      if (found === undefined) return fault(`no: ${answerText(reply)}`)
      return found.length === 0
        ? asEntra('yes')
        : fault(`it finds ${found.length} users: the filter is ignored`)
    },
  },
  finds('byUserName', 'Is a user found by userName?', ({ userName }) => `userName eq ${text(userName)}`),
  finds(
    'byUserNameInCapitals',
    'Is a user found by userName in another case, as SCIM requires?',
    ({ userName }) => `userName eq ${text(String(userName).toUpperCase())}`,
  ),
  finds('byExternalId', 'By externalId?', ({ externalId }) =>
    text(externalId) === undefined ? undefined : `externalId eq ${text(externalId)}`,
  ),
  finds('byMail', 'Is a user found by the work e-mail address?', ({ emails, userName }) =>
    Array.isArray(emails) ? `emails[type eq "work"].value eq ${text(userName)}` : undefined,
  ),
  finds('byEmployeeNumber', 'Is a user found by the employeeNumber of the enterprise extension?', (user) =>
    text((user[ENTERPRISE] as { employeeNumber?: unknown } | undefined)?.employeeNumber) === undefined
      ? undefined
      : `${ENTERPRISE}:employeeNumber eq ${text((user[ENTERPRISE] as { employeeNumber?: unknown }).employeeNumber)}`,
  ),
  finds('byTwo', 'Is a user found by two values joined with and?', ({ userName, externalId }) =>
    text(externalId) === undefined
      ? undefined
      : `userName eq ${text(userName)} and externalId eq ${text(externalId)}`,
  ),
  {
    id: 'specialCharacters',
    question: 'Is a value with quotes, an ampersand and a plus sign found?',
    ask: async (session) => {
      const userName = `${session.name()}"o'neill+x&y@example.com`
      const reply = await session.create('Users', session.userBody({ userName }))
      if (!succeeded(reply)) return notAsked(`no user with such a name can be created: ${answerText(reply)}`)
      const found = resourcesOf(await session.search('Users', `userName eq ${JSON.stringify(userName)}`))
      return found?.length === 1
        ? asEntra('yes')
        : differs('no: such users are created again, or fail, in each cycle')
    },
  },
  {
    id: 'withoutMembers',
    question: 'Can groups be read without their members?',
    ask: async (session) => {
      const reply = await session.send('GET', '/Groups?excludedAttributes=members&count=1')
      return resourcesOf(reply) === undefined ? differs(refusedWith(reply)) : asEntra('yes')
    },
  },
  {
    id: 'paging',
    question: 'Can lists be read page by page?',
    ask: async (session) => {
      const first = resourcesOf(await session.send('GET', '/Users?startIndex=1&count=1'))
      const second = resourcesOf(await session.send('GET', '/Users?startIndex=2&count=1'))
      if (first?.length === 1 && second?.length === 1 && first[0]?.id !== second[0]?.id)
        return asEntra('by startIndex and count')
      const reply = await session.send('GET', '/Users?cursor&count=1')
      const next = readAttribute(bodyOf(reply) ?? {}, 'nextCursor')
      if (typeof next === 'string') {
        session.set({ paging: 'cursor' })
        return differs('by cursor')
      }
      return differs('no: the answer is the whole list, or only its first page')
    },
  },
]
