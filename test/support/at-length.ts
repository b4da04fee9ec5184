/** Whether tests run at length, as the gates of `.ci/run` do. `npm test` tries fewer cases, to end within a minute. */
export const atLength: boolean = process.env.FC_RUNS !== undefined

/** Whether nothing is left out of a property or a table of cases: at length, and when coverage is measured. */
export const allCases: boolean = atLength || process.env.ATTRFLOW_ALL_CASES !== undefined

/** The share of all cases that are tried. */
const share = allCases ? 1 : 1 / 3

/** By how much the runs that a property names are multiplied: by FC_RUNS, otherwise by the share above. */
export const runsFactor: number = Number(process.env.FC_RUNS ?? share)

/** A number of cases: all where `allCases` is true, otherwise a third. */
export const casesOf = (count: number): number => Math.ceil(count * share)
