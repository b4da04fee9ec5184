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
  },
  AF5002: {
    severity: 'error',
    message: evaluationMessages.AF5002,
    help: 'Guard the call, or correct the source data.',
  },
  AF5003: {
    severity: 'error',
    message: evaluationMessages.AF5003,
    help: 'Pick one with Item, or combine them with Join.',
  },
  AF5004: {
    severity: 'error',
    message: evaluationMessages.AF5004,
    help: 'Set it under `placeholders` in the settings.',
  },
  AF5005: {
    severity: 'error',
    message: evaluationMessages.AF5005,
    help: 'The expression raises this error itself, with the Error function.',
  },
  AF5006: {
    severity: 'error',
    message: evaluationMessages.AF5006,
    help: 'Add a rule that always yields a free value, for example with a number at the end.',
  },
  AF5007: {
    severity: 'error',
    message: evaluationMessages.AF5007,
    help: 'Its value can only be seen in the service itself.',
  },
  AF5008: {
    severity: 'error',
    message: evaluationMessages.AF5008,
    help: 'Map a single attribute of the object, or use the function made for this attribute.',
  },
  AF5009: {
    severity: 'error',
    message: evaluationMessages.AF5009,
    help: 'The pattern comes from the data of this object; correct it there.',
  },
  AF5010: {
    severity: 'error',
    message: evaluationMessages.AF5010,
    help: 'Make the pattern linear: avoid nested repeats and overlapping alternatives, and anchor it.',
  },
  AF5011: {
    severity: 'error',
    message: evaluationMessages.AF5011,
    help: 'Assign a single role, or use AppRoleAssignmentsComplex.',
  },
  AF5012: {
    severity: 'error',
    message: evaluationMessages.AF5012,
    help: 'Raise the limit in the settings if the value is legitimate.',
  },
  AF5013: {
    severity: 'error',
    message: evaluationMessages.AF5013,
    help: 'Correct the argument.',
  },
  AF5030: {
    severity: 'error',
    message: evaluationMessages.AF5030,
    help: 'Pick one with Item, or combine them with Join.',
  },
  AF5031: {
    severity: 'error',
    message: evaluationMessages.AF5031,
    help: 'Give each a default value, or map it from an attribute that every object has.',
  },
  AF5032: {
    severity: 'error',
    message: evaluationMessages.AF5032,
    help: 'Match by an attribute that is unique in the target, or repair the duplicates there.',
  },
  AF5014: {
    severity: 'error',
    message: evaluationMessages.AF5014,
    help: 'The pattern comes from the data of this object; rewrite it there without this construct.',
  },
  AF5015: {
    severity: 'error',
    message: evaluationMessages.AF5015,
    help: 'The function is your own; `cause` holds what it threw. Correct the function, or the data it got.',
  },
  AF5040: {
    severity: 'error',
    message: evaluationMessages.AF5040,
    help: 'If the place is in your program, such as a getter of the object, correct it there. Otherwise please report it, with the message and the expression. Other objects are not affected.',
  },
  AF5041: {
    severity: 'error',
    message: evaluationMessages.AF5041,
    help: 'Directory objects are only a few levels deep; correct the source.',
  },
  AF5042: {
    severity: 'error',
    message: evaluationMessages.AF5042,
    help: 'Give plain data: texts, numbers, dates, lists, and objects of these.',
  },
  AF5020: {
    severity: 'error',
    message: evaluationMessages.AF5020,
    help: 'Correct the source data or test another attribute; until then the object is neither in nor out of scope.',
  },
  AF5021: {
    severity: 'error',
    message: evaluationMessages.AF5021,
    help: 'Make the pattern linear: avoid nested repeats and overlapping alternatives, and anchor it.',
  },
}
