export { temporaryDirectory } from '../support/temporary-directory.js'
export { attrflow, type Run, type World } from './run-here.js'

/** The values of an output that has JSON on every line. */
export const jsonLines = <Line>(out: string): readonly Line[] =>
  out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)
