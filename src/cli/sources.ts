/** The kinds of files that commands read, by extension; every other file holds one expression. */
const kinds: Readonly<Record<string, string>> = { json: 'schema' }

const extensionOf = (path: string): string => /\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''

/** What a file holds, judged by its name: `schema` or `expression`. */
export const kindOfFile = (path: string): string => kinds[extensionOf(path)] ?? 'expression'

/** Why an argument that can only have been meant as a file is none; undefined when it may be an expression. */
export const whyNoFile = (argument: string, kind: 'directory' | 'absent'): string | undefined => {
  if (!isMissingFile(argument)) return undefined
  return `cannot read ${argument}: ${kind === 'directory' ? 'it is a directory' : 'there is no such file'}`
}

/** Whether an argument can only have been meant as a file: a path with a file's extension, and no expression. */
const isMissingFile = (argument: string): boolean =>
  /^[^"()[\]&=<>%,]*\.(?:json|jsonl|ndjson|csv|txt|expr)$/i.test(argument)
