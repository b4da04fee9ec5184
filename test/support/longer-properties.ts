// Stands in for fast-check when FC_RUNS asks for longer runs: the same, with more runs for every property.
import fc from 'fast-check'

export * from 'fast-check'

const factor = Number(process.env.FC_RUNS ?? 1)
const usualRuns = 100

/** As fast-check's, with FC_RUNS times as many runs as the test or the library's default says. */
export const assert = (<Values>(property: fc.IRawProperty<Values>, parameters?: fc.Parameters<Values>) =>
  fc.assert(property, {
    ...parameters,
    numRuns: Math.ceil((parameters?.numRuns ?? usualRuns) * factor),
  })) as typeof fc.assert

export default { ...fc, assert }
