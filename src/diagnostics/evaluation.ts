/** AF5xxx: evaluating an expression for one object failed. */
export const evaluationDiagnostics = {
  AF5001: {
    severity: 'error',
    message: '{function} cannot read {value} as {expected}.',
    help: 'Guard the call for values of another form, or correct the source data.',
    example: 'CDate("")',
  },
  AF5002: {
    severity: 'error',
    message: '{function} got a value outside its range: {reason}.',
    help: 'Guard the call, or correct the source data.',
    example: 'Item(Split("a,b", ","), 3)',
  },
  AF5003: {
    severity: 'error',
    message: '{function} takes a single value, but the value has {count} elements.',
    help: 'Pick one with Item, or combine them with Join.',
    example: 'IIF([proxyAddresses] = "a", "yes", "no")',
  },
  AF5004: {
    severity: 'error',
    message: 'The placeholder {name} has no value.',
    help: 'Set it under `placeholders` in the settings.',
    example: '%DomainFQDN%',
  },
  AF5005: {
    severity: 'error',
    message: '{text}',
    help: 'The expression raises this error itself, with the Error function.',
    example: 'Error("no mailbox")',
  },
  AF5006: {
    severity: 'error',
    message: 'escrow: every candidate of SelectUniqueValue is taken: {candidates}.',
    help: 'Add a rule that always yields a free value, for example with a number at the end.',
    example: 'SelectUniqueValue("a", "b")',
  },
  AF5007: {
    severity: 'error',
    message: '{function} cannot be evaluated outside the service: {reason}.',
    help: 'Its value can only be seen in the service itself.',
    example: 'AltSecIdFromNetid([netid])',
  },
  AF5008: {
    severity: 'error',
    message: 'A value has no text form: {found}.',
    help: 'Map a single attribute of the object, or use the function made for this attribute.',
    example: 'ToLower([manager])',
  },
  AF5009: {
    severity: 'error',
    message: 'The regular expression {pattern} is invalid: {reason}.',
    help: 'The pattern comes from the data of this object; correct it there.',
    example: 'Replace([mail], , [pattern], , "", , )',
  },
  AF5010: {
    severity: 'error',
    message: 'Matching the regular expression {pattern} exceeds the budget of {budget} steps.',
    help: 'Make the pattern linear: avoid nested repeats and overlapping alternatives, and anchor it.',
    example: 'Replace([text], , "(a+)+$", , "", , )',
  },
  AF5011: {
    severity: 'error',
    message: 'SingleAppRoleAssignment expects one role, but {count} are assigned.',
    help: 'Assign a single role, or use AppRoleAssignmentsComplex.',
    example: 'SingleAppRoleAssignment([appRoleAssignments])',
  },
  AF5012: {
    severity: 'error',
    message: 'Evaluation exceeds the limit of {limit} for {what}.',
    help: 'Raise the limit in the settings if the value is legitimate.',
    example: 'Join("", [long], [long])',
  },
  AF5013: {
    severity: 'error',
    message: '{function} takes {expected}: {found} is not.',
    help: 'Correct the argument.',
    example: 'DateAdd("fortnight", 1, [hireDate])',
  },
} as const
