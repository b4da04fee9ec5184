/** AF1xxx: the text is not an expression. */
export const syntaxDiagnostics = {
  AF1001: {
    severity: 'error',
    message: 'Unexpected {found}; expected {expected}.',
    help: 'Compare the text around the caret with the syntax: Name(argument, argument), [attribute], "text".',
  },
  AF1002: {
    severity: 'error',
    message: 'The expression is empty.',
    help: 'Write an expression; "" is the empty text, NULL the empty value.',
  },
  AF1003: {
    severity: 'error',
    message: 'Unexpected character {character}.',
    help: 'Outside strings an expression has names, [attributes], numbers, parentheses, commas and = <> < <= > >= &.',
  },
  AF1004: {
    severity: 'error',
    message: 'The closing quote of a string is missing.',
    help: 'A string ends with a double quote; a double quote inside it is written \\".',
  },
  AF1005: {
    severity: 'error',
    message: 'The opening quote of a string is missing.',
    help: 'Text stands between double quotes.',
  },
  AF1006: {
    severity: 'error',
    message: 'A comma is missing before {found}.',
    help: 'Commas separate the arguments of a function.',
  },
  AF1007: {
    severity: 'error',
    message: 'A closing parenthesis is missing for {function}.',
    help: 'Every opening parenthesis needs a closing one.',
  },
  AF1008: {
    severity: 'error',
    message: 'There is one closing parenthesis too many.',
    help: 'Remove it, or open a function call before it.',
  },
  AF1009: {
    severity: 'error',
    message: 'The closing bracket of an attribute is missing.',
    help: 'An attribute stands between brackets: [mail].',
  },
  AF1010: {
    severity: 'error',
    message: 'The opening bracket of an attribute is missing.',
    help: 'An attribute stands between brackets: [mail].',
  },
  AF1011: {
    severity: 'error',
    message: 'An attribute without a name.',
    help: 'Write the name of the attribute between the brackets.',
  },
  AF1012: {
    severity: 'error',
    message: 'The attribute name contains a backslash.',
    help: 'Nothing is escaped between brackets.',
  },
  AF1013: {
    severity: 'error',
    message: 'The attribute name contains a line break.',
    help: 'Write the name on one line.',
  },
  AF1014: {
    severity: 'error',
    message: 'Single quotes do not delimit text.',
    help: 'Put text between double quotes.',
  },
  AF1015: {
    severity: 'error',
    message: 'Typographic quotes do not delimit text.',
    help: 'Word processors and chat programs turn straight quotes into these; put text between straight double quotes.',
  },
  AF1016: {
    severity: 'error',
    message: 'The HTML entity {entity} stands for {character}.',
    help: 'The text was copied from the source of a page; write the character itself.',
  },
  AF1017: {
    severity: 'error',
    message: 'Back-ticks are not part of an expression.',
    help: 'They come from Markdown; remove them.',
  },
  AF1018: {
    severity: 'error',
    message: 'An expression cannot contain comments.',
    help: 'Keep notes outside the expression.',
  },
  AF1019: {
    severity: 'error',
    message: 'A semicolon neither ends an expression nor separates arguments.',
    help: 'Nothing follows the expression; commas separate arguments.',
  },
  AF1020: {
    severity: 'error',
    message: 'An expression does not start with an equals sign.',
    help: 'Unlike a spreadsheet formula, an expression starts with its function.',
  },
  AF1021: {
    severity: 'error',
    message: '{found} is not an operator; write {operator}.',
    help: 'The comparison operators are = <> < <= > and >=.',
  },
  AF1022: {
    severity: 'error',
    message: 'There is no operator {found}: a condition is a single comparison or function call.',
    help: 'Nest IIF calls: a or b is IIF(a, x, IIF(b, x, y)), a and b is IIF(a, IIF(b, x, y), y).',
  },
  AF1023: {
    severity: 'error',
    message: 'There is no operator ??.',
    help: 'Coalesce(a, b) gives the first value that is neither null nor empty.',
  },
  AF1024: {
    severity: 'error',
    message: 'There is no operator +.',
    help: 'Concatenate text with &, Append or Join.',
  },
  AF1025: {
    severity: 'error',
    message: '{index} does not select an element of a list.',
    help: 'Item(list, n) gives the n-th element, counted from 1: what other languages write [0] is Item(list, 1).',
  },
  AF1026: {
    severity: 'error',
    message: 'An ellipsis stands for something left out.',
    help: 'Write all arguments; one that is optional may be left blank.',
  },
  AF1027: {
    severity: 'error',
    message: 'Parentheses do not group; they only enclose the arguments of a function.',
    help: '& binds tighter than the comparisons, which do not associate; use functions for anything else.',
  },
  AF1028: {
    severity: 'error',
    message: 'Comparisons do not associate: a second {operator} cannot follow.',
    help: 'Compare in a nested IIF.',
  },
  AF1029: {
    severity: 'error',
    message: 'A backslash escapes nothing here.',
    help: 'It comes from the source of a Markdown page or a JSON file; remove it.',
  },
  AF1030: {
    severity: 'error',
    message: 'The text {found} is not between quotes.',
    help: 'Put text between double quotes.',
  },
  AF1031: {
    severity: 'error',
    message: 'The {side} operand of {operator} is missing.',
    help: 'Write "" for the empty text.',
  },
  AF1032: {
    severity: 'error',
    message: '{found} is read as a hexadecimal number.',
    help: 'Put a blank after & to concatenate.',
  },
  AF1033: {
    severity: 'error',
    message: 'There is no arithmetic: {found} is not an operator.',
    help: 'Use DateAdd and DateDiff for dates; the language has no other arithmetic.',
  },
  AF1034: {
    severity: 'error',
    message: 'A percent sign that begins no placeholder.',
    help: 'A placeholder stands between two percent signs: %DomainFQDN%.',
  },
  AF1035: {
    severity: 'error',
    message: 'There is no operator {found}.',
    help: 'Not is a function: Not(IsPresent([mail])).',
  },
  AF1036: {
    severity: 'error',
    message: 'The expression ends before {found}.',
    help: 'An expression is one value: combine several with Join, Append or &.',
  },
  AF1037: {
    severity: 'error',
    message: 'There is no operator ? with two values.',
    help: 'IIF(condition, value, otherwise) chooses between two values.',
  },
  AF1038: {
    severity: 'error',
    message: 'The opening parenthesis after {function} is missing.',
    help: 'The arguments of a function stand between parentheses.',
  },
  AF1039: {
    severity: 'error',
    message: 'There is no operator {found}; {instead}.',
    help: 'The operators are & and the comparisons = <> < <= > and >=; everything else is a function.',
  },
  AF1040: {
    severity: 'error',
    message: 'A value has no method {found}; {instead}.',
    help: 'A function takes the value as an argument: Trim([mail]).',
  },
  AF1041: {
    severity: 'error',
    message: 'A value has no member {found}; {instead}.',
    help: 'The name of an attribute stands between its brackets as a whole.',
  },
} as const
