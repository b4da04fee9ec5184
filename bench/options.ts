import { parseArgs } from 'node:util'
import type { Protocol } from './harness/pair.js'

/** What was asked for on the command line. */
export interface Options {
  /** Engines, workloads or `engine/workload`; undefined: everything. */
  readonly only: readonly string[] | undefined
  readonly protocol: Protocol
  /** The revision to compare with. */
  readonly against: string | undefined
  readonly json: boolean
  readonly profile: boolean
  readonly scale: boolean
  readonly help: boolean
  /** Nothing was left out or cut short, so that the figures may go into the documentation. */
  readonly complete: boolean
}

export const help = `npm run bench -- [OPTION …]

Measures attrflow against a hand-written baseline and other engines. In each round contender and baseline run in
new processes of their own, in turns; quoted are the median of time ÷ time and its 95 % bootstrap interval.

  --only A,B      engines (codegen, closures, mapObject, jexl …), workloads (full, simple, filter, created,
                  skipped, compile, parse, NormalizeDiacritics) or both (codegen/full); also: start-up, size, memory,
                  files (attrflow map from file to file)
  --rounds N      rounds of each pair (default 15)
  --quick         5 short rounds: for a first look, not to be quoted
  --against REV   this working tree ÷ another revision, on the same workloads
  --profile       time of every attribute of the full mapping, alone: hand-written, closures, generated code
  --scale         how times grow with keys, clauses, attributes, elements, lengths; --only WORDS of a title
  --json          print the results as JSON
  --help          this text

A full run writes docs/benchmarks.md and docs/bench.svg; every run writes bench/results/*.json.`

/** Reads the arguments. Throws when one is not known. */
export const readOptions = (args: readonly string[]): Options => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      against: { type: 'string' },
      json: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      scale: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const { only, quick, against, json, profile, scale, help: asked } = values
  const rounds = Number(values.rounds ?? (quick ? 5 : 15))
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds takes a number, not ${values.rounds}`)
  return {
    only: only?.split(','),
    protocol: { rounds, budget: quick ? 60 : 120, warmUp: quick ? 300 : 700 },
    against,
    json,
    profile,
    scale,
    help: asked,
    complete: only === undefined && !quick && against === undefined && rounds >= 15,
  }
}
