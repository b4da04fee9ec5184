// Stands in for fast-check: the same, with as many runs of each property as `npm test` or FC_RUNS asks for, counted.
import { appendFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect } from 'vitest'
import { runsFactor } from './at-length.js'

export * from 'fast-check'

const usualRuns = 100

/** A file that gets a line for each property, with the number of its cases; `.ci/run` prints them. */
const countsFile = process.env.ATTRFLOW_CASES

/** Counts the cases of a property, and fails as fast-check does without a reporter of one's own. */
const counting = <Values>(): Pick<fc.Parameters<Values>, 'reporter'> => {
  const { testPath, currentTestName } = expect.getState()
  const name = `${testPath?.replace(/^.*\/test\//, '') ?? ''} ${currentTestName ?? ''}`.replace(/\s+/g, ' ')
  return {
    reporter(details) {
      if (countsFile !== undefined) appendFileSync(countsFile, `${details.numRuns}\t${name}\n`)
      if (details.failed) throw new Error(fc.defaultReportMessage(details), { cause: details.errorInstance })
    },
  }
}

/** As fast-check's, with as many runs as `runsFactor` makes of what the test or the library's default says. */
export const assert = (<Values>(property: fc.IRawProperty<Values>, parameters?: fc.Parameters<Values>) =>
  fc.assert(property, {
    ...(countsFile === undefined ? {} : counting<Values>()),
    ...parameters,
    numRuns: Math.ceil((parameters?.numRuns ?? usualRuns) * runsFactor),
  } as fc.Parameters<Values>)) as typeof fc.assert

export default { ...fc, assert }
