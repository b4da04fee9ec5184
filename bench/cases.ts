import { peers } from './peers/index.js'

/** A pair that is timed: a contender against a baseline. */
export interface Case {
  readonly engine: string
  readonly workload: string
  /** Names of subjects. */
  readonly contender: string
  readonly baseline: string
  /** What the median of time ÷ time should be at most; undefined where there is no goal. */
  readonly goal?: number
  /** How many times longer than usual it takes to warm up. */
  readonly patience?: number
}

/** Of a compiler most code is run once or twice for an expression, and becomes fast late; so do long functions. */
const PATIENCE = 4

const mapped = (engine: string, workload: string, goal?: number, baseline = 'hand'): Case => ({
  engine,
  workload,
  contender: `${engine}/${workload}`,
  baseline: `${baseline}/${workload}`,
  ...(goal === undefined ? {} : { goal }),
})

/** All pairs, in the order of the table. */
export const cases: readonly Case[] = [
  // What differs here is noise, or the baseline's two processes: the measure for all other figures.
  mapped('hand', 'full'),
  mapped('careful', 'full'),
  mapped('codegen', 'full'),
  mapped('closures', 'full'),
  mapped('codegen', 'full', 1.2, 'careful'),
  mapped('closures', 'full', 2.2, 'careful'),
  { ...mapped('closures among 30 mappings', 'full', 2.6, 'careful'), patience: PATIENCE },
  mapped('module of build for Entra', 'simple', 1.4),
  mapped('codegen', 'simple'),
  mapped('closures', 'simple'),
  mapped('codegen', 'filter'),
  mapped('closures', 'filter'),
  ...[
    mapped('mapObject', 'created', 1.7),
    mapped('mapObject', 'skipped', 3.3),
    mapped('mapObject with SCIM body', 'created', 1.5, 'hand with SCIM body'),
    mapped('mapObject by closures', 'created'),
    mapped('mapObject by closures', 'skipped'),
  ].map((one) => ({ ...one, patience: PATIENCE })),
  {
    engine: 'attrflow',
    workload: 'NormalizeDiacritics',
    contender: 'attrflow/diacritics',
    baseline: 'hand/diacritics',
    goal: 0.3,
  },
  {
    engine: 'closures',
    workload: 'compile',
    contender: 'closures/compile',
    baseline: 'chevrotain/parse',
    goal: 6,
    patience: PATIENCE,
  },
  {
    engine: 'codegen',
    workload: 'compile',
    contender: 'codegen/compile',
    baseline: 'chevrotain/parse',
    patience: PATIENCE,
  },
  {
    engine: 'attrflow',
    workload: 'parse',
    contender: 'attrflow/parse',
    baseline: 'chevrotain/parse',
    patience: PATIENCE,
  },
  ...['full', 'simple'].flatMap((workload) => Object.keys(peers).map((engine) => mapped(engine, workload))),
]

/** Whether a case needs one of the packages of `bench/package.json`. */
export const needsPeer = ({ engine }: Case): boolean => Object.hasOwn(peers, engine)

/** The cases of engines or workloads that were asked for by name. */
export const selectCases = (names: readonly string[] | undefined): readonly Case[] =>
  names === undefined
    ? cases
    : cases.filter(({ engine, workload }) =>
        names.some((name) => name === engine || name === workload || name === `${engine}/${workload}`),
      )
