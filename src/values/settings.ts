/** Bounds on the work that one evaluation may take. */
export interface Limits {
  /** Steps one regular-expression match may take. Default 10,000,000. */
  readonly regexSteps: number
}

/** What null and "" mean to a set of filter groups. */
export type NullPolicy = 'documented' | 'complement'

/**
 * All options of the language in one object, for the library and every command. Each default is the binding
 * decision of docs/semantics.md.
 */
export interface Settings {
  /** Accept function names in any case. Default false. */
  readonly caseInsensitiveFunctions: boolean
  /** `service`: a comparison with null or "" is false. `lenient`: null counts as "". Default `service`. */
  readonly nullComparison: 'service' | 'lenient'
  /** Whether Coalesce skips "" as well as null. Default true. */
  readonly coalesceSkipsEmpty: boolean
  /** Whether Split trims its items. Default true. */
  readonly splitTrims: boolean
  /** `eager`: IIF, Switch and Coalesce fail if a branch that is not taken would. Default `lazy` (semantics 36). */
  readonly branches: 'lazy' | 'eager'
  /** The result of reading "" as a date. Default `error` (semantics 37). */
  readonly emptyDates: 'error' | 'null'
  /** IANA name of the zone the service's host runs in. Default `UTC`. */
  readonly hostTimeZone: string
  /** Values of `%Name%` placeholders, by name without percent signs. */
  readonly placeholders: Readonly<Record<string, string>>
  /** What DefaultDomain() returns; null if it is unknown. */
  readonly defaultDomain: string | null
  /** How each filter set treats null. Default `documented` for `groups`, `complement` for the other two. */
  readonly nullPolicy: {
    readonly groups: NullPolicy
    readonly inputFilterGroups: NullPolicy
    readonly categoryFilterGroups: NullPolicy
  }
  /** How filter operators treat a multi-valued attribute. Default: positive ones need any element, negative ones all. */
  readonly multivaluedComparison: 'byOperator' | 'any' | 'all'
  /** Target attributes whose mapping lets null values flow. Default none. */
  readonly flowNullValues: readonly string[]
  readonly limits: Limits
}

/** The settings as given by a caller: every member is optional. */
export type SettingsInput = Partial<Omit<Settings, 'nullPolicy' | 'limits'>> & {
  readonly nullPolicy?: Partial<Settings['nullPolicy']>
  readonly limits?: Partial<Limits>
}

/** The defaults. */
export const defaultSettings: Settings = {
  caseInsensitiveFunctions: false,
  nullComparison: 'service',
  coalesceSkipsEmpty: true,
  splitTrims: true,
  branches: 'lazy',
  emptyDates: 'error',
  hostTimeZone: 'UTC',
  placeholders: {},
  defaultDomain: null,
  nullPolicy: { groups: 'documented', inputFilterGroups: 'complement', categoryFilterGroups: 'complement' },
  multivaluedComparison: 'byOperator',
  flowNullValues: [],
  limits: { regexSteps: 10_000_000 },
}

/** The dialects: they decide which functions and forms count as documented, and change no meaning. */
export type Dialect = 'provisioning' | 'cloud-sync'
