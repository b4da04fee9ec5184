/** The names of the invariant culture, used to read and write dates. */
export const MONTH_NAMES: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
/** From Sunday, as .NET numbers the days of the week from 0. */
export const DAY_NAMES: readonly string[] = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
]
export const ABBREVIATED_MONTH_NAMES: readonly string[] = MONTH_NAMES.map((name) => name.slice(0, 3))
export const ABBREVIATED_DAY_NAMES: readonly string[] = DAY_NAMES.map((name) => name.slice(0, 3))
export const ERA_NAME = 'A.D.'
export const ABBREVIATED_ERA_NAME = 'AD'
