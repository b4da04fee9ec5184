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
