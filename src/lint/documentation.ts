import type { lintRuleDiagnostics } from '../diagnostics/lint-rules.js'
import type { AttributeDefinition, AttributeMapping } from '../schema/model.js'

/** The codes that rules raise. */
export type RuleCode = 'AF9001' | keyof typeof lintRuleDiagnostics

/** The environment of an expression in an example: its mapping, and the definitions it needs. */
export interface MappingExample {
  /** Absent: the mapping has no source. */
  readonly expression?: string
  readonly target: string
  readonly matchingPriority?: number
  readonly flowType?: AttributeMapping['flowType']
  readonly defaultValue?: string
  /** Members of the definition of the target attribute. */
  readonly definition?: Partial<Pick<AttributeDefinition, 'type' | 'multivalued' | 'required' | 'metadata'>>
  /** Source attributes other than optional single texts. */
  readonly attributes?: Readonly<
    Record<string, Partial<Pick<AttributeDefinition, 'type' | 'multivalued' | 'required' | 'metadata'>>>
  >
  /** Name of the source directory. Default: an HR system. */
  readonly from?: string
  /** Name of the target directory. Default: an application that speaks SCIM. */
  readonly directory?: string
}

/** An expression, or a mapping. */
export type RuleExample = string | MappingExample

/** The documentation of a rule, besides the row of the catalogue. */
export interface RuleDocumentation {
  /** Why it matters: the effect in the service, in one or two sentences. */
  readonly rationale: string
  /** An example that raises the finding. Default: the example of the catalogue. */
  readonly bad?: RuleExample
  /** A better way to write the same. */
  readonly good: RuleExample
}

const uniqueName = 'SelectUniqueValue(NormalizeDiacritics([givenName]), NormalizeDiacritics([surname]))'

/**
 * The documentation of each rule, for the reference and its tests. It is separate from the rules because
 * linting does not need it: the preview page contains only the rules.
 */
export const ruleDocumentation: Readonly<Record<RuleCode, RuleDocumentation>> = {
  AF9001: {
    rationale: 'Administrators report that the service writes the four letters NULL into the target.',
    good: 'IIF([mail] = "x", IgnoreAttributeFlow, [mail])',
  },
  AF9200: {
    rationale:
      'A forgotten separator makes the first value the separator: it disappears from the front and appears between all the others. Connect Sync has the two arguments the other way round.',
    good: 'Join("", [givenName], " ", [surname])',
  },
  AF9201: {
    rationale:
      'The reference page for app provisioning says that IIF does not support these conditions, but other pages of Microsoft use them. So they are evaluated here.',
    good: 'Switch([mail], [mail], "", "none")',
  },
  AF9202: {
    rationale:
      'The reference says that a condition is false if the attribute is null or empty, so this test is never true.',
    good: 'Switch([country], [country], "", "Unknown")',
  },
  AF9203: {
    rationale:
      'Objects without the value take the false branch of a test for inequality, although their value differs.',
    good: 'IIF([department] = "Sales", "Yes", "No")',
  },
  AF9204: {
    rationale: 'A comparison with null or "" is false, whatever the operator; lenient settings do otherwise.',
    good: 'Switch([department], "No", "Sales", "Yes", "", "Unknown")',
  },
  AF9205: {
    rationale:
      'The first match wins, so the second value is never used. Long tables of countries often have such keys.',
    good: 'Switch([country], "Other", "SE", "Sweden", "NO", "Norway")',
  },
  AF9206: {
    rationale:
      'The value of such a key is never used, and the objects for which it was meant get the default.',
    good: 'Switch(ToUpper([country]), "Other", "SE", "Sweden")',
  },
  AF9207: {
    rationale: 'Keys are compared exactly, so a blank copied from a table makes a key useless.',
    good: 'Switch([country], "Other", "SE", "Sweden")',
  },
  AF9208: {
    rationale:
      'Keys are literals in every documented use. An attribute as a key usually means that an argument is missing.',
    good: 'IIF([country] = [usageLocation], "Same", "Other")',
  },
  AF9209: {
    rationale:
      'With an even number of arguments the Connect Sync form is accepted here, and silently means something else.',
    good: 'Coalesce([mail], [userPrincipalName])',
  },
  AF9210: {
    rationale:
      'Replace with a pattern changes only the matching part. To extract a group, the pattern must match the whole text; otherwise the rest stays, and the keys never match.',
    good: `Switch(Replace([mobile], , "^\\\\+(?<code>[0-9]+) .*$", , "\${code}", , ), "Other", "46", "Sweden")`,
  },
  AF9211: {
    rationale: 'One long value then stops the evaluation of its object, or the whole cycle.',
    good: 'Replace([department], , "a+$", , "x", , )',
  },
  AF9212: {
    rationale: 'A pattern that matches the empty text matches everywhere, and every match is replaced.',
    good: 'Replace([department], , "[0-9]+", , "#", , )',
  },
  AF9213: {
    rationale: 'With both the pattern and the name written out, the call can never change anything.',
    good: 'Replace([mail], , "(?<domain>@.*)", "domain", "", , )',
  },
  AF9214: {
    rationale:
      '.NET copies an unknown reference unchanged, so the target gets the dollar sign and the braces.',
    good: `Replace([name], , "(?<first>\\\\w+) .*", , "\${first}", , )`,
  },
  AF9215: {
    rationale: 'The second argument is found by plain comparison; such a text hardly ever occurs in a value.',
    good: 'Replace([phone], , "[^0-9]", , "", , )',
  },
  AF9216: {
    rationale: 'A pattern of a single special character replaces every character, or none.',
    good: 'Replace([department], ".", , , "-", , )',
  },
  AF9217: {
    rationale: 'hh is 01 to 12: without tt, 3 a.m. and 3 p.m. look the same, and 15 cannot be read.',
    good: 'FormatDateTime([hireDate], , "yyyy-MM-dd HH:mm", "dd.MM.yyyy HH:mm")',
  },
  AF9218: {
    rationale: 'The two differ only in case; the wrong one gives 00, or a month between hours and seconds.',
    good: 'FormatDateTime([hireDate], , "yyyy-MM-dd", "dd.MM.yyyy")',
  },
  AF9219: {
    rationale: 'Letters that .NET does not know are copied unchanged, and match only themselves.',
    good: 'FormatDateTime([hireDate], , "yyyy-MM-dd", "dd.MM.yyyy")',
  },
  AF9220: {
    rationale:
      'A blank in an input format must be in the value, and a blank in an output format gets into the target.',
    good: 'FormatDateTime([hireDate], , "yyyy-MM-dd", "dd.MM.yyyy")',
  },
  AF9221: {
    rationale: 'The target reads the text as UTC, whatever the time zone of the source.',
    good: 'FormatDateTime([hireDate], "AdjustToUniversal", "yyyy-MM-dd HH:mmzzz", "yyyy-MM-ddTHH:mm:ssZ")',
  },
  AF9222: {
    rationale:
      'The difference is truncated toward zero, and Now() has a time of day: from noon on, tomorrow at midnight is 0 days away, and yesterday can be, too.',
    good: 'IIF(DateDiff("h", Now(), CDate([endDate])) <= -24, "False", "True")',
  },
  AF9223: {
    rationale: 'A cycle evaluates only objects that changed. A date that passes does not change an object.',
    good: 'DateDiff("h", [startDate], [endDate])',
  },
  AF9224: {
    rationale:
      'As text, "10" comes before "9", and dates only sort correctly in a format that begins with the year.',
    good: 'IIF(DateDiff("d", CDate([hireDate]), CDate("2024-01-01")) > 0, "old", "new")',
  },
  AF9225: {
    rationale:
      'If the mapping always applies, each evaluation changes the target. In a schema, the rule volatile-flow checks the mapping.',
    good: 'Join("-", [mailNickname], [employeeId])',
  },
  AF9226: {
    rationale:
      'Directories treat letters with and without diacritics as equal, so a candidate that looks free may be taken.',
    good: 'SelectUniqueValue(NormalizeDiacritics(Join("@", [givenName], "example.org")), NormalizeDiacritics(Join("@", [surname], "example.org")))',
  },
  AF9227: {
    rationale: 'Entities appear when an expression is copied from the source of a web page.',
    good: 'Join(" & ", [givenName], [surname])',
  },
  AF9228: {
    rationale: 'The service replaces placeholders only between tokens; in a string the percent signs stay.',
    good: 'Append([mailNickname], Append("@", %DomainFQDN%))',
  },
  AF9229: {
    rationale:
      'Between tokens they are harmless; inside a string they get into the target, where they are invisible.',
    good: 'Join(" ", [givenName], [surname])',
  },
  AF9230: {
    rationale: 'A user who gets a second role, directly or through a group, is no longer provisioned.',
    good: 'AppRoleAssignmentsComplex([appRoleAssignments])',
  },
  AF9231: {
    rationale: 'The setting is not part of the schema; look it up in the job.',
    good: 'SingleAppRoleAssignment([appRoleAssignments])',
  },
  AF9232: {
    rationale: 'An empty result does not clear the target: nothing is sent at all.',
    good: 'IgnoreAttributeFlow',
  },
  AF9233: {
    rationale: 'One branch is never taken. Usually the case of a Boolean or of a constant is wrong.',
    good: 'IIF(Not([accountEnabled]) = "True", "disabled", "enabled")',
  },
  AF9234: {
    rationale: 'Targets that read text, not Booleans, may accept only one spelling.',
    good: 'Switch([IsSoftDeleted], , "True", "False", "False", "True")',
  },
  AF9235: {
    rationale: 'A list instead of a single value is an evaluation error, which sends the object to escrow.',
    bad: {
      expression: 'IIF([proxyAddresses] = "x", "yes", "no")',
      target: 'title',
      attributes: { proxyAddresses: { multivalued: true } },
    },
    good: {
      expression: 'IIF(Contains([proxyAddresses], "x") > 0, "yes", "no")',
      target: 'title',
      attributes: { proxyAddresses: { multivalued: true } },
    },
  },
  AF9236: {
    rationale:
      'References are resolved after the objects exist; the reference page excludes them from Switch.',
    bad: {
      expression: 'Switch([manager], "no", "", "none")',
      target: 'title',
      attributes: { manager: { type: 'Reference' } },
    },
    good: { expression: '[manager]', target: 'manager', attributes: { manager: { type: 'Reference' } } },
  },
  AF9237: {
    rationale:
      'An evaluation error fails the whole object. An expression without such findings cannot fail in this way for objects that fit the schema.',
    bad: { expression: 'CDate([hireDate])', target: 'title' },
    good: { expression: 'Left([hireDate], 10)', target: 'title' },
  },
  AF9238: {
    rationale: 'One "Berg, Ada" is enough: the directory refuses the name, and the object goes to escrow.',
    good: 'Join("", "CN=", Replace([displayName], ",", , , "\\\\,", , ), ",OU=People,DC=example,DC=org")',
  },
  AF9239: {
    rationale: 'The first character, word or element is number 1; number 0 gives an error or nothing.',
    good: 'Item(Split([mail], "@"), 1)',
  },
  AF9240: {
    rationale:
      'Quarter, day of year and weekday come from Visual Basic; the reference page does not list them.',
    good: 'DateAdd("m", 3, [hireDate])',
  },
  AF9241: {
    rationale:
      'Coalesce gives the first value that is present; arguments after one that is always present are never reached.',
    good: 'Coalesce([mail], [userPrincipalName], "none")',
  },
  AF9242: {
    rationale: 'Every object then gets the name of the attribute, brackets included.',
    good: 'Join(" ", [givenName], [surname])',
  },
  AF9243: {
    rationale:
      'Base64 encodes the text of the GUID, with two bytes for each character: five characters of it have only 176 different values.',
    good: 'RandomString(5, 1, 0, 1, 1)',
  },
  AF9244: {
    rationale: 'In a host name the dot is literal; unescaped it also matches other characters.',
    good: 'Replace([mail], , "@example\\\\.com$", , "@example.org", , )',
  },
  AF9245: {
    rationale: 'The call fails for every object that reaches it, and so does the object.',
    good: 'FormatDateTime("31/12/2026", , "dd/MM/yyyy", "yyyy-MM-dd")',
  },
  AF9246: {
    rationale:
      'Directories write 0 for "never" into attributes such as accountExpires and pwdLastSet. As a date it is the year 1601.',
    good: 'Switch([accountExpires], FormatDateTime(DateFromNum([accountExpires]), , , "yyyy-MM-dd"), "0", "", "9223372036854775807", "")',
  },
  AF9247: {
    rationale:
      'An alternation extends to the ends of the pattern: an anchor before the first alternative does not apply to the others.',
    good: 'Replace([department], , "^(?:Sales|Marketing)$", , "Commercial", , )',
  },
  AF9300: {
    rationale: 'Each change of the object gives it a new name, password or identifier.',
    bad: { expression: 'Join("-", [mailNickname], Guid())', target: 'nickName' },
    good: { expression: 'Join("-", [mailNickname], Guid())', target: 'nickName', flowType: 'ObjectAddOnly' },
  },
  AF9301: {
    rationale: 'An existing object would be searched by a value that is free, so it would never be found.',
    bad: {
      expression: uniqueName,
      target: 'cn',
      flowType: 'ObjectAddOnly',
      directory: 'Active Directory',
      matchingPriority: 1,
    },
    good: { expression: uniqueName, target: 'cn', flowType: 'ObjectAddOnly', directory: 'Active Directory' },
  },
  AF9302: {
    rationale: "On an update the object's own name is taken, so the next candidate would replace it.",
    bad: { expression: uniqueName, target: 'cn', directory: 'Active Directory' },
    good: { expression: uniqueName, target: 'cn', directory: 'Active Directory', flowType: 'ObjectAddOnly' },
  },
  AF9303: {
    rationale: 'Other connectors cannot look a candidate up.',
    bad: { expression: uniqueName, target: 'nickName', flowType: 'ObjectAddOnly' },
    good: {
      expression: uniqueName,
      target: 'nickName',
      flowType: 'ObjectAddOnly',
      directory: 'Active Directory',
    },
  },
  AF9304: {
    rationale: 'The target refuses a longer value, and the object fails.',
    bad: {
      expression: 'Join("", "x-", Left([mail], 30))',
      target: 'nickName',
      definition: { metadata: [{ key: 'MaximumLength', value: '20' }] },
    },
    good: {
      expression: 'Join("", "x-", Left([mail], 18))',
      target: 'nickName',
      definition: { metadata: [{ key: 'MaximumLength', value: '20' }] },
    },
  },
  AF9305: {
    rationale: 'An object with two values fails with SchemaPropertyCanOnlyAcceptValue.',
    bad: {
      expression: '[proxyAddresses]',
      target: 'nickName',
      attributes: { proxyAddresses: { multivalued: true } },
    },
    good: {
      expression: 'Join(";", [proxyAddresses])',
      target: 'nickName',
      attributes: { proxyAddresses: { multivalued: true } },
    },
  },
  AF9306: {
    rationale: 'The target refuses a text that is not a Boolean, or treats every text as true.',
    bad: {
      expression: 'IIF([userType] = "Member", "yes", "no")',
      target: 'active',
      definition: { type: 'Boolean' },
    },
    good: {
      expression: 'IIF([userType] = "Member", "True", "False")',
      target: 'active',
      definition: { type: 'Boolean' },
    },
  },
  AF9307: {
    rationale: 'LDAP defines the two texts of a Boolean in capitals; others are InvalidAttributeSyntax.',
    bad: {
      expression: 'IIF([userType] = "Member", "False", "True")',
      target: 'msExchHideFromAddressLists',
      definition: { type: 'Boolean' },
      directory: 'Active Directory',
    },
    good: {
      expression: 'IIF([userType] = "Member", "FALSE", "TRUE")',
      target: 'msExchHideFromAddressLists',
      definition: { type: 'Boolean' },
      directory: 'Active Directory',
    },
  },
  AF9308: {
    rationale:
      'Null and "" do not flow: a new object stays without the value, and an existing one keeps its value.',
    bad: { expression: 'ToLower([mail])', target: 'nickName' },
    good: { expression: 'ToLower(Coalesce([mail], [userPrincipalName], "none"))', target: 'nickName' },
  },
  AF9309: {
    rationale:
      'The service does not create an object without its required attributes, and tries again at each cycle.',
    bad: { expression: '[givenName]', target: 'nickName', definition: { required: true } },
    good: { expression: 'Coalesce([givenName], "-")', target: 'nickName', definition: { required: true } },
  },
  AF9310: {
    rationale: 'Objects that existed before the mapping, or that lose the value later, stay as they are.',
    bad: { expression: '[department]', target: 'nickName', defaultValue: 'none' },
    good: { expression: '[department]', target: 'nickName', defaultValue: 'none', flowType: 'ObjectAddOnly' },
  },
  AF9311: {
    rationale: 'Provisioning logs show old and new values to everyone who can read the logs.',
    bad: { expression: 'RandomString(16, 2, 2, 2, 2)', target: 'password', flowType: 'ObjectAddOnly' },
    good: {
      expression: 'Redact(RandomString(16, 2, 2, 2, 2))',
      target: 'password',
      flowType: 'ObjectAddOnly',
    },
  },
  AF9312: {
    rationale:
      'Matching uses the object that it finds. With a value that many objects share, a new object takes over the account of another, or fails because several match.',
    bad: { expression: '[department]', target: 'userName', matchingPriority: 1 },
    good: { expression: '[employeeId]', target: 'userName', matchingPriority: 1 },
  },
  AF9313: {
    rationale: 'Not of a value that is absent is True: an object without the attribute loses its account.',
    bad: {
      expression: 'Not([active])',
      target: 'accountDisabled',
      attributes: { active: { type: 'Boolean' } },
    },
    good: { expression: 'Not(Coalesce([active], "True"))', target: 'accountDisabled' },
  },
  AF9350: {
    rationale:
      'Only through this attribute does the target learn that a user is disabled, deleted or out of scope.',
    bad: { expression: '[mail]', target: 'userName', from: 'Microsoft Entra ID' },
    good: {
      expression: 'Switch([IsSoftDeleted], , "True", "False", "False", "True")',
      target: 'active',
      from: 'Microsoft Entra ID',
      definition: { type: 'Boolean' },
    },
  },
  AF9351: {
    rationale: 'Objects without a matching value are skipped (ImportSkipped) before the scope is evaluated.',
    bad: { expression: '[employeeId]', target: 'userName', matchingPriority: 1 },
    good: {
      expression: '[userPrincipalName]',
      target: 'userName',
      matchingPriority: 1,
      attributes: { userPrincipalName: { required: true } },
    },
  },
  AF9352: {
    rationale:
      'IsSoftDeleted also becomes true when a user leaves the scope or is unassigned; accountEnabled does not change, so the account stays enabled in the target.',
    bad: { expression: '[accountEnabled]', target: 'active', from: 'Microsoft Entra ID' },
    good: {
      expression: 'Switch([IsSoftDeleted], , "True", "False", "False", "True")',
      target: 'active',
      from: 'Microsoft Entra ID',
      definition: { type: 'Boolean' },
    },
  },
}
