/**
 * Whether tests run at length, as the gates of `.ci/run` do. `npm test` takes less of what grows with the number of
 * runs, so that it ends within a minute; nothing is left out of it altogether but what says so.
 */
export const atLength: boolean = process.env.FC_RUNS !== undefined
