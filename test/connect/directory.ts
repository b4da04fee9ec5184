import { Client, type ClientOptions } from 'ldapts'

/** A directory of its own, in a temporary folder of this machine. */
export interface Directory {
  readonly url: string
  readonly base: string
  readonly bindDn: string
  readonly password: string
  stop(): Promise<void>
}

/** Binds to a directory that may not be ready yet, and does something there. */
export const bound = async (
  { url, bindDn, password }: Omit<Directory, 'stop'>,
  work: (client: Client) => Promise<void> = async () => {},
  options: Partial<ClientOptions> = {},
): Promise<void> => {
  const client = new Client({ url, connectTimeout: 1000, ...options })
  try {
    await client.bind(bindDn, password)
    await work(client)
  } finally {
    await client.unbind().catch(() => undefined)
  }
}
