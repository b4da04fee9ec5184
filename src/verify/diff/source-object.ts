/** An object of the source, as a search makes it. */
export type SourceObject = Readonly<Record<string, unknown>>

/** The object with another value in one attribute; undefined takes it away. */
export const withValue = (object: SourceObject, name: string, value: unknown): SourceObject => {
  const { [name]: _old, ...rest } = object
  return value === undefined ? rest : { ...rest, [name]: value }
}
