/** AF3xxx: arity, types and limits. */
export const typeDiagnostics = {
  AF3001: {
    severity: 'error',
    message: '{function} needs {expected}, but {found} {were} given.',
    help: 'A blank argument keeps its position: write the commas of optional arguments you leave out.',
  },
  AF3002: {
    severity: 'error',
    message: '{function} needs a value for {parameter}.',
    help: 'Only optional arguments may be left blank.',
  },
  AF3003: {
    severity: 'error',
    message: '{parameter} of {function} takes {expected}, not {found}.',
    help: 'Change the argument, or convert it first.',
  },
  AF3004: {
    severity: 'error',
    message: 'Switch pairs its arguments as source, default, key, value, …; one is missing: {pairs}.',
    help: 'Give every key its value; the second argument is always the default.',
  },
  AF3005: {
    severity: 'error',
    message: 'Replace has no mode with {given}.',
    help: 'Use one of the five modes: oldValue + replacementValue; oldValue + template; regexPattern + replacementValue; regexPattern + regexGroupName + replacementValue; regexPattern + regexGroupName + replacementAttributeName.',
  },
  AF3006: {
    severity: 'error',
    message: 'A Switch key cannot be blank.',
    help: 'Write "" for the key that matches an absent value.',
  },
  AF3007: {
    severity: 'error',
    message: 'The expression has {length} characters; the service accepts at most 10,000.',
    help: 'Split it over several attributes, or move a long table of keys into the source.',
  },
  AF3008: {
    severity: 'error',
    message: 'SelectUniqueValue cannot stand inside another function.',
    help: 'Move Switch, IIF and other functions into its rules.',
  },
  AF3009: {
    severity: 'error',
    message: 'The regular expression is invalid: {reason}.',
    help: 'The service uses .NET regular expressions; correct the pattern at the caret.',
  },
  AF3010: {
    severity: 'error',
    message: 'The regular expression cannot be run exactly here: {reason}.',
    help: 'Rewrite the pattern without this construct.',
  },
  AF3011: {
    severity: 'error',
    message: 'The expression nests more than {limit} levels deep.',
    help: 'Flatten nested IIF calls into a Switch, or nested Append calls into a Join.',
  },
  AF3012: {
    severity: 'error',
    message: 'The format string is invalid: {reason}.',
    help: 'See the .NET custom date and time format specifiers.',
  },
  AF3013: {
    severity: 'warning',
    message:
      '{value} is a decimal; it is cut to {integer}, because {parameter} of {function} takes an integer.',
    help: 'Write an integer.',
  },
} as const
