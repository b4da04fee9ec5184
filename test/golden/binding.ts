/** Where the runtime behind the vectors is older than .NET 8, its answer does not bind. */
const SET_ASIDE: readonly string[] = ['versionSensitive', 'unicodeVersion']

/** Whether the answer of a vector is one to agree with. */
export const isBinding = ({ tags = [] }: { readonly tags?: readonly string[] }): boolean =>
  !tags.some((tag) => SET_ASIDE.includes(tag))
