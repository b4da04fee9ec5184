import { Contains } from './collection/contains.js'
import { Count } from './collection/count.js'
import { Item } from './collection/item.js'
import { RemoveDuplicates } from './collection/remove-duplicates.js'
import { Split } from './collection/split.js'
import { CBool } from './conversion/c-bool.js'
import { CRef } from './conversion/c-ref.js'
import { CStr } from './conversion/c-str.js'
import { ConvertFromBase64 } from './conversion/convert-from-base64.js'
import { ConvertToBase64 } from './conversion/convert-to-base64.js'
import { ConvertToUTF8Hex } from './conversion/convert-to-utf8-hex.js'
import { CDate } from './datetime/c-date.js'
import { DateAdd } from './datetime/date-add.js'
import { DateDiff } from './datetime/date-diff.js'
import { DateFromNum } from './datetime/date-from-num.js'
import { FormatDateTime } from './datetime/format-date-time.js'
import { Now } from './datetime/now.js'
import { NumFromDate } from './datetime/num-from-date.js'
import { AltSecIdFromNetid } from './directory/alt-sec-id-from-netid.js'
import { AppRoleAssignments } from './directory/app-role-assignments.js'
import { AppRoleAssignmentsComplex } from './directory/app-role-assignments-complex.js'
import { AssertiveAppRoleAssignmentsComplex } from './directory/assertive-app-role-assignments-complex.js'
import { DefaultDomain } from './directory/default-domain.js'
import { DNComponent } from './directory/dn-component.js'
import { Redact } from './directory/redact.js'
import { SelectUniqueValue } from './directory/select-unique-value.js'
import { SingleAppRoleAssignment } from './directory/single-app-role-assignment.js'
import { StringFromSid } from './directory/string-from-sid.js'
import { FunctionLibrary } from './library.js'
import { BitAnd } from './logic/bit-and.js'
import { Coalesce } from './logic/coalesce.js'
import { ErrorFunction } from './logic/error.js'
import { IgnoreFlowIfNullOrEmpty } from './logic/ignore-flow-if-null-or-empty.js'
import { IIF } from './logic/iif.js'
import { IsNothing } from './logic/is-nothing.js'
import { IsNull } from './logic/is-null.js'
import { IsNullOrEmpty } from './logic/is-null-or-empty.js'
import { IsPresent } from './logic/is-present.js'
import { IsString } from './logic/is-string.js'
import { Not } from './logic/not.js'
import { Switch } from './logic/switch.js'
import { Append } from './text/append.js'
import { Guid } from './text/guid.js'
import { InStr } from './text/in-str.js'
import { Join } from './text/join.js'
import { Left } from './text/left.js'
import { Len } from './text/len.js'
import { Mid } from './text/mid.js'
import { NormalizeDiacritics } from './text/normalize-diacritics.js'
import { PCase } from './text/p-case.js'
import { Prepend } from './text/prepend.js'
import { RandomString } from './text/random-string.js'
import { Replace } from './text/replace.js'
import { StripSpaces } from './text/strip-spaces.js'
import { ToLower } from './text/to-lower.js'
import { ToUpper } from './text/to-upper.js'
import { Trim } from './text/trim.js'
import { Word } from './text/word.js'

/** Every function of the language: those of both dialects, and those that templates and Graph's list use. */
export const standardLibrary: FunctionLibrary = new FunctionLibrary([
  AltSecIdFromNetid,
  AppRoleAssignments,
  AppRoleAssignmentsComplex,
  Append,
  AssertiveAppRoleAssignmentsComplex,
  BitAnd,
  CBool,
  CDate,
  CRef,
  CStr,
  Coalesce,
  Contains,
  ConvertFromBase64,
  ConvertToBase64,
  ConvertToUTF8Hex,
  Count,
  DNComponent,
  DateAdd,
  DateDiff,
  DateFromNum,
  DefaultDomain,
  ErrorFunction,
  FormatDateTime,
  Guid,
  IIF,
  IgnoreFlowIfNullOrEmpty,
  InStr,
  IsNothing,
  IsNull,
  IsNullOrEmpty,
  IsPresent,
  IsString,
  Item,
  Join,
  Left,
  Len,
  Mid,
  NormalizeDiacritics,
  Not,
  Now,
  NumFromDate,
  PCase,
  Prepend,
  RandomString,
  Redact,
  RemoveDuplicates,
  Replace,
  SelectUniqueValue,
  SingleAppRoleAssignment,
  Split,
  StringFromSid,
  StripSpaces,
  Switch,
  ToLower,
  ToUpper,
  Trim,
  Word,
])
