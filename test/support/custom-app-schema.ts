/** An attribute mapping from an expression; a priority from 1 makes it match. */
export const attributeMapping = (
  targetAttributeName: string,
  expression: string,
  matchingPriority = 0,
): object => ({
  targetAttributeName,
  matchingPriority,
  source: { type: 'Function', expression },
})

/** A schema with one object mapping, `people`, from the users of a source to those of an application with SCIM. */
export const customAppSchema = (source: string, attributeMappings: readonly object[]): object => ({
  synchronizationRules: [
    {
      name: source,
      sourceDirectoryName: source,
      targetDirectoryName: 'customappsso',
      objectMappings: [
        { name: 'people', sourceObjectName: 'User', targetObjectName: 'User', attributeMappings },
      ],
    },
  ],
})
