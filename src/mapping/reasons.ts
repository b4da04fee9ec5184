/** The reasons why an attribute does not flow. A closed set, which administrators see. */
export const noFlowReasons = {
  null: 'the source value is absent, and no default applies',
  empty: 'the value is "", and no default applies',
  ignored: 'the expression asks to ignore the attribute',
  noSource: 'the mapping has no source, and its default applies on create only',
  createOnly: 'the mapping applies only when the object is created',
  matched: 'the object was matched by this attribute',
  unchanged: 'the target already has this value',
  targetHasValue: 'the mapping only fills attributes that have no value in the target',
  nothingToAdd: 'the target already has every value, and the mapping only adds',
  failed: 'the expression failed',
} as const

/** Why an attribute does not flow. */
export type NoFlowReason = keyof typeof noFlowReasons

/** Why an object is created, updated, disabled, deleted, skipped or fails. A closed set. */
export const objectReasons = {
  NewInScope: 'in scope and without a match in the target',
  Matched: 'in scope and matched in the target',
  RedundantExport: 'matched, and no attribute differs from the target',
  ImportSkipped: 'no matching attribute has a value',
  NotEffectivelyEntitled: 'out of scope, and never provisioned',
  InputFiltered: 'not read: an input or category filter leaves it out',
  IgnoredByExpression: 'an expression asks to ignore the object',
  InactiveNeverProvisioned: 'disabled or deleted in the source, and never provisioned',
  CreateDisabled: 'the object mapping does not create',
  UpdateDisabled: 'the object mapping does not update',
  DeleteDisabled: 'the object mapping does not delete',
  OutOfScope: 'was provisioned and has left the scope',
  SourceInactive: 'was provisioned and is disabled, deleted or unassigned in the source',
  SourceDeleted: 'was provisioned and is permanently deleted in the source',
  NoLongerManaged: 'was disabled when it left the scope, and is no longer managed',
  SkipOutOfScopeDeletions: 'has left the scope, and the job skips out-of-scope deletions',
  SoftDeleteNotMapped: 'no mapping reads IsSoftDeleted, so the target is not told',
  DuplicateSourceEntries: 'another object of the source has the same matching value',
  DuplicateTargetEntries: 'several objects of the target match',
  MissingValues: 'a required attribute of the target has no value',
  EvaluationFailed: 'an expression or a filter failed',
} as const

/** The reason for the outcome of an object. */
export type ObjectReason = keyof typeof objectReasons
