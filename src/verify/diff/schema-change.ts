/** The harm that a change can do: `breaking` can hand over, delete or disable accounts, or stop values. */
export type Criticality = 'safe' | 'risky' | 'breaking'

/** One change between two schemas. */
export interface SchemaChange {
  /** Where, in the terms of the portal: `User → User / userName`. */
  readonly path: string
  /** What changed: `expression`, `matchingPriority`, `clause`, … */
  readonly what: string
  /** Undefined if it is new. */
  readonly before: unknown
  /** Undefined if it is gone. */
  readonly after: unknown
  readonly criticality: Criticality
  readonly reason: string
}

/** A change at one place, or none if both sides are equal. */
export const changed = (
  path: string,
  what: string,
  before: unknown,
  after: unknown,
  criticality: Criticality,
  reason: string,
): readonly SchemaChange[] => (before === after ? [] : [{ path, what, before, after, criticality, reason }])

/** The possible harm of changing a matching attribute, or the objects of a mapping. */
export const OTHERS = 'objects may be matched to other accounts, or not at all'

/** The possible harm of changing metadata and definitions. */
export const FLOW = 'values or their flow may change'
