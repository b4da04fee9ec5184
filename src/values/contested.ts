import type { SettingsInput } from './settings.js'

/** One way to read a contested point. */
export interface Reading {
  /** The settings that choose it; undefined where nothing does yet. */
  readonly settings: SettingsInput | undefined
  /** What it says, in a sentence. */
  readonly says: string
  readonly evidence: string
}

/** A point on which what is known of the service contradicts itself, or rests on one source. */
export interface ContestedPoint {
  /** Stable: it stands in messages and in docs/semantics.md. */
  readonly id: string
  readonly question: string
  /** The number of the decision in docs/semantics.md. */
  readonly decision: number
  /** The first reading is the one that is followed. */
  readonly readings: readonly [Reading, ...Reading[]]
}

/** Every contested point. A point is one entry here; results, warnings and documentation derive from it. */
export const contestedPoints: readonly ContestedPoint[] = [
  {
    id: 'branches',
    question: 'Does the service work out branches that are not taken?',
    decision: 36,
    readings: [
      {
        settings: { branches: 'lazy' },
        says: 'Only what is needed is worked out.',
        evidence: "Microsoft's recipes guard conversions by IIF and Switch, and need it.",
      },
      {
        settings: { branches: 'eager' },
        says: 'All branches are worked out; one that fails makes the expression fail.',
        evidence:
          'An administrator reported in 2026 that FormatDateTime in a branch of IIF failed for values that the condition kept out.',
      },
    ],
  },
  {
    id: 'empty-dates',
    question: 'What does a date function make of ""?',
    decision: 37,
    readings: [
      {
        settings: { emptyDates: 'error' },
        says: 'It fails, as for any text that is no date.',
        evidence: '.NET refuses an empty text.',
      },
      {
        settings: { emptyDates: 'null' },
        says: 'The result is null.',
        evidence: 'The same report of 2026 saw FormatDateTime of "" give nothing instead of failing.',
      },
    ],
  },
  {
    id: 'null-comparison',
    question: 'What does a comparison make of null?',
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
        evidence: 'Published expressions compare attributes that can be absent and expect this.',
      },
    ],
  },
  {
    id: 'null-policy',
    question: 'What does a scoping clause make of an attribute without a value?',
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
        says: 'A Boolean as "True" or "False"; a text that an expression gives as it is.',
        evidence: 'Reported by a server that received both.',
      },
    ],
  },
]

/** The readings that are not followed and that a setting chooses. */
export const otherReadings: readonly {
  readonly point: ContestedPoint
  readonly reading: Reading & { readonly settings: SettingsInput }
}[] = contestedPoints.flatMap((point) =>
  point.readings.slice(1).flatMap((reading) => {
    const { settings } = reading
    return settings === undefined ? [] : [{ point, reading: { ...reading, settings } }]
  }),
)
