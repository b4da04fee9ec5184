import type { FilterDraft } from './answers.js'
import { Session } from './session.js'

/** A question of the page: the name of a method of the session, and its arguments. */
export interface Ask {
  readonly id: number
  readonly method: string
  readonly args: readonly unknown[]
}

/** The answer to a question, by its id. */
export interface Answer {
  readonly id: number
  readonly value?: unknown
  readonly fault?: string
}

const session = new Session()

/** The methods that the page may call. */
const methods: Readonly<Record<string, (...args: never[]) => unknown>> = {
  open: (bytes: Uint8Array, name: string) => session.open(bytes, name),
  schema: (text: string, name: string) => session.schema(text, name),
  choose: (index: number) => session.choose(index),
  settings: (text: string) => session.settings(text),
  users: (bytes: Uint8Array, name: string) => session.users(bytes, name),
  expression: (text: string, user: number) => session.expression(text, user),
  complete: (text: string, offset: number) => session.complete(text, offset),
  hover: (text: string, offset: number) => session.hover(text, offset),
  signature: (text: string, offset: number) => session.signature(text, offset),
  findUsers: (wanted: string, selected: number) => session.findUsers(wanted, selected),
  title: (user: number) => session.title(user),
  story: (user: number) => session.story(user),
  attributes: (user: number) => session.attributes(user),
  filter: (draft?: FilterDraft) => session.filter(draft),
  storeFilter: (draft: FilterDraft) => session.storeFilter(draft),
  compare: (bytes?: Uint8Array, name?: string) => session.compare(bytes, name),
  edit: (index: number, text: string) => session.edit(index, text),
  save: () => session.save(),
}

const answer = async ({ id, method, args }: Ask): Promise<Answer> => {
  try {
    const run = Object.hasOwn(methods, method) ? methods[method] : undefined
    if (run === undefined) return { id, fault: `There is no method ${method}.` }
    return { id, value: await run(...(args as never[])) }
  } catch (thrown) {
    return { id, fault: thrown instanceof Error ? thrown.message : String(thrown) }
  }
}

// Questions are answered one after the other, so that each answer belongs to the state in which it was asked.
let last: Promise<void> = Promise.resolve()
self.addEventListener('message', (event: MessageEvent<Ask>) => {
  last = last.then(async () => self.postMessage(await answer(event.data)))
})
