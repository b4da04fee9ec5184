import type { Rule } from '../define.js'
import { accountEnabledOnly } from './account-enabled-only.js'
import { alwaysFails } from './always-fails.js'
import { booleanCase } from './boolean-case.js'
import { booleanDirectory } from './boolean-directory.js'
import { booleanTarget } from './boolean-target.js'
import { coalesceOrder } from './coalesce-order.js'
import { comparisonNull } from './comparison-null.js'
import { conditionValueSwitch } from './condition-value-switch.js'
import { constantComparison } from './constant-comparison.js'
import { conversionCanFail } from './conversion-can-fail.js'
import { dateFromZero } from './date-from-zero.js'
import { datediffNow } from './datediff-now.js'
import { defaultOnCreate } from './default-on-create.js'
import { dependsOnNow } from './depends-on-now.js'
import { duplicateKey } from './duplicate-key.js'
import { emptyExpression } from './empty-expression.js'
import { equalsEmpty } from './equals-empty.js'
import { formatBlanks } from './format-blanks.js'
import { formatLetters } from './format-letters.js'
import { formatLiteralZ } from './format-literal-z.js'
import { guidBase64 } from './guid-base64.js'
import { htmlEntity } from './html-entity.js'
import { iifNullTest } from './iif-null-test.js'
import { intervalUndocumented } from './interval-undocumented.js'
import { joinSeparator } from './join-separator.js'
import { keyBlanks } from './key-blanks.js'
import { keyNotLiteral } from './key-not-literal.js'
import { listForSingle } from './list-for-single.js'
import { listOperand } from './list-operand.js'
import { matchingNull } from './matching-null.js'
import { matchingShared } from './matching-shared.js'
import { maximumLength } from './maximum-length.js'
import { monthMinuteFormat } from './month-minute-format.js'
import { noBreakSpace } from './no-break-space.js'
import { notAbsent } from './not-absent.js'
import { nullConstant } from './null-constant.js'
import { nullFlow } from './null-flow.js'
import { ordinalOrder } from './ordinal-order.js'
import { partialSwitchSource } from './partial-switch-source.js'
import { placeholderInString } from './placeholder-in-string.js'
import { positionRange } from './position-range.js'
import { quotedAttribute } from './quoted-attribute.js'
import { referenceOperand } from './reference-operand.js'
import { regexAsText } from './regex-as-text.js'
import { regexBorders } from './regex-borders.js'
import { regexDot } from './regex-dot.js'
import { regexExponential } from './regex-exponential.js'
import { regexMatchesNothing } from './regex-matches-nothing.js'
import { requiredNull } from './required-null.js'
import { rolesSyncAll } from './roles-sync-all.js'
import { singleRole } from './single-role.js'
import { softDeleteUnmapped } from './soft-delete-unmapped.js'
import { textAsRegex } from './text-as-regex.js'
import { twelveHourFormat } from './twelve-hour-format.js'
import { unequalNull } from './unequal-null.js'
import { unescapedDn } from './unescaped-dn.js'
import { uniqueAlways } from './unique-always.js'
import { uniqueDiacritics } from './unique-diacritics.js'
import { uniqueMatching } from './unique-matching.js'
import { uniqueTarget } from './unique-target.js'
import { unknownGroup } from './unknown-group.js'
import { unknownReplacementGroup } from './unknown-replacement-group.js'
import { unreachableKey } from './unreachable-key.js'
import { unredactedSecret } from './unredacted-secret.js'
import { volatileFlow } from './volatile-flow.js'
import { volatileValue } from './volatile-value.js'

/** The rules, in the order of their codes. A rule is one file and one entry here. */
export const rules: readonly Rule[] = [
  nullConstant,
  joinSeparator,
  iifNullTest,
  equalsEmpty,
  unequalNull,
  comparisonNull,
  duplicateKey,
  unreachableKey,
  keyBlanks,
  keyNotLiteral,
  conditionValueSwitch,
  partialSwitchSource,
  regexExponential,
  regexMatchesNothing,
  unknownGroup,
  unknownReplacementGroup,
  regexAsText,
  textAsRegex,
  regexDot,
  twelveHourFormat,
  monthMinuteFormat,
  formatLetters,
  formatBlanks,
  formatLiteralZ,
  datediffNow,
  dependsOnNow,
  ordinalOrder,
  volatileValue,
  uniqueDiacritics,
  htmlEntity,
  placeholderInString,
  noBreakSpace,
  singleRole,
  rolesSyncAll,
  emptyExpression,
  constantComparison,
  booleanCase,
  listOperand,
  referenceOperand,
  conversionCanFail,
  unescapedDn,
  positionRange,
  intervalUndocumented,
  coalesceOrder,
  quotedAttribute,
  guidBase64,
  alwaysFails,
  dateFromZero,
  regexBorders,
  volatileFlow,
  uniqueMatching,
  uniqueAlways,
  uniqueTarget,
  maximumLength,
  listForSingle,
  booleanTarget,
  booleanDirectory,
  nullFlow,
  requiredNull,
  matchingShared,
  notAbsent,
  defaultOnCreate,
  unredactedSecret,
  softDeleteUnmapped,
  accountEnabledOnly,
  matchingNull,
]
