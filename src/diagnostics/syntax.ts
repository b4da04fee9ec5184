/** AF1xxx: the text is not an expression. */
export const syntaxDiagnostics = {
  AF1001: {
    severity: 'error',
    message: 'Unexpected {found}; expected {expected}.',
    help: 'Compare the text around the caret with the syntax: Name(argument, argument), [attribute], "text".',
    example: 'ToLower([mail] [mail])',
  },
} as const
