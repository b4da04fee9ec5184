/**
 * The messages of evaluation errors. They are separate from the help that the reference shows, because the
 * runtime of generated modules carries them.
 */
export const evaluationMessages = {
  AF5001: '{function} cannot read {value} as {expected}.',
  AF5002: '{function} got a value outside its range: {reason}.',
  AF5003: '{function} takes a single value, but the value has {count} elements.',
  AF5004: 'The placeholder {name} has no value.',
  AF5005: '{text}',
  AF5006: 'escrow: every candidate of SelectUniqueValue is taken: {candidates}.',
  AF5007: '{function} cannot be evaluated outside the service: {reason}.',
  AF5008: 'A value has no text form: {found}.',
  AF5009: 'The regular expression {pattern} is invalid: {reason}.',
  AF5010: 'Matching the regular expression {pattern} exceeds the budget of {budget} steps.',
  AF5011: 'SingleAppRoleAssignment expects one role, but {count} are assigned.',
  AF5012: 'Evaluation exceeds the limit of {limit} for {what}.',
  AF5013: '{function} takes {expected}, not {found}.',
  AF5030: '{target} takes a single value, but {count} would flow (SchemaPropertyCanOnlyAcceptValue).',
  AF5031: 'Required attributes of the target have no value: {targets} (MissingValues).',
  AF5032: '{count} objects of the target match by {attribute} = {value} (DuplicateTargetEntries).',
  AF5014: 'The regular expression {pattern} cannot be run exactly here: {reason}.',
  AF5015: '{function} failed: {reason}.',
  AF5040: 'This object failed unexpectedly: {kind} at {place}.',
  AF5041: 'A value of the object is nested too deeply.',
  AF5042: 'The value has no JSON form: {reason}.',
  AF5020: 'The filter clause {clause} cannot read {value} as {expected}.',
  AF5021: 'The filter clause {clause} exceeds the budget of {budget} steps on {value}.',
} as const
