import picomatch from 'picomatch'

/** What no expression outside quotes has, and shells that expand patterns have replaced already. */
const isPattern = (argument: string): boolean => /[*?]/.test(argument) && !/["()[\]&=<>]/.test(argument)

/** Files of a pattern such as `mappings/*.expr`: the folder below which they are, and which paths fit. */
export interface Glob {
  readonly folder: string
  fits(path: string): boolean
}

/** The pattern that an argument is; undefined for everything else. Windows writes paths with backslashes. */
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
