import { createHash, timingSafeEqual } from 'node:crypto'

/** The permissions of a token, by Graph's names. */
export const scopes = [
  'SynchronizationData-User.Upload',
  'Synchronization.ReadWrite.All',
  'ProvisioningLog.Read.All',
] as const

export type Scope = (typeof scopes)[number]

/** A bearer token and its permissions. */
export interface AccessToken {
  readonly token: string
  readonly scopes: readonly Scope[]
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/**
 * Whether a request has a required scope: `401` without a valid token, `403` if the token lacks the scope.
 */
export const permission = (
  header: string | undefined,
  needed: Scope,
  tokens: readonly AccessToken[],
): 200 | 401 | 403 => {
  const given = /^Bearer ([\x21-\x7e]+)$/.exec(header ?? '')?.[1]
  if (given === undefined) return 401
  const wanted = digest(given)
  // Every token is compared, so that the time reveals nothing about them.
  const found = tokens.filter(({ token }) => timingSafeEqual(digest(token), wanted))
  if (found.length === 0) return 401
  return found.some((one) => one.scopes.includes(needed)) ? 200 : 403
}
