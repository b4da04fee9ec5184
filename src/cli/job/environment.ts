import { type CliIo, UsageError } from '../io.js'

/** A text with `${NAME}` replaced from the environment, so that no secret need be in a file. */
export const withEnvironment = (text: string, io: CliIo): string =>
  text.replace(/\$\{(\w+)\}/g, (_whole, name: string) => {
    const value = Object.hasOwn(io.env, name) ? io.env[name] : undefined
    if (value === undefined)
      throw new UsageError(`the environment variable ${name}, which the job file uses, is not set`)
    return value
  })
