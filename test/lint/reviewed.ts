/** Warnings on documented expressions and real schemas that were looked at, and why each is right. */
interface Reviewed {
  readonly reason: string
}

/** On documented expressions, by rule: the identifiers of the expressions. */
export const reviewed: Readonly<Record<string, Reviewed & { readonly ids: readonly string[] }>> = {
  'datediff-now': {
    reason:
      'Each compares whole days or weeks from Now(); at midnight, or after the hour of Now(), the result is off by one day from what the page says.',
    ids: [
      'ref-datediff-iif-2',
      'wd-rehire-ad-1',
      'wd-rehire-entra-2',
      'wd-prehire-ad-1',
      'wd-prehire-entra-1',
      'wd-rescind-3',
      'wd-rescind-4',
      'wd-ignoreattr-1',
      'wd-ignoreattr-2',
      'wd-ignoreobj-1',
      'wd-ou-5',
      'wd-hide-3',
      'wd-hide-4',
      'wd-writeback-1',
      'wd-writeback-2',
      'sf-hide-2',
      'sf-complex-1',
      'sf-term-1',
      'sf-term-2',
      'sf-wb-1',
      'sf-wb-2',
      'sf-wb-3',
      'sf-wb-4',
    ],
  },
  'unequal-null': {
    reason: 'Each tests for being different an attribute that a new or rehired worker can lack.',
    ids: ['sf-wb-1', 'sf-wb-2'],
  },
}

/** In real schemas, by file and rule: how often. */
export const reviewedInSchemas: Readonly<
  Record<string, Readonly<Record<string, Reviewed & { readonly count: number }>>>
> = {
  'cloudsync-ad2entra.schema.json': {
    AF9101: {
      reason: 'Negative clauses of the template on attributes that objects can lack; the policy decides.',
      count: 43,
    },
    AF9106: {
      reason: 'proxyAddresses is multi-valued, and the documentation excludes such attributes.',
      count: 3,
    },
  },
  'entra2salesforce.schema.json': {
    AF4108: { reason: 'Nothing gives these required attributes of the target a value.', count: 3 },
    'required-null': {
      reason:
        'Salesforce needs Alias, Email and FirstName, which come from attributes that users can lack, and an AppRole needs appRoles.',
      count: 4,
    },
  },
}
