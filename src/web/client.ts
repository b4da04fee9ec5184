import type { Session } from './session.js'
import type { Answer, Ask } from './worker.js'

/** The methods of the session, each returning a promise. */
export type Client = {
  readonly [Name in keyof Session]: (
    ...args: Parameters<Session[Name]>
  ) => Promise<Awaited<ReturnType<Session[Name]>>>
}

/**
 * The text of an element in which the build stores what the worker needs: a page in one file cannot load it from
 * elsewhere.
 */
const textOf = (id: string): string => document.getElementById(id)?.textContent ?? ''

/** Starts the worker; its methods are those of the session. */
export const startClient = (): Client => {
  const parts = ['const TEXTS=', textOf('attrflow-texts'), ';', textOf('attrflow-worker')]
  const url = URL.createObjectURL(new Blob(parts, { type: 'text/javascript' }))
  const worker = new Worker(url)
  const open = new Map<number, { done(value: unknown): void; fail(reason: Error): void }>()
  worker.addEventListener('message', (event: MessageEvent<Answer>) => {
    const { id, value, fault } = event.data
    const asked = open.get(id)
    open.delete(id)
    if (fault === undefined) asked?.done(value)
    else asked?.fail(new Error(fault))
  })
  let count = 0
  const ask = (method: string, args: readonly unknown[]): Promise<unknown> =>
    new Promise((done, fail) => {
      const id = ++count
      open.set(id, { done, fail })
      worker.postMessage({ id, method, args } satisfies Ask)
    })
  return new Proxy({} as Client, {
    get:
      (_target, method) =>
      (...args: unknown[]) =>
        ask(String(method), args),
  })
}
