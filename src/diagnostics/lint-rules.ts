/** AF92xx to AF93xx: the findings of the rules in lint/, one row for each rule. */
export const lintRuleDiagnostics = {
  AF9200: {
    severity: 'warning',
    message: 'The separator of Join is {separator}, which is not a literal text.',
    help: 'The first argument of Join is the separator; write "" to put the values together without one.',
  },
  AF9201: {
    severity: 'info',
    message: "Microsoft's reference calls a null test as the condition of IIF unsupported: {condition}.",
    help: 'The same page tests for null with Switch and the key "".',
  },
  AF9202: {
    severity: 'warning',
    message: '{comparison} is never true: a comparison with a value that is null or "" fails.',
    help: 'Use Switch with the key "", which also matches null.',
  },
  AF9203: {
    severity: 'warning',
    message: 'When {operand} is null or "", {comparison} is false, although the two differ.',
    help: 'Test for the missing value first, for example with Switch and the key "".',
  },
  AF9204: {
    severity: 'info',
    message: 'When {operand} is null or "", {comparison} is false.',
    help: 'Make sure that the false branch is right for objects without the value.',
  },
  AF9205: {
    severity: 'warning',
    message: 'The key {key} occurs twice; only the first one counts.',
    help: 'Remove the second one, or correct the key.',
  },
  AF9206: {
    severity: 'warning',
    message: 'The key {key} can never match: {reason}.',
    help: 'Keys are compared as text, by case, and without trimming.',
  },
  AF9207: {
    severity: 'warning',
    message: 'The key {key} has white space at its ends, and nothing is trimmed.',
    help: 'Remove the blanks, unless the source really has them.',
  },
  AF9208: {
    severity: 'warning',
    message: 'The key {key} is not a literal.',
    help: 'The arguments of Switch are source, default, key, value, …: check that none is missing.',
  },
  AF9209: {
    severity: 'warning',
    message: 'The arguments of this Switch look like pairs of condition and value, as in Connect Sync.',
    help: 'Here they are source, default, key, value, …; nest IIF, or use Coalesce for the first value that is present.',
  },
  AF9210: {
    severity: 'warning',
    message:
      'The pattern leaves the text after its match in place, so possibly no key matches the whole of {source}.',
    help: 'Let the pattern run to the end of the text, for example with .*$.',
  },
  AF9211: {
    severity: 'warning',
    message: 'Matching {pattern} can take time that grows exponentially with the length of the text.',
    help: 'Avoid nested repeats, and alternatives that match the same text.',
  },
  AF9212: {
    severity: 'warning',
    message:
      'The pattern {pattern} also matches the empty text, so {replacement} is inserted between the characters.',
    help: 'Use + in place of *.',
  },
  AF9213: {
    severity: 'error',
    message: 'The pattern has no group {group}, so the text stays as it is; there is {groups}.',
    help: 'Write the name of a group of the pattern, in the same case.',
  },
  AF9214: {
    severity: 'warning',
    message: 'The pattern has no group {group}, so {reference} is written as it is.',
    help: 'Write the name of a group of the pattern, in the same case.',
  },
  AF9215: {
    severity: 'warning',
    message:
      'The text {text} looks like a regular expression, but is passed as oldValue, which is searched for literally.',
    help: 'Leave oldValue blank and give the pattern as the third argument.',
  },
  AF9216: {
    severity: 'warning',
    message: 'In a regular expression {character} stands for {meaning}, not for itself.',
    help: 'Give the text as oldValue, or put two backslashes before the character.',
  },
  AF9217: {
    severity: 'warning',
    message:
      'The format {format} has hours of a 12-hour clock ({letters}) without tt, so afternoon hours are lost.',
    help: 'Write HH for 24 hours, or add tt.',
  },
  AF9218: {
    severity: 'warning',
    message: 'In the format {format}, {letters} stands for {meaning}, where {other} is expected.',
    help: 'Months are MM, minutes are mm.',
  },
  AF9219: {
    severity: 'warning',
    message: 'In the format {format}, {letters} is not a date part but literal text.',
    help: 'Years are yyyy, days are dd; put literal text into single quotes.',
  },
  AF9220: {
    severity: 'warning',
    message: 'The format {format} has blanks {where}.',
    help: 'Remove them, unless the text really has them.',
  },
  AF9221: {
    severity: 'info',
    message: 'Z in the format {format} is literal text: the time is written as it is, not converted to UTC.',
    help: 'Convert first with the style AdjustToUniversal, or make sure the source is UTC.',
  },
  AF9222: {
    severity: 'warning',
    message:
      'DateDiff counts whole {unit} from the time of day of Now(), so the day before and the day itself can both give 0.',
    help: 'Compare hours, or cut both dates to days with FormatDateTime first.',
  },
  AF9223: {
    severity: 'info',
    message:
      'The value depends on the time of evaluation ({function}), and is only computed again when the source object changes.',
    help: 'Check what happens while the object stays unchanged over the date.',
  },
  AF9224: {
    severity: 'warning',
    message: '{operator} compares text character by character here, because {operand} is not an integer.',
    help: 'Compare integers, for example with DateDiff for dates.',
  },
  AF9225: {
    severity: 'info',
    message: '{function} gives a different value at each evaluation.',
    help: 'Map it with "only during object creation".',
  },
  AF9226: {
    severity: 'info',
    message: 'The candidate {candidate} is not put through NormalizeDiacritics.',
    help: 'Letters with diacritics can count as different here and as equal in the directory; normalise each candidate.',
  },
  AF9227: {
    severity: 'warning',
    message: 'The string contains the HTML entity {entity}, which is not decoded.',
    help: 'Write the character itself.',
  },
  AF9228: {
    severity: 'warning',
    message: '{placeholder} inside a string is literal text.',
    help: 'Placeholders stand outside strings: "@" & %DomainFQDN%.',
  },
  AF9229: {
    severity: 'info',
    message: 'The text contains no-break spaces or byte order marks {where}.',
    help: 'They come from web pages and are hard to see; use ordinary blanks.',
  },
  AF9230: {
    severity: 'info',
    message: '{function} fails for an object with more than one role.',
    help: 'Assign a single role to each user, or use AppRoleAssignmentsComplex.',
  },
  AF9231: {
    severity: 'info',
    message: '{function} is not compatible with the job setting "sync all users and groups".',
    help: 'Use "sync only assigned users and groups": without an assignment there is no role.',
  },
  AF9232: {
    severity: 'info',
    message: 'The whole expression is the empty text, which flows as nothing.',
    help: 'Remove the mapping, or use IgnoreAttributeFlow.',
  },
  AF9233: {
    severity: 'warning',
    message: '{comparison} is {always}: {reason}.',
    help: 'Compare with a value that can occur; text counts case, and Booleans are True and False.',
  },
  AF9234: {
    severity: 'info',
    message: 'The result is {texts}, but the service writes Booleans as True and False.',
    help: 'Map the Boolean itself if the target attribute is a Boolean.',
  },
  AF9235: {
    severity: 'warning',
    message:
      '{operand} has several values, and {function} takes a single one: it fails for every object that has them.',
    help: 'Pick one with Item, or combine them with Join.',
  },
  AF9236: {
    severity: 'warning',
    message:
      "{attribute} is a reference to another object; {function} does not see that object's name or attributes.",
    help: 'Map the reference directly to a reference attribute of the target.',
  },
  AF9237: {
    severity: 'info',
    message: '{function} fails for a value of {operand} that it cannot read as {expected}.',
    help: 'Guard the call, for example with Switch and the key "" for missing values.',
  },
  AF9238: {
    severity: 'warning',
    message:
      '{part} becomes part of a distinguished name without escaping: a comma or plus sign in it breaks the name.',
    help: 'Escape it: Replace([displayName], ",", , , "\\\\,", , ).',
  },
  AF9239: {
    severity: 'warning',
    message: '{function} is called with {argument}, {consequence}.',
    help: 'Positions count from 1.',
  },
  AF9240: {
    severity: 'info',
    message: 'The interval {interval} is not documented for provisioning.',
    help: 'Documented are yyyy, m, d, ww, h, n and s.',
  },
  AF9241: {
    severity: 'warning',
    message: 'No argument after {argument} is ever used, because this one always has a value.',
    help: 'Put the default last.',
  },
  AF9242: {
    severity: 'warning',
    message: '{text} is literal text, not the attribute.',
    help: 'Write the attribute without quotation marks.',
  },
  AF9243: {
    severity: 'warning',
    message: 'The first characters of Base64 of a GUID hardly vary: its text has digits and a to f only.',
    help: 'Use RandomString for a short random text.',
  },
  AF9244: {
    severity: 'info',
    message: 'In {pattern} the dot stands for any character.',
    help: 'Put two backslashes before the dot.',
  },
  AF9245: {
    severity: 'warning',
    message: '{call} fails for every object that reaches it: {reason}',
    help: 'Correct the constant; an expression that fails keeps the whole object from being provisioned.',
  },
  AF9246: {
    severity: 'info',
    message: 'Directories write 0 for “never”: from 0, {call} makes a date in the year 1601.',
    help: 'Handle 0 before the conversion, for example with Switch and the key "0".',
  },
  AF9247: {
    severity: 'warning',
    message: 'In {pattern} the anchor applies to one alternative only, not to all of them.',
    help: 'Put the alternatives into a group between the anchors: ^(?:a|b|c)$.',
  },
  AF9300: {
    severity: 'warning',
    message: '{function} gives a different value at each evaluation, and the mapping always applies.',
    help: 'Set it to "only during object creation".',
  },
  AF9301: {
    severity: 'warning',
    message: 'SelectUniqueValue is not supported for the matching attribute {target}.',
    help: 'Match by an attribute that identifies the person, such as the employee ID.',
  },
  AF9302: {
    severity: 'warning',
    message:
      'SelectUniqueValue always applies, so an update can change a name that has already been assigned.',
    help: 'Set the mapping to "only during object creation".',
  },
  AF9303: {
    severity: 'warning',
    message: 'SelectUniqueValue is only supported for provisioning to Active Directory, not to {directory}.',
    help: 'Use values that are unique by construction.',
  },
  AF9304: {
    severity: 'warning',
    message: '{target} takes at most {most} characters, and the value can have {length}.',
    help: 'Cut it with Left(…, {most}).',
  },
  AF9305: {
    severity: 'warning',
    message: '{target} takes a single value, but the expression can give a list.',
    help: 'Pick one with Item, or combine them with Join.',
  },
  AF9306: {
    severity: 'warning',
    message: '{target} is a Boolean, but the value can be {texts}.',
    help: 'Give True or False.',
  },
  AF9307: {
    severity: 'warning',
    message: 'Active Directory takes TRUE and FALSE, but the value can be {texts}.',
    help: 'Write both in capitals.',
  },
  AF9308: {
    severity: 'info',
    message: 'Nothing flows to {target} when {attributes} is absent.',
    help: 'Give a default with Switch or Coalesce if the target needs a value.',
  },
  AF9309: {
    severity: 'warning',
    message:
      '{target} is required, but its value can be null or "": creating such an object fails (MissingValues).',
    help: 'Give the mapping a default value, or the expression a fallback.',
  },
  AF9310: {
    severity: 'info',
    message:
      'The default value of {target} is only sent when the object is created, never to objects that exist.',
    help: 'Put the default into the expression if existing objects need it: Coalesce([…], "…").',
  },
  AF9311: {
    severity: 'warning',
    message: '{target} looks like a secret, but the value is not kept out of the provisioning log.',
    help: 'Put the expression into Redact(…).',
  },
  AF9312: {
    severity: 'warning',
    message: 'Objects are matched by {target}, whose value is {what}: many objects can share it.',
    help: 'Match by an attribute that identifies one object, such as employeeId or userPrincipalName.',
  },
  AF9313: {
    severity: 'warning',
    message: 'Where {operand} is absent, Not gives True, and {target} switches the account off.',
    help: 'Say what an absent value means, as in Not(Coalesce({operand}, "True")).',
  },
  AF9350: {
    severity: 'warning',
    message: 'No mapping reads IsSoftDeleted, so disabling or unassigning a user does not reach the target.',
    help: 'Map Switch([IsSoftDeleted], , "True", "False", "False", "True") to the attribute that enables the account.',
  },
  AF9351: {
    severity: 'warning',
    message: 'All matching attributes ({targets}) can be empty for an object; such an object is skipped.',
    help: 'Match by an attribute that every object has.',
  },
  AF9352: {
    severity: 'warning',
    message:
      'No mapping reads IsSoftDeleted: [accountEnabled] does not tell the target of a user who left the scope or was unassigned.',
    help: 'Map Switch([IsSoftDeleted], , "True", "False", "False", "True") instead; it also becomes True for disabled users.',
  },
} as const
