import { type ConnectSyncName, connectSyncFunctions } from './connect-sync.js'

const use = (replacement: string): ConnectSyncName => ({ hint: `Write ${replacement}.`, replacement })
const hint = (text: string): ConnectSyncName => ({ hint: text })

/** What functions of spreadsheets, databases and programming languages are called here; names in lower case. */
const others: Readonly<Record<string, ConnectSyncName>> = {
  lower: use('ToLower'),
  tolowercase: use('ToLower'),
  upper: use('ToUpper'),
  touppercase: use('ToUpper'),
  proper: use('PCase'),
  initcap: use('PCase'),
  titlecase: use('PCase'),
  iff: use('IIF'),
  ifelse: use('IIF'),
  substring: use('Mid'),
  substr: use('Mid'),
  instring: use('InStr'),
  indexof: use('InStr'),
  charindex: use('InStr'),
  regexreplace: use('Replace'),
  concat: hint('Write Join with "" as the separator, Append, or &.'),
  concatenate: hint('Write Join with "" as the separator, Append, or &.'),
  startswith: hint('Compare the beginning: Left(text, 3) = "abc".'),
  beginswith: hint('Compare the beginning: Left(text, 3) = "abc".'),
  isblank: use('IsNullOrEmpty'),
  isnullorwhitespace: use('IsNullOrEmpty'),
  nvl: use('Coalesce'),
  ifnull: use('Coalesce'),
  tostring: use('CStr'),
  str: use('CStr'),
  tobool: use('CBool'),
  parseint: hint('Text with digits is taken as an integer where one is needed; leave the call out.'),
  toint: hint('Text with digits is taken as an integer where one is needed; leave the call out.'),
  todate: use('CDate'),
  formatdate: use('FormatDateTime'),
  today: use('Now'),
  utcnow: use('Now'),
  newguid: use('Guid'),
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

/** What to write instead of a function that other languages have, in any case; undefined for other names. */
export const foreignFunction = (name: string): ConnectSyncName | undefined => foreign.get(name.toLowerCase())

/** The names of all of them, in lower case. */
export const foreignNames: readonly string[] = [...foreign.keys()]
