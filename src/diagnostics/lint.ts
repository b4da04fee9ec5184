/** AF9xxx: legal, and probably not what was meant. */
export const lintDiagnostics = {
  AF9001: {
    severity: 'warning',
    message: 'NULL is the empty value here, but the service is reported to flow it as the text NULL.',
    help: 'Leave the argument blank, or use IgnoreAttributeFlow.',
    example: 'IIF([mail] = "x", NULL, [mail])',
  },
} as const
