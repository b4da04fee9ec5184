import picomatch from 'picomatch'

/** No expression contains these characters outside quotes, and most shells have already expanded them. */
const isPattern = (argument: string): boolean => /[*?]/.test(argument) && !/["()[\]&=<>]/.test(argument)

/** Files of a pattern such as `mappings/*.expr`: the folder to search, and which paths match. */
export interface Glob {
  readonly folder: string
  fits(path: string): boolean
}

/** The pattern in an argument; undefined if it is not a pattern. Windows writes paths with backslashes. */
export const globOf = (argument: string, isWindows: boolean): Glob | undefined => {
  if (!isPattern(argument)) return undefined
  const glob = (isWindows ? argument.replaceAll('\\', '/') : argument).replace(/^(?:\.\/)+/, '')
  const fixed = glob.slice(0, glob.search(/[*?{]/))
  const folder = fixed.slice(0, fixed.lastIndexOf('/') + 1)
  return {
    folder: folder === '' ? '.' : folder,
    fits: picomatch(glob, { dot: true, windows: isWindows, strictSlashes: true }),
  }
}
