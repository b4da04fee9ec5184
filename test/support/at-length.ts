/**
 * Whether tests run at length, as the gates of `.ci/run` do. `npm test` takes less of what grows with the number of
 * runs, so that it ends within a minute; nothing is left out of it altogether but what says so.
 */
export const atLength: boolean = process.env.FC_RUNS !== undefined

/** Whether nothing is left out of a property or a table of cases: at length, and when coverage is measured. */
export const allCases: boolean = atLength || process.env.ATTRFLOW_ALL_CASES !== undefined

/** How many of the runs that a property names are made: FC_RUNS times as many; all when coverage is measured; else a third. */
export const runsFactor: number = Number(process.env.FC_RUNS ?? (allCases ? 1 : 1 / 3))

/** A number of cases: all where `allCases` is true, otherwise a third. */
export const casesOf = (count: number): number => (allCases ? count : Math.ceil(count / 3))
