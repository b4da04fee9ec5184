/** A replacement for a name that only Connect Sync knows. */
export interface ConnectSyncName {
  readonly hint: string
  /** The equivalent name here, if replacing the name alone is enough. */
  readonly replacement?: string
}

/** Replacing the name is enough. */
export const use = (replacement: string): ConnectSyncName => ({ hint: `Write ${replacement}.`, replacement })
/** More than the name has to change. */
export const hint = (text: string): ConnectSyncName => ({ hint: text })

/** Functions of Connect Sync that provisioning does not have. */
export const connectSyncFunctions: ReadonlyMap<string, ConnectSyncName> = new Map([
  ['IF', use('IIF')],
  ['LCase', use('ToLower')],
  ['UCase', use('ToUpper')],
  ['Right', hint('Use Mid, or Replace with the regular expression "^.*(?=.{n}$)".')],
  ['LTrim', use('Trim')],
  ['RTrim', use('Trim')],
  ['BitOr', hint('There is no BitOr; test single bits with BitAnd.')],
  ['CNum', hint('Integers convert by themselves; leave the call out.')],
  ['IsDate', hint('Test the form with a scoping filter (REGEX MATCH) or guard with Switch.')],
  ['IsNumeric', hint('Test the form with a scoping filter (REGEX MATCH).')],
  ['IsEmpty', use('IsNullOrEmpty')],
  ['ItemOrNull', hint('Use Item, guarded by IIF(Count(…) >= n, …).')],
  ['PadLeft', hint('Use Join and Mid with constant padding.')],
  ['PadRight', hint('Use Join and Left with constant padding.')],
  ['RandomNum', hint('Use RandomString with MinimumNumbers.')],
  ['ReplaceChars', hint('Use NormalizeDiacritics, or nested Replace calls.')],
  ['InStrRev', hint('Use InStr, or a regular expression in Replace.')],
  ['ImportedValue', hint('Provisioning cannot read the previous value.')],
  ['EscapeDNComponent', hint('Escape commas with Replace(…, ",", , , "\\\\,", , ).')],
  ['Select', hint('Scalar functions map over the values of a multi-valued attribute by themselves.')],
  ['Where', hint('There is no filter on values; use RemoveDuplicates or Item.')],
  ['With', hint('Repeat the expression; equal parts are evaluated once.')],
  ['CGuid', hint('GUIDs are text here; leave the call out.')],
])

/** Constants of Connect Sync. */
export const connectSyncNames: ReadonlyMap<string, ConnectSyncName> = new Map([
  [
    'AuthoritativeNull',
    hint('Nothing flows for null by default; leave the argument blank, or use IgnoreAttributeFlow.'),
  ],
  ['IgnoreThisFlow', use('IgnoreAttributeFlow')],
  ['CRLF', hint('Escapes do not exist: type the line break inside the string.')],
  ['CaseInsensitive', use('vbTextCompare')],
  ['CaseSensitive', use('vbBinaryCompare')],
])
