/**
 * A regular expression with properties of Unicode, made when it is first asked for. A literal is checked when the
 * file that has it is loaded, and these are checked against Unicode's tables, which takes longer than the rest of
 * the loading.
 */
export const unicodeExpression = (source: string, flags = 'u'): (() => RegExp) => {
  let made: RegExp | undefined
  return () => {
    made ??= new RegExp(source, flags)
    return made
  }
}
