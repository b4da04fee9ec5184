import { asEntra, differs, fault, notAsked, type Question, refusedWith } from './question.js'
import {
  answerText,
  bodyOf,
  ENTERPRISE,
  type ProbeSession,
  type Resource,
  resourcesOf,
  succeeded,
  valueAt,
} from './session.js'

/**
 * Whether the service stores, drops or refuses a value at creation. Dropped and refused ones are noted in the
 * profile.
 */
const keeps = (
  id: string,
  question: string,
  attribute: string | undefined,
  value: Resource,
  place: readonly (string | Resource)[],
): Question => ({
  id,
  question,
  ask: async (session) => {
    if (session.user === undefined) return notAsked('no user was created')
    const reply = await session.create('Users', session.userBody(value))
    if (!succeeded(reply)) {
      // A server error says nothing about the attribute.
      if (reply.status < 400 || reply.status >= 500) return notAsked(answerText(reply))
      if (attribute !== undefined) session.refuses(attribute)
      return differs(refusedWith(reply))
    }
    const created = bodyOf(reply)
    if (created === undefined) return notAsked('the answer to the create shows no user')
    const user = await session.read('Users', created)
    if (valueAt(user, ...place) !== undefined) return asEntra('yes')
    if (attribute !== undefined) session.drops(attribute)
    return differs('it is accepted, but not stored')
  },
})

/** The user for later questions, with as many values as the server accepts. */
const mainUser = async (session: ProbeSession): Promise<Resource | undefined> => {
  const number = session.name()
  const userName = `${number}@example.com`
  const rich: Resource = {
    schemas: [ENTERPRISE],
    userName,
    externalId: number,
    displayName: 'Probe Attrflow',
    title: 'Engineer',
    name: { givenName: 'Probe', familyName: 'Attrflow' },
    emails: [{ type: 'work', value: userName, primary: true }],
    [ENTERPRISE]: { employeeNumber: number, department: 'Probes' },
  }
  const { schemas: _, [ENTERPRISE]: __, ...plain } = rich
  for (const body of [rich, plain, { userName }]) {
    const user = await session.createUser(body)
    if (user !== undefined) return (await session.read('Users', user)) ?? user
  }
  return undefined
}

/** What can be created, and which values are stored. */
export const createQuestions: readonly Question[] = [
  {
    id: 'create',
    question: 'Is a user with only a userName created?',
    ask: async (session) => {
      let reply = await session.create('Users', session.userBody())
      let answer = asEntra('yes')
      if (!succeeded(reply)) {
        const why = answerText(reply)
        session.needDetails()
        reply = await session.create('Users', session.userBody())
        if (!succeeded(reply))
          return fault(`no, and not with a name and an e-mail address either: ${answerText(reply)}`)
        answer = differs(`only with a name and an e-mail address: ${why}`)
      }
      const body = bodyOf(reply)
      if (body?.id === undefined)
        return fault('the answer has no id: every created user must be found by a search')
      session.other = body
      session.user = await mainUser(session)
      if (session.bareCreates) return differs('yes, but the answer does not show it: it is read, or searched')
      return reply.status === 201
        ? answer
        : differs(`${answer.answer}, answered ${reply.status} instead of 201`)
    },
  },
  {
    id: 'createTwice',
    question: 'Is a second user with the same userName refused with 409?',
    ask: async (session) => {
      const body = session.userBody()
      await session.create('Users', body)
      const reply = await session.create('Users', body)
      if (reply.status === 409) return asEntra('yes')
      return succeeded(reply)
        ? differs('no: it is created, too')
        : differs(`refused with ${answerText(reply)}`)
    },
  },
  {
    id: 'createdInactive',
    question: 'Can a user be created inactive?',
    ask: async (session) => {
      const user = await session.createUser({ active: false })
      if (user === undefined) return differs('no')
      const read = await session.read('Users', user)
      return String(read?.active).toLowerCase() === 'false' ? asEntra('yes') : differs('it is created active')
    },
  },
  keeps('keepsExternalId', 'Is externalId kept?', 'externalId', { externalId: 'attrflow-probe' }, [
    'externalId',
  ]),
  keeps('keepsNickName', 'Is nickName kept?', 'nickName', { nickName: 'Nick' }, ['nickName']),
  keeps(
    'keepsPreferredLanguage',
    'Is preferredLanguage kept?',
    'preferredLanguage',
    { preferredLanguage: 'de-CH' },
    ['preferredLanguage'],
  ),
  keeps(
    'keepsPhone',
    'Is a work telephone number stored?',
    'phoneNumbers[type eq "work"].value',
    { phoneNumbers: [{ type: 'work', value: '+41 44 000 00 00' }] },
    ['phoneNumbers', { type: 'work' }, 'value'],
  ),
  keeps(
    'keepsAddress',
    'Is a work address stored?',
    'addresses[type eq "work"].streetAddress',
    { addresses: [{ type: 'work', streetAddress: 'Main Street 1' }] },
    ['addresses', { type: 'work' }, 'streetAddress'],
  ),
  keeps(
    'keepsRole',
    'Is a primary role stored?',
    'roles[primary eq "True"].value',
    { roles: [{ primary: true, type: 'WindowsAzureActiveDirectoryRole', value: 'User' }] },
    ['roles', { value: 'User' }, 'value'],
  ),
  keeps(
    'keepsDepartment',
    'Is the department of the enterprise extension stored?',
    `${ENTERPRISE}:department`,
    { schemas: [ENTERPRISE], [ENTERPRISE]: { department: 'Probes' } },
    [ENTERPRISE, 'department'],
  ),
  keeps('keepsUnknown', 'Is an attribute stored that no schema names?', undefined, { attrflowProbe: 'x' }, [
    'attrflowProbe',
  ]),
  keeps(
    'keepsExtension',
    'Is a custom extension stored?',
    undefined,
    {
      schemas: ['urn:ietf:params:scim:schemas:extension:attrflow:2.0:User'],
      'urn:ietf:params:scim:schemas:extension:attrflow:2.0:User': { badge: '1' },
    },
    ['urn:ietf:params:scim:schemas:extension:attrflow:2.0:User', 'badge'],
  ),
  {
    id: 'asSent',
    question: 'Are long and international values returned unchanged?',
    ask: async (session) => {
      const title = `Ingénieur·e 技術者 ‮abc ${'x'.repeat(180)}`
      const user = await session.createUser({ title })
      if (user === undefined) return differs('such a user is refused')
      const read = await session.read('Users', user)
      return read?.title === title ? asEntra('yes') : differs('no: the value is changed or truncated')
    },
  },
  {
    id: 'readUnknown',
    question: 'Is the answer for an unknown user 404?',
    ask: async (session) => {
      const reply = await session.send('GET', `/Users/${session.name()}`)
      return reply.status === 404 ? asEntra('yes') : fault(`no: ${answerText(reply)}`)
    },
  },
  {
    id: 'listed',
    question: 'Does the list of users contain a user that was just created?',
    ask: async (session) => {
      const { user } = session
      if (user === undefined) return notAsked('no user was created')
      const found = resourcesOf(await session.send('GET', '/Users?startIndex=1&count=200'))
      return found?.some(({ id }) => id === user.id) === true
        ? asEntra('yes')
        : differs('no: a read soon after a write may miss it')
    },
  },
]
