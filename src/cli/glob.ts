/** What no expression outside quotes has, and shells that expand patterns have replaced already. */
const isPattern = (argument: string): boolean => /[*?]/.test(argument) && !/["()[\]&=<>]/.test(argument)

const special = /[.+^$|\\]/

/** The regular expression of one pattern in which `*` and `?` stay within a folder and `**` goes below. */
const patternOf = (glob: string): RegExp => {
  let text = ''
  let depth = 0
  for (let at = 0; at < glob.length; at++) {
    const sign = glob[at]!
    if (glob.startsWith('**/', at)) {
      text += '(?:[^/]+/)*'
      at += 2
    } else if (glob.startsWith('**', at)) {
      text += '.*'
      at++
    } else if (sign === '*') text += '[^/]*'
    else if (sign === '?') text += '[^/]'
    else if (sign === '{' && glob.includes('}', at)) {
      text += '(?:'
      depth++
    } else if (sign === '}' && depth > 0) {
      text += ')'
      depth--
    } else if (sign === ',' && depth > 0) text += '|'
    else text += special.test(sign) || sign === '{' || sign === '}' ? `\\${sign}` : sign
  }
  return new RegExp(`^${text}$`, 'u')
}

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
  const pattern = patternOf(glob)
  return {
    folder: folder === '' ? '.' : folder,
    fits: (path) => pattern.test(isWindows ? path.replaceAll('\\', '/') : path),
  }
}
