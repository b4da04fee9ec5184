import { ContainsDocumentation } from './collection/contains.js'
import { CountDocumentation } from './collection/count.js'
import { ItemDocumentation } from './collection/item.js'
import { RemoveDuplicatesDocumentation } from './collection/remove-duplicates.js'
import { SplitDocumentation } from './collection/split.js'
import { CBoolDocumentation } from './conversion/c-bool.js'
import { CRefDocumentation } from './conversion/c-ref.js'
import { CStrDocumentation } from './conversion/c-str.js'
import { ConvertFromBase64Documentation } from './conversion/convert-from-base64.js'
import { ConvertToBase64Documentation } from './conversion/convert-to-base64.js'
import { ConvertToUTF8HexDocumentation } from './conversion/convert-to-utf8-hex.js'
import { CDateDocumentation } from './datetime/c-date.js'
import { DateAddDocumentation } from './datetime/date-add.js'
import { DateDiffDocumentation } from './datetime/date-diff.js'
import { DateFromNumDocumentation } from './datetime/date-from-num.js'
import { FormatDateTimeDocumentation } from './datetime/format-date-time.js'
import { NowDocumentation } from './datetime/now.js'
import { NumFromDateDocumentation } from './datetime/num-from-date.js'
import type { FunctionDocumentation } from './define.js'
import { AltSecIdFromNetidDocumentation } from './directory/alt-sec-id-from-netid.js'
import { AppRoleAssignmentsDocumentation } from './directory/app-role-assignments.js'
import { AppRoleAssignmentsComplexDocumentation } from './directory/app-role-assignments-complex.js'
import { AssertiveAppRoleAssignmentsComplexDocumentation } from './directory/assertive-app-role-assignments-complex.js'
import { DefaultDomainDocumentation } from './directory/default-domain.js'
import { DNComponentDocumentation } from './directory/dn-component.js'
import { RedactDocumentation } from './directory/redact.js'
import { SelectUniqueValueDocumentation } from './directory/select-unique-value.js'
import { SingleAppRoleAssignmentDocumentation } from './directory/single-app-role-assignment.js'
import { StringFromSidDocumentation } from './directory/string-from-sid.js'
import { BitAndDocumentation } from './logic/bit-and.js'
import { CoalesceDocumentation } from './logic/coalesce.js'
import { ErrorFunctionDocumentation } from './logic/error.js'
import { IgnoreFlowIfNullOrEmptyDocumentation } from './logic/ignore-flow-if-null-or-empty.js'
import { IIFDocumentation } from './logic/iif.js'
import { IsNothingDocumentation } from './logic/is-nothing.js'
import { IsNullDocumentation } from './logic/is-null.js'
import { IsNullOrEmptyDocumentation } from './logic/is-null-or-empty.js'
import { IsPresentDocumentation } from './logic/is-present.js'
import { IsStringDocumentation } from './logic/is-string.js'
import { NotDocumentation } from './logic/not.js'
import { SwitchDocumentation } from './logic/switch.js'
import { AppendDocumentation } from './text/append.js'
import { GuidDocumentation } from './text/guid.js'
import { InStrDocumentation } from './text/in-str.js'
import { JoinDocumentation } from './text/join.js'
import { LeftDocumentation } from './text/left.js'
import { LenDocumentation } from './text/len.js'
import { MidDocumentation } from './text/mid.js'
import { NormalizeDiacriticsDocumentation } from './text/normalize-diacritics.js'
import { PCaseDocumentation } from './text/p-case.js'
import { PrependDocumentation } from './text/prepend.js'
import { RandomStringDocumentation } from './text/random-string.js'
import { ReplaceDocumentation } from './text/replace.js'
import { StripSpacesDocumentation } from './text/strip-spaces.js'
import { ToLowerDocumentation } from './text/to-lower.js'
import { ToUpperDocumentation } from './text/to-upper.js'
import { TrimDocumentation } from './text/trim.js'
import { WordDocumentation } from './text/word.js'

/**
 * The documentation of the standard functions, by name. It is apart from their definitions because the preview
 * page gives it to its worker as data.
 */
export const standardDocumentation: ReadonlyMap<string, FunctionDocumentation> = new Map(
  Object.entries({
    AltSecIdFromNetid: AltSecIdFromNetidDocumentation,
    AppRoleAssignments: AppRoleAssignmentsDocumentation,
    AppRoleAssignmentsComplex: AppRoleAssignmentsComplexDocumentation,
    Append: AppendDocumentation,
    AssertiveAppRoleAssignmentsComplex: AssertiveAppRoleAssignmentsComplexDocumentation,
    BitAnd: BitAndDocumentation,
    CBool: CBoolDocumentation,
    CDate: CDateDocumentation,
    CRef: CRefDocumentation,
    CStr: CStrDocumentation,
    Coalesce: CoalesceDocumentation,
    Contains: ContainsDocumentation,
    ConvertFromBase64: ConvertFromBase64Documentation,
    ConvertToBase64: ConvertToBase64Documentation,
    ConvertToUTF8Hex: ConvertToUTF8HexDocumentation,
    Count: CountDocumentation,
    DNComponent: DNComponentDocumentation,
    DateAdd: DateAddDocumentation,
    DateDiff: DateDiffDocumentation,
    DateFromNum: DateFromNumDocumentation,
    DefaultDomain: DefaultDomainDocumentation,
    Error: ErrorFunctionDocumentation,
    FormatDateTime: FormatDateTimeDocumentation,
    Guid: GuidDocumentation,
    IIF: IIFDocumentation,
    IgnoreFlowIfNullOrEmpty: IgnoreFlowIfNullOrEmptyDocumentation,
    InStr: InStrDocumentation,
    IsNothing: IsNothingDocumentation,
    IsNull: IsNullDocumentation,
    IsNullOrEmpty: IsNullOrEmptyDocumentation,
    IsPresent: IsPresentDocumentation,
    IsString: IsStringDocumentation,
    Item: ItemDocumentation,
    Join: JoinDocumentation,
    Left: LeftDocumentation,
    Len: LenDocumentation,
    Mid: MidDocumentation,
    NormalizeDiacritics: NormalizeDiacriticsDocumentation,
    Not: NotDocumentation,
    Now: NowDocumentation,
    NumFromDate: NumFromDateDocumentation,
    PCase: PCaseDocumentation,
    Prepend: PrependDocumentation,
    RandomString: RandomStringDocumentation,
    Redact: RedactDocumentation,
    RemoveDuplicates: RemoveDuplicatesDocumentation,
    Replace: ReplaceDocumentation,
    SelectUniqueValue: SelectUniqueValueDocumentation,
    SingleAppRoleAssignment: SingleAppRoleAssignmentDocumentation,
    Split: SplitDocumentation,
    StringFromSid: StringFromSidDocumentation,
    StripSpaces: StripSpacesDocumentation,
    Switch: SwitchDocumentation,
    ToLower: ToLowerDocumentation,
    ToUpper: ToUpperDocumentation,
    Trim: TrimDocumentation,
    Word: WordDocumentation,
  }),
)
