/** Writes the page, and gives its parts. */
export function buildPage(file: string): Promise<{
  readonly main: string
  readonly worker: string
  readonly html: string
  readonly policy: string
  readonly modules: readonly string[]
}>
