/** An object of the source, as a search creates it. */
export type SourceObject = Readonly<Record<string, unknown>>

/** The object with another value of one attribute; undefined removes the attribute. */
export const withValue = (object: SourceObject, name: string, value: unknown): SourceObject => {
  const { [name]: _old, ...rest } = object
  return value === undefined ? rest : { ...rest, [name]: value }
}
