import { costOf, estimateScale, type ScaleInput } from '../../src/distribute/index.js'

/** What docs/scale.md reckons with. */
const measured = { requests: 2, concurrency: 8, latency: 100, state: 16, cpu: 9, database: 600 } as const
const prices = { worker: 0.04, database: 0.4 }

const duration = (seconds: number): string => {
  const hours = seconds / 3600
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`
}

/** The rows of the table in docs/scale.md. */
export const scaleTable = (): readonly string[] =>
  [25, 100, 500].flatMap((rate) =>
    [1, 2, 8].map((workers) => {
      const cells = [1e6, 1e7, 1e8].map((objects) => {
        const input: ScaleInput = { ...measured, objects, workers, rate }
        const estimate = estimateScale(input)
        return `${duration(estimate.seconds)}, $${costOf(input, estimate, prices).toFixed(0)}`
      })
      const { objectsPerSecond, limit } = estimateScale({ ...measured, objects: 1, workers, rate })
      return `| ${rate} | ${workers} | ${objectsPerSecond.toFixed(1)} | ${limit} | ${cells.join(' | ')} |`
    }),
  )
