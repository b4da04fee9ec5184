import type { DiagnosticDefinition } from './define.js'
import { evaluationMessages } from './evaluation-messages.js'

/** AF5xxx: evaluating an expression for one object failed. */
export const evaluationDiagnostics: {
  readonly [Code in keyof typeof evaluationMessages]: DiagnosticDefinition & {
    readonly severity: 'error'
    readonly message: (typeof evaluationMessages)[Code]
  }
} = {
  AF5001: {
    severity: 'error',
    message: evaluationMessages.AF5001,
    help: 'Guard the call for values of another form, or correct the source data.',
    example: 'CDate("")',
  },
  AF5002: {
    severity: 'error',
    message: evaluationMessages.AF5002,
    help: 'Guard the call, or correct the source data.',
    example: 'Item(Split("a,b", ","), 3)',
  },
  AF5003: {
    severity: 'error',
    message: evaluationMessages.AF5003,
    help: 'Pick one with Item, or combine them with Join.',
    example: 'IIF([proxyAddresses] = "a", "yes", "no")',
  },
  AF5004: {
    severity: 'error',
    message: evaluationMessages.AF5004,
    help: 'Set it under `placeholders` in the settings.',
    example: '%DomainFQDN%',
  },
  AF5005: {
    severity: 'error',
    message: evaluationMessages.AF5005,
    help: 'The expression raises this error itself, with the Error function.',
    example: 'Error("no mailbox")',
  },
  AF5006: {
    severity: 'error',
    message: evaluationMessages.AF5006,
    help: 'Add a rule that always yields a free value, for example with a number at the end.',
    example: 'SelectUniqueValue("a", "b")',
  },
  AF5007: {
    severity: 'error',
    message: evaluationMessages.AF5007,
    help: 'Its value can only be seen in the service itself.',
    example: 'AltSecIdFromNetid([netid])',
  },
  AF5008: {
    severity: 'error',
    message: evaluationMessages.AF5008,
    help: 'Map a single attribute of the object, or use the function made for this attribute.',
    example: 'ToLower([manager])',
  },
  AF5009: {
    severity: 'error',
    message: evaluationMessages.AF5009,
    help: 'The pattern comes from the data of this object; correct it there.',
    example: 'Replace([mail], , [pattern], , "", , )',
  },
  AF5010: {
    severity: 'error',
    message: evaluationMessages.AF5010,
    help: 'Make the pattern linear: avoid nested repeats and overlapping alternatives, and anchor it.',
    example: 'Replace([text], , "(a+)+$", , "", , )',
  },
  AF5011: {
    severity: 'error',
    message: evaluationMessages.AF5011,
    help: 'Assign a single role, or use AppRoleAssignmentsComplex.',
    example: 'SingleAppRoleAssignment([appRoleAssignments])',
  },
  AF5012: {
    severity: 'error',
    message: evaluationMessages.AF5012,
    help: 'Raise the limit in the settings if the value is legitimate.',
    example: 'Join("", [long], [long])',
  },
  AF5013: {
    severity: 'error',
    message: evaluationMessages.AF5013,
    help: 'Correct the argument.',
    example: 'DateAdd([interval], 1, [hireDate])',
  },
  AF5030: {
    severity: 'error',
    message: evaluationMessages.AF5030,
    help: 'Pick one with Item, or combine them with Join.',
    example: 'a mapping of [proxyAddresses] to mail',
  },
  AF5031: {
    severity: 'error',
    message: evaluationMessages.AF5031,
    help: 'Give each a default value, or map it from an attribute that every object has.',
    example: 'a mapping of [mail] to a required userName, for an object without mail',
  },
  AF5032: {
    severity: 'error',
    message: evaluationMessages.AF5032,
    help: 'Match by an attribute that is unique in the target, or repair the duplicates there.',
    example: 'two target users with the same userName',
  },
  AF5014: {
    severity: 'error',
    message: evaluationMessages.AF5014,
    help: 'The pattern comes from the data of this object; rewrite it there without this construct.',
    example: 'Replace([mail], , [pattern], , "", , )',
  },
  AF5015: {
    severity: 'error',
    message: evaluationMessages.AF5015,
    help: 'The function is your own: what it threw is the cause of the outcome. Correct the function, or the data it got.',
    example: 'Office([code])',
  },
  AF5040: {
    severity: 'error',
    message: evaluationMessages.AF5040,
    help: 'This is a fault of attrflow: please report it, with the message and the expression. Other objects are not concerned.',
    example: 'none is known',
  },
  AF5041: {
    severity: 'error',
    message: evaluationMessages.AF5041,
    help: 'Objects of a directory are nested a few levels; correct the source.',
    example: 'an attribute with lists in lists, 3,000 levels deep',
  },
  AF5020: {
    severity: 'error',
    message: evaluationMessages.AF5020,
    help: 'Correct the source data or test another attribute; until then the object is neither in nor out of scope.',
    example: 'workerID Greater_Than 100 for the workerID "A-17"',
  },
  AF5021: {
    severity: 'error',
    message: evaluationMessages.AF5021,
    help: 'Make the pattern linear: avoid nested repeats and overlapping alternatives, and anchor it.',
    example: 'displayName REGEX MATCH (a+)+$ for a long run of a',
  },
}
