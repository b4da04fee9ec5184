import { exactJson } from '../../../values/exact-json.js'
import type { Reply } from '../client.js'
import { withoutPaths } from '../replace.js'
import { asEntra, differs, type Finding, fault, notAsked, type Question, refusedWith } from './question.js'
import {
  answerText,
  ENTERPRISE,
  type Operation,
  type ProbeSession,
  type Resource,
  succeeded,
  valueAt,
} from './session.js'

/** A PATCH of the main user, and what the server shows afterwards. */
interface Changed {
  readonly reply: Reply
  readonly user: Resource | undefined
}

const change = async (
  session: ProbeSession,
  user: Resource,
  ...operations: readonly Operation[]
): Promise<Changed> => {
  const reply = await session.patch('Users', user, ...operations)
  return { reply, user: await session.read('Users', user) }
}

const isFalse = (value: unknown): boolean => String(value).toLowerCase() === 'false'

/** A question that needs the main user. */
const ofUser = (
  id: string,
  question: string,
  ask: (session: ProbeSession, main: Resource) => Promise<Finding>,
): Question => ({
  id,
  question,
  ask: async (session) =>
    session.user === undefined ? notAsked('no user was created') : ask(session, session.user),
})

/** A question about the form of PATCH operations. */
const ofPatch = (...[id, question, ask]: Parameters<typeof ofUser>): Question =>
  ofUser(id, question, async (session, main) =>
    session.profile.update === 'patch' ? ask(session, main) : notAsked('users are not updated in this form'),
  )

/** Tries forms in order; the first one that takes effect is used. */
const firstOf = async <Form>(
  forms: readonly {
    readonly form: Form
    readonly attempt: () => Promise<{ reply: Reply; took: boolean }>
  }[],
): Promise<{ readonly form: Form | undefined; readonly refused: string }> => {
  let refused = ''
  for (const { form, attempt } of forms) {
    const { reply, took } = await attempt()
    if (succeeded(reply) && took) return { form, refused }
    refused ||= succeeded(reply) ? 'accepted, but without effect' : refusedWith(reply)
  }
  return { form: undefined, refused }
}

/** Yes if an operation was accepted and took effect, or else why not. @param otherwise the verdict for no */
const effect = (reply: Reply, took: boolean, otherwise = differs): Finding =>
  succeeded(reply) && took
    ? asEntra('yes')
    : otherwise(`no: ${succeeded(reply) ? 'without effect' : refusedWith(reply)}`)

const setTitle = (value: string): Operation => ({ op: 'replace', path: 'title', value })

/** Which forms of PATCH take effect. Answers determine the form of later questions. */
export const patchQuestions: readonly Question[] = [
  ofUser('operations', 'Are operations with a capital letter (Replace) accepted?', async (session, main) => {
    const attempt = (operations: 'capital' | 'lower', title: string) => async () => {
      session.form({ operations })
      const { reply, user } = await change(session, main, setTitle(title))
      return { reply, took: user?.title === title }
    }
    const found = await firstOf([
      { form: 'capital' as const, attempt: attempt('capital', 'Capital') },
      { form: 'lower' as const, attempt: attempt('lower', 'Lower') },
    ])
    if (found.form === undefined) {
      const byMethod = (update: keyof typeof withoutPaths, operations: 'capital' | 'lower') => ({
        form: update,
        attempt: () => {
          session.set({ update })
          return attempt(operations, `By ${update}, ${operations}`)()
        },
      })
      const other = await firstOf([
        byMethod('put', 'capital'),
        byMethod('attributes', 'capital'),
        byMethod('attributes', 'lower'),
      ])
      if (other.form !== undefined)
        return differs(`no: ${found.refused}; users are updated by ${withoutPaths[other.form]}`)
      session.set({ update: 'patch' })
      session.form({ operations: 'capital' })
      return fault(`a PATCH of title has no effect in either case: ${found.refused}`)
    }
    return found.form === 'capital' ? asEntra('yes') : differs(`only in lower case: ${found.refused}`)
  }),
  ofUser('patchAnswer', 'What is the answer to a PATCH?', async (session, main) => {
    const { reply } = await change(session, main, setTitle('Answer'))
    if (!succeeded(reply)) return fault(answerText(reply))
    if (reply.status === 204) return asEntra('204, without a body')
    return reply.status === 200 ? asEntra('200, with the user') : differs(`${reply.status}`)
  }),
  ofUser(
    'booleanText',
    'Does active accept the text "False", which Entra sends by default?',
    async (session, main) => {
      const attempt = (booleans: 'text' | 'json') => async () => {
        session.form({ booleans })
        const { reply, user } = await change(session, main, {
          op: 'replace',
          path: 'active',
          value: session.boolean(false),
        })
        return { reply, took: isFalse(user?.active) }
      }
      const found = await firstOf([
        { form: 'text' as const, attempt: attempt('text') },
        { form: 'json' as const, attempt: attempt('json') },
      ])
      if (found.form === undefined) {
        session.form({ booleans: 'text' })
        return fault(`a user cannot be disabled: ${found.refused}`)
      }
      await change(session, main, { op: 'replace', path: 'active', value: session.boolean(true) })
      return found.form === 'text' ? asEntra('yes') : differs(`no, only JSON's false: ${found.refused}`)
    },
  ),
  ofUser(
    'reEnable',
    'Can a disabled user be enabled again, and is it found in the meantime?',
    async (session, main) => {
      await change(session, main, { op: 'replace', path: 'active', value: session.boolean(false) })
      const found = await session.read('Users', main)
      const { user } = await change(session, main, {
        op: 'replace',
        path: 'active',
        value: session.boolean(true),
      })
      if (found === undefined) return fault('a disabled user is no longer found: it would be created again')
      return isFalse(user?.active) ? fault('it stays disabled') : asEntra('yes')
    },
  ),
  ofPatch(
    'together',
    'Do several attributes in one operation without a path take effect?',
    async (session, main) => {
      const { reply, user } = await change(session, main, {
        op: 'replace',
        value: { title: 'Together', displayName: 'Probe Together' },
      })
      const took = user?.title === 'Together' && user.displayName === 'Probe Together'
      session.form({ together: false })
      return effect(reply, took)
    },
  ),
  ofPatch('dotted', 'And with dotted names (name.familyName)?', async (session, main) => {
    const { reply, user } = await change(session, main, {
      op: 'replace',
      value: { 'name.familyName': 'Dotted', title: 'Dotted' },
    })
    return effect(reply, valueAt(user, 'name', 'familyName') === 'Dotted')
  }),
  ofUser(
    'subAttribute',
    'Does a path to a part of a value (name.givenName) take effect?',
    async (session, main) => {
      const { reply, user } = await change(session, main, {
        op: 'replace',
        path: 'name.givenName',
        value: 'Path',
      })
      return effect(reply, valueAt(user, 'name', 'givenName') === 'Path')
    },
  ),
  ofUser('addAbsent', 'Does Add set an attribute that the user does not have?', async (session, main) => {
    const { reply, user } = await change(session, main, { op: 'add', path: 'preferredLanguage', value: 'fr' })
    return effect(reply, user?.preferredLanguage === 'fr')
  }),
  ofUser(
    'replaceAbsent',
    'Does Replace set an attribute that the user does not have?',
    async (session, main) => {
      const { reply, user } = await change(session, main, {
        op: 'replace',
        path: 'userType',
        value: 'Employee',
      })
      return effect(reply, user?.userType === 'Employee')
    },
  ),
  ofUser(
    'absentElement',
    'Does Add with a value path create an element that does not exist?',
    async (session, main) => {
      const found = await firstOf([
        {
          form: 'path' as const,
          attempt: async () => {
            const { reply, user } = await change(session, main, {
              op: 'add',
              path: 'emails[type eq "home"].value',
              value: 'home@example.com',
            })
            return { reply, took: valueAt(user, 'emails', { type: 'home' }, 'value') === 'home@example.com' }
          },
        },
        {
          form: 'whole' as const,
          attempt: async () => {
            const value = [{ type: 'other', value: 'other@example.com' }]
            const { reply, user } = await change(session, main, { op: 'add', path: 'emails', value })
            return {
              reply,
              took: valueAt(user, 'emails', { type: 'other' }, 'value') === 'other@example.com',
            }
          },
        },
      ])
      if (found.form === undefined) return fault(`e-mail addresses cannot be added: ${found.refused}`)
      session.form({ absentElement: found.form })
      return found.form === 'path'
        ? asEntra('yes')
        : differs(`no, the whole element must be added: ${found.refused}`)
    },
  ),
  ofUser(
    'replaceElement',
    'Does Replace with a value path change an existing element?',
    async (session, main) => {
      const value = `${session.name()}@example.com`
      const type = valueAt(session.user, 'emails', { type: 'work' }) === undefined ? 'other' : 'work'
      const { reply, user } = await change(session, main, {
        op: 'replace',
        path: `emails[type eq "${type}"].value`,
        value,
      })
      return effect(reply, valueAt(user, 'emails', { type }, 'value') === value, fault)
    },
  ),
  ofUser('rename', 'Can a user be renamed?', async (session, main) => {
    const userName = `${session.name()}@example.com`
    const { reply, user } = await change(session, main, { op: 'replace', path: 'userName', value: userName })
    if (!succeeded(reply) || user === undefined)
      return fault(
        succeeded(reply) ? 'it is no longer found by its id afterwards' : `no: ${answerText(reply)}`,
      )
    return String(user.userName).toLowerCase() === userName
      ? asEntra('yes, and its id stays')
      : fault('no: without effect')
  }),
  ofUser('clear', 'Does Remove clear an attribute?', async (session, main) => {
    const attempt = (operation: Operation) => async () => {
      await change(session, main, setTitle('To be cleared'))
      const { reply, user } = await change(session, main, operation)
      return {
        reply,
        took: user !== undefined && (user.title === undefined || user.title === null || user.title === ''),
      }
    }
    const found = await firstOf([
      { form: 'remove' as const, attempt: attempt({ op: 'remove', path: 'title' }) },
      {
        form: 'null' as const,
        attempt: attempt({ op: 'replace', path: 'title', value: null }),
      },
      {
        form: 'empty' as const,
        attempt: attempt({ op: 'replace', path: 'title', value: '' }),
      },
    ])
    if (found.form === undefined) return differs(`nothing clears it: ${found.refused}`)
    session.form({ clear: found.form })
    return found.form === 'remove'
      ? asEntra('yes')
      : differs(`no, ${found.form === 'null' ? 'null' : 'an empty text'} must be written: ${found.refused}`)
  }),
  ofUser('removeElement', 'Does Remove with a value path remove an element?', async (session, main) => {
    const type = session.profile.patch.absentElement === 'path' ? 'home' : 'other'
    const { reply, user } = await change(session, main, { op: 'remove', path: `emails[type eq "${type}"]` })
    return effect(reply, valueAt(user, 'emails', { type }) === undefined)
  }),
  ofUser('manager', 'Does the manager accept an object with the identifier?', async (session, main) => {
    const id = session.other?.id
    if (id === undefined) return notAsked('there is no second user')
    const path = `${ENTERPRISE}:manager`
    const attempt = (value: unknown) => async () => {
      const { reply, user } = await change(session, main, { op: 'add', path, value })
      const shown = valueAt(user, ENTERPRISE, 'manager')
      return { reply, took: exactJson(shown ?? null).includes(exactJson(id)) }
    }
    const found = await firstOf([
      { form: 'object' as const, attempt: attempt({ value: id }) },
      { form: 'list' as const, attempt: attempt([{ value: id }]) },
      { form: 'text' as const, attempt: attempt(id) },
    ])
    if (found.form === undefined) {
      session.refuses(path)
      return differs(`no form of it is accepted and stored: ${found.refused}`)
    }
    session.form({ manager: found.form })
    const names = {
      object: 'yes',
      list: 'no, it accepts a list of one object',
      text: 'no, it accepts only the identifier',
    }
    return found.form === 'object' ? asEntra(names.object) : differs(`${names[found.form]}: ${found.refused}`)
  }),
  ofPatch('managerValue', 'And in a list, as Microsoft documents it?', async (session, main) => {
    const id = session.other?.id
    if (id === undefined) return notAsked('there is no second user')
    const { reply } = await change(session, main, {
      op: 'add',
      path: `${ENTERPRISE}:manager`,
      value: [{ value: id }],
    })
    return succeeded(reply) ? asEntra('yes') : differs(refusedWith(reply))
  }),
  ofUser('extensionPath', 'Does a path into the enterprise extension take effect?', async (session, main) => {
    const { reply, user } = await change(session, main, {
      op: 'replace',
      path: `${ENTERPRISE}:department`,
      value: 'Path',
    })
    return effect(reply, valueAt(user, ENTERPRISE, 'department') === 'Path')
  }),
  ofUser('rolePath', 'Does roles[primary eq "True"].value take effect?', async (session, main) => {
    const literal = session.profile.patch.booleans === 'json' ? 'true' : '"True"'
    const { reply, user } = await change(session, main, {
      op: 'add',
      path: `roles[primary eq ${literal}].value`,
      value: 'Reader',
    })
    const took = exactJson(user?.roles ?? null).includes('Reader')
    return effect(reply, took)
  }),
  ofUser(
    'patchDropped',
    'Does a PATCH store values that are not stored at creation?',
    async (session, main) => {
      const { dropped } = session.profile
      if (dropped.length === 0) return notAsked('everything is stored at creation')
      const refused: string[] = []
      for (const path of dropped) {
        const { reply } = await change(session, main, { op: 'add', path, value: 'x' })
        if (reply.status >= 400 && reply.status < 500) refused.push(path)
      }
      if (refused.length === 0) return asEntra('yes')
      session.set({ dropped: dropped.filter((path) => !refused.includes(path)) })
      for (const path of refused) session.refuses(path)
      return differs(`no: ${refused.join(', ')}`)
    },
  ),
  ofPatch(
    'whole',
    'If one operation is refused, are the others not carried out either?',
    async (session, main) => {
      const title = session.name()
      const { reply, user } = await change(session, main, setTitle(title), {
        op: 'add',
        path: 'attrflowProbe.unknown[x eq',
        value: 'x',
      })
      if (succeeded(reply)) return differs('a faulty operation is silently ignored')
      return user?.title === title ? differs('no: a refused PATCH is partly carried out') : asEntra('yes')
    },
  ),
]
