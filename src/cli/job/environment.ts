import { type CliIo, UsageError } from '../io.js'

/** A text with `${NAME}` replaced from the environment, so that no secret need be in a file. */
export const withEnvironment = (text: string, io: CliIo): string =>
  text.replace(/\$\{(\w+)\}/g, (_whole, name: string) => {
    const value = Object.hasOwn(io.env, name) ? io.env[name] : undefined
    if (value === undefined)
      throw new UsageError(`the environment variable ${name}, which the job file uses, is not set`)
    return value
  })

/**
 * The URL of a service, with `${NAME}` replaced from the environment. Throws UsageError if it is not a URL of the scheme.
 * @param member the member of the job file that has it
 * @param scheme with TLS or without
 */
export const serviceUrl = (member: string, text: string, scheme: 'http' | 'ldap', io: CliIo): string => {
  const url = withEnvironment(text, io)
  if (new RegExp(`^${scheme}s?://.`, 'i').test(url) && URL.canParse(url)) return url
  throw new UsageError(`${member} must be a URL that begins with ${scheme}s:// or ${scheme}://`)
}

/** The URL of the directory of a source or target, and the password to bind with. */
export const directoryAccess = (
  place: 'source' | 'target',
  { ldap, password }: { readonly ldap: string; readonly password: string },
  io: CliIo,
): { readonly url: string; readonly password: string } => ({
  url: serviceUrl(`${place}.ldap`, ldap, 'ldap', io),
  password: withEnvironment(password, io),
})
