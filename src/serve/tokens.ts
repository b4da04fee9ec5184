import { createHash, timingSafeEqual } from 'node:crypto'

/** What a token may be used for, by Graph's permission names. */
export const scopes = [
  'SynchronizationData-User.Upload',
  'Synchronization.ReadWrite.All',
  'ProvisioningLog.Read.All',
] as const

export type Scope = (typeof scopes)[number]

/** A bearer token and what it allows. */
export interface AccessToken {
  readonly token: string
  readonly scopes: readonly Scope[]
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Whether a request may do what needs a scope: `401` without a valid token, `403` with one that does not allow it. */
export const permission = (
  header: string | undefined,
  needed: Scope,
  tokens: readonly AccessToken[],
): 200 | 401 | 403 => {
  const given = /^Bearer ([\x21-\x7e]+)$/.exec(header ?? '')?.[1]
  if (given === undefined) return 401
  const wanted = digest(given)
  // Every token is compared, so that the time tells nothing about them.
  const found = tokens.filter(({ token }) => timingSafeEqual(digest(token), wanted))
  if (found.length === 0) return 401
  return found.some((one) => one.scopes.includes(needed)) ? 200 : 403
}
