import type { FunctionLibrary } from '../functions/library.js'
import { type ConnectSyncName, connectSyncFunctions, hint, use } from './connect-sync.js'

/** What to write for functions of other languages that no single function here replaces; names in lower case. */
const others: Readonly<Record<string, ConnectSyncName>> = {
  concat: hint('Write Join with "" as the separator, Append, or &.'),
  concatenate: hint('Write Join with "" as the separator, Append, or &.'),
  startswith: hint('Compare the beginning: Left(text, 3) = "abc".'),
  beginswith: hint('Compare the beginning: Left(text, 3) = "abc".'),
  parseint: hint('Text with digits is taken as an integer where one is needed; leave the call out.'),
  toint: hint('Text with digits is taken as an integer where one is needed; leave the call out.'),
  adddays: hint('Write DateAdd("d", days, date).'),
  and: hint('Nest IIF calls: IIF(a, IIF(b, x, y), y).'),
  or: hint('Nest IIF calls: IIF(a, x, IIF(b, x, y)).'),
}

const lengths = hint(
  'Len gives the length, but is not documented. To tell long texts from short ones, test a later character: longer than 20 is Switch(Mid([x], 21, 1), "long", "", "short").',
)

const foreign: ReadonlyMap<string, ConnectSyncName> = new Map([
  ...[...connectSyncFunctions].map(([name, what]) => [name.toLowerCase(), what] as const),
  ...Object.entries(others),
  ...['length', 'strlen'].map((name) => [name, lengths] as const),
])

/**
 * What to write instead of a function that other languages have, in any case; undefined for other names. The names
 * that one function replaces stand in its declaration.
 */
export const foreignFunction = (name: string, library: FunctionLibrary): ConnectSyncName | undefined => {
  const known = foreign.get(name.toLowerCase())
  if (known !== undefined) return known
  const definition = library.getForeign(name)
  return definition && use(definition.name)
}

/** The names of all of them, in lower case. */
export const foreignNames = (library: FunctionLibrary): readonly string[] => [
  ...foreign.keys(),
  ...library.all().flatMap((definition) => definition.foreignNames ?? []),
]
