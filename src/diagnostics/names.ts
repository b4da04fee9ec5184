/** AF2xxx: unknown or misspelt names. */
export const nameDiagnostics = {
  AF2001: {
    severity: 'error',
    message: 'There is no function named {name}.',
    help: 'List the functions with `attrflow functions`.',
  },
  AF2002: {
    severity: 'error',
    message: 'Function names are case-sensitive: {name} is written {correct}.',
    help: 'Write the name as the reference does, or set caseInsensitiveFunctions.',
  },
  AF2003: {
    severity: 'error',
    message: '{name} is not a name of the language.',
    help: 'Put text between double quotes and attributes between brackets.',
  },
  AF2004: {
    severity: 'error',
    message: '{object} has no attribute named {name}.',
    help: 'Take the name from the schema of the source directory; names are case-sensitive.',
  },
  AF2005: {
    severity: 'error',
    message: '{name} belongs to the language of Connect Sync, which is a different one.',
    help: 'Use the form that provisioning understands.',
  },
  AF2006: {
    severity: 'error',
    message: '{name} is not one of the values that {parameter} of {function} takes: {values}.',
    help: 'Write one of the values listed.',
  },
  AF2007: {
    severity: 'warning',
    message: '{name} is not documented for the {dialect} dialect.',
    help: 'It is known from the other dialect or from Microsoft templates; try it on one object before relying on it.',
  },
  AF2008: {
    severity: 'warning',
    message: 'The reference writes {correct}; some of Microsoft’s pages write {name}.',
    help: 'Both are accepted; prefer the name in the reference.',
  },
} as const
