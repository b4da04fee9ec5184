import { languageConstants } from '../functions/constants.js'
import type { Meaning } from './date-formats.js'

/** The bare constants of the language. */
export const constantMeanings: readonly Meaning[] = [...languageConstants].map(([name, { doc }]) => [
  name,
  doc,
])

/** The operators of the language. */
export const operatorMeanings: readonly Meaning[] = [
  [
    '&',
    'Joins two texts. Null counts as the empty text, unless both are null. It binds tighter than comparisons.',
  ],
  ['=', 'Holds if both sides have the same text; case counts. Two dates compare as instants.'],
  ['<>', 'Holds if the sides have different texts; case counts. Two dates compare as instants.'],
  ['<', 'Holds if the left side is less: as integers, as instants, else in the order of characters.'],
  [
    '<=',
    'Holds if the left side is less or equal: as integers, as instants, else in the order of characters.',
  ],
  ['>', 'Holds if the left side is greater: as integers, as instants, else in the order of characters.'],
  [
    '>=',
    'Holds if the left side is greater or equal: as integers, as instants, else in the order of characters.',
  ],
]

/** The meaning of null for a comparison, by the setting `nullComparison`. */
export const comparisonNull = {
  service: 'A side that is null or "" makes it false, unless `""` itself is written there.',
  lenient: 'Null counts as "".',
} as const
