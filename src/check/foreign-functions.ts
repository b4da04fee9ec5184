import type { FunctionLibrary } from '../functions/library.js'
import { type ConnectSyncName, connectSyncFunctions, hint, use } from './connect-sync.js'

/** Advice for functions of other languages that no single function here replaces; names in lower case. */
const others: Readonly<Record<string, ConnectSyncName>> = {
  concat: hint('Write Join with "" as the separator, Append, or &.'),
  concatenate: hint('Write Join with "" as the separator, Append, or &.'),
  startswith: hint('Compare the beginning: Left(text, 3) = "abc".'),
  beginswith: hint('Compare the beginning: Left(text, 3) = "abc".'),
  parseint: hint('Text with digits is read as an integer where one is needed; omit the call.'),
  toint: hint('Text with digits is read as an integer where one is needed; omit the call.'),
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
 * The replacement for a function of another language, ignoring case; undefined for other names. A name that
 * one function replaces is in that function's declaration.
 */
export const foreignFunction = (name: string, library: FunctionLibrary): ConnectSyncName | undefined => {
  const known = foreign.get(name.toLowerCase())
  if (known !== undefined) return known
  const definition = library.getForeign(name)
  return definition && use(definition.name)
}

/** The names of all foreign functions, in lower case. */
export const foreignNames = (library: FunctionLibrary): readonly string[] => [
  ...foreign.keys(),
  ...library.all().flatMap((definition) => definition.foreignNames ?? []),
]
