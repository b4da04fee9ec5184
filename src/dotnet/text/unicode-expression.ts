/**
 * A regular expression with Unicode properties, compiled on first use. A literal is compiled when its file is
 * loaded, and checking it against Unicode's tables takes longer than all other loading.
 */
export const unicodeExpression = (source: string, flags = 'u'): (() => RegExp) => {
  let made: RegExp | undefined
  return () => {
    made ??= new RegExp(source, flags)
    return made
  }
}
