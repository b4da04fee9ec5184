/** AF4xxx: the schema, a mapping or a filter is wrong. */
export const mappingDiagnostics = {
  AF4001: {
    severity: 'error',
    message: 'The file is not JSON: {reason}.',
    help: 'Export the schema again, or repair the file at the position given.',
    example: '{"synchronizationRules": [',
  },
} as const
