import type { SettingsInput } from './settings.js'

/** One reading of a contested point. */
export interface Reading {
  /** The settings that select it; undefined if no setting does. */
  readonly settings: SettingsInput | undefined
  /** The reading in one sentence. */
  readonly says: string
  readonly evidence: string
}

/** A point on which the evidence about the service is contradictory, or has a single source. */
export interface ContestedPoint {
  /** Stable: it stands in messages and in docs/semantics.md. */
  readonly id: string
  readonly question: string
  /** The number of the decision in docs/semantics.md. */
  readonly decision: number
  /** attrflow follows the first reading. */
  readonly readings: readonly [Reading, ...Reading[]]
}

/** Every contested point. A point is one entry here; results, warnings and documentation derive from it. */
export const contestedPoints: readonly ContestedPoint[] = [
  {
    id: 'branches',
    question: 'Does the service evaluate branches that are not taken?',
    decision: 36,
    readings: [
      {
        settings: { branches: 'lazy' },
        says: 'Only the branch that is taken is evaluated.',
        evidence: "Microsoft's recipes rely on it: they guard conversions with IIF and Switch.",
      },
      {
        settings: { branches: 'eager' },
        says: 'All branches are evaluated; one that fails makes the expression fail.',
        evidence:
          'An administrator reported in 2026 that FormatDateTime in a branch of IIF failed for values that the condition excluded.',
      },
    ],
  },
  {
    id: 'empty-dates',
    question: 'How does a date function treat ""?',
    decision: 37,
    readings: [
      {
        settings: { emptyDates: 'error' },
        says: 'It fails, as for any text that is not a date.',
        evidence: '.NET refuses an empty text.',
      },
      {
        settings: { emptyDates: 'null' },
        says: 'The result is null.',
        evidence: 'In the same report of 2026 FormatDateTime of "" gave nothing instead of failing.',
      },
    ],
  },
  {
    id: 'null-comparison',
    question: 'How does a comparison treat null?',
    decision: 13,
    readings: [
      {
        settings: { nullComparison: 'service' },
        says: 'A comparison with null or "" is false.',
        evidence: 'The reference says that the condition check fails for null.',
      },
      {
        settings: { nullComparison: 'lenient' },
        says: 'Null counts as "".',
        evidence: 'Published expressions that compare absent attributes expect this.',
      },
    ],
  },
  {
    id: 'null-policy',
    question: 'How does a scoping clause treat an attribute without a value?',
    decision: 28,
    readings: [
      {
        settings: {
          nullPolicy: {
            groups: 'documented',
            inputFilterGroups: 'complement',
            categoryFilterGroups: 'complement',
          },
        },
        says: 'In groups every operator but IS NULL is false; in the other sets negative operators are the complement.',
        evidence: 'The page on scoping filters, and the shipped input filters of cloud sync.',
      },
      {
        settings: {
          nullPolicy: {
            groups: 'complement',
            inputFilterGroups: 'complement',
            categoryFilterGroups: 'complement',
          },
        },
        says: 'Negative operators are true for an attribute without a value, in every set.',
        evidence: 'Filters that Microsoft ships need it.',
      },
    ],
  },
  {
    id: 'leaving-scope-in-active-directory',
    question:
      'Is an account of Active Directory disabled when its worker leaves the scope and nothing maps the state?',
    decision: 38,
    readings: [
      {
        settings: undefined,
        says: 'It is disabled, unless SkipOutOfScopeDeletions is set.',
        evidence: "Microsoft's page on skipping the deletion of out-of-scope users.",
      },
      { settings: undefined, says: 'It stays as it is.', evidence: 'One report (azure-docs 82269).' },
    ],
  },
  {
    id: 'boolean-text-in-patch',
    question: 'How is a Boolean written in a PATCH without the flag aadOptscim062020?',
    decision: 39,
    readings: [
      {
        settings: undefined,
        says: 'A Boolean as "True" or "False"; a text from an expression unchanged.',
        evidence: 'Reported by a server that received both.',
      },
    ],
  },
]

/** The readings that are not followed but can be selected by a setting. */
export const otherReadings: readonly {
  readonly point: ContestedPoint
  readonly reading: Reading & { readonly settings: SettingsInput }
}[] = contestedPoints.flatMap((point) =>
  point.readings.slice(1).flatMap((reading) => {
    const { settings } = reading
    return settings === undefined ? [] : [{ point, reading: { ...reading, settings } }]
  }),
)
