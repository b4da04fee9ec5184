/** A mapping of the workload: target attributes with their expressions, and the filter in front of them. */
export interface WorkloadMapping {
  readonly name: string
  /** Target attribute → expression, in the order in which the row has them. */
  readonly attributes: Readonly<Record<string, string>>
  readonly groups: readonly WorkloadGroup[]
}

/** A filter group: all of its clauses have to hold. Attribute, operator, operand (none for unary operators). */
export type WorkloadGroup = readonly (readonly [attribute: string, operator: string, operand?: string])[]

/** 22 target attributes as administrators write them, from direct to nested, every kind of leaf among them. */
export const full: WorkloadMapping = {
  name: 'full',
  attributes: {
    externalId: '[id]',
    givenName: '[givenName]',
    familyName: '[surname]',
    country: '[country]',
    userType: '"Member"',
    displayName: 'Join(" ", [givenName], [surname])',
    sortName: 'Join(", ", [surname], [givenName])',
    userName:
      'ToLower(Join("@", NormalizeDiacritics(StripSpaces(Join(".", [givenName], [surname]))), "contoso.com"), )',
    initials: 'Append(Mid([givenName], 1, 1), Mid([surname], 1, 1))',
    employeeNumber: 'Left([employeeId], 5)',
    mail: 'Coalesce([mail], [userPrincipalName])',
    phone: 'Replace([telephoneNumber], , "[()\\s-]+", , "", , )',
    alias: 'Replace([userPrincipalName], , "(?<Domain>@(.)*)", "Domain", "", , )',
    department: 'Replace([department], "&", , , "and", , )',
    region:
      'Switch([country], "Other", "US", "Americas", "BR", "Americas", "DE", "Europe", "FR", "Europe", ' +
      '"GB", "Europe", "NL", "Europe", "SE", "Nordics", "NO", "Nordics", "ES", "Europe", "IT", "Europe", ' +
      '"IN", "Asia", "JP", "Asia")',
    contract:
      'Switch([employeeType], "Unknown", "Employee", "Internal", "Contractor", "External", "Intern", "Temporary")',
    costCentre: 'Switch([companyName], "0000", "Contoso Ltd", "1000", "Fabrikam Inc", "2000")',
    startDate: 'FormatDateTime([hireDate], , "yyyy-MM-ddzzz", "yyyy-MM-dd")',
    workforce:
      'IIF([employeeType]="Contractor", "External", IIF([country]="US", "Domestic", IIF([country]="DE", "Head office", "International")))',
    primarySmtp: 'Item(Split(Item([proxyAddresses], 1), ":"), 2)',
    titleWord: 'Word([jobTitle], 1, " ")',
    suspended: 'Not([accountEnabled])',
  },
  groups: [
    [
      ['country', 'EQUALS', 'US'],
      ['userPrincipalName', 'REGEX MATCH', '^.*@contoso\\.com$'],
      ['employeeId', 'IS NOT NULL'],
    ],
    [
      ['department', 'REGEX MATCH', '^(Sales|Engineering|Finance|Operations)'],
      ['manager', 'IS NOT NULL'],
      ['employeeType', 'NOT EQUALS', 'Contractor'],
    ],
  ],
}

/** 8 target attributes whose leaves cost next to nothing: what is left is the dispatch and the row. */
export const simple: WorkloadMapping = {
  name: 'simple',
  attributes: {
    externalId: '[id]',
    givenName: '[givenName]',
    familyName: '[surname]',
    userType: '"Member"',
    displayName: 'Join(" ", [givenName], [surname])',
    mail: 'Coalesce([mail], [userPrincipalName])',
    workforce:
      'IIF([employeeType]="Contractor", "External", IIF([country]="US", "Domestic", "International"))',
    suspended: 'Not([accountEnabled])',
  },
  groups: [],
}

/** The filter alone: who is in scope, told by the identifier. */
export const filterOnly: WorkloadMapping = {
  name: 'filter',
  attributes: { externalId: '[id]' },
  groups: full.groups,
}

export const mappings: readonly WorkloadMapping[] = [full, simple, filterOnly]

/** Names of a SCIM resource for the attributes of the full mapping. */
const scimNames: Readonly<Record<string, string>> = {
  givenName: 'name.givenName',
  familyName: 'name.familyName',
  sortName: 'name.formatted',
  country: 'addresses[type eq "work"].country',
  region: 'addresses[type eq "work"].region',
  mail: 'emails[type eq "work"].value',
  primarySmtp: 'emails[type eq "other"].value',
  phone: 'phoneNumbers[type eq "work"].value',
  alias: 'nickName',
  titleWord: 'title',
  suspended: 'active',
  employeeNumber: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber',
  department: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
  costCentre: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter',
  initials: 'urn:ietf:params:scim:schemas:extension:contoso:2.0:User:initials',
  contract: 'urn:ietf:params:scim:schemas:extension:contoso:2.0:User:contract',
  startDate: 'urn:ietf:params:scim:schemas:extension:contoso:2.0:User:startDate',
  workforce: 'urn:ietf:params:scim:schemas:extension:contoso:2.0:User:workforce',
}

/** The full mapping without its filter, and the same for a target that speaks SCIM. */
export const everyone: WorkloadMapping = { name: 'everyone', attributes: full.attributes, groups: [] }
export const resource: WorkloadMapping = {
  name: 'resource',
  attributes: Object.fromEntries(
    Object.entries(full.attributes).map(([name, expression]) => [scimNames[name] ?? name, expression]),
  ),
  groups: [],
}

/** Filters that few users pass: about 0.7 % and 11 %. */
export const few: WorkloadMapping = {
  name: 'few',
  attributes: full.attributes,
  groups: [
    [
      ['country', 'EQUALS', 'AU'],
      ['employeeType', 'EQUALS', 'Intern'],
    ],
  ],
}
export const some: WorkloadMapping = {
  name: 'some',
  attributes: full.attributes,
  groups: [
    [
      ['jobTitle', 'EQUALS', 'Controller'],
      ['manager', 'IS NOT NULL'],
    ],
  ],
}
