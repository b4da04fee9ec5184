import { shown } from '../../text/shown.js'
import { type Coverage, CoverageGatherer, coveredShare, type SchemaCoverage } from '../../verify/index.js'
import { type CliIo, readText } from '../io.js'
import type { Style } from '../style.js'

/** What the tests of one run reach, schema by schema. */
export class RunCoverage {
  readonly #gatherers = new Map<string, CoverageGatherer>()

  /** The gatherer of a schema, by its path. */
  of(schema: string): CoverageGatherer {
    const known = this.#gatherers.get(schema) ?? new CoverageGatherer()
    this.#gatherers.set(schema, known)
    return known
  }

  /** The coverage of each schema with its text; of those that no case could be run with, none. */
  async schemas(io: CliIo): Promise<readonly SchemaCoverage[]> {
    const found: SchemaCoverage[] = []
    for (const [schema, gatherer] of this.#gatherers) {
      const coverage = gatherer.coverage()
      if (coverage.expressions.length + coverage.points.length > 0)
        found.push({ schema, text: await readText(io, schema), coverage })
    }
    return found
  }
}

/** Whether too little is reached. Undefined as the threshold: never. */
export const isBelow = (coverage: Coverage, threshold: number | undefined): boolean =>
  threshold !== undefined && coverage.total > 0 && (coverage.covered * 100) / coverage.total < threshold

/** Every part that no case reaches, a line each. */
export const missingText = ({ points }: Coverage, style: Style): string =>
  points
    .filter(({ hits }) => hits === 0)
    .map(
      ({ where, what, text }) => `  ${style.paint('yellow', shown(where))}  ${shown(what)}: ${shown(text)}\n`,
    )
    .join('')

/** The coverage of one schema: the share, and every part that no case reaches. */
export const coverageText = ({ schema, coverage }: SchemaCoverage, style: Style): string => {
  const { covered, total } = coverage
  const head = `\n${shown(schema)}: ${covered} of ${total} branches and clauses are reached (${coveredShare(coverage)} %)`
  return `${head}${covered === total ? '' : '; not reached:'}\n${missingText(coverage, style)}`
}
