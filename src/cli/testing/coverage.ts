import { shown } from '../../text/shown.js'
import {
  type Coverage,
  CoverageGatherer,
  coveredShare,
  type IgnoredBranch,
  reasonsText,
  type SchemaCoverage,
  withoutIgnored,
} from '../../verify/index.js'
import { type CliIo, readText } from '../io.js'
import type { Style } from '../style.js'

/**
 * The coverage of a schema, and the ignored branches of its test files that are reached or no longer exist.
 */
export interface RunSchemaCoverage extends SchemaCoverage {
  readonly stale: readonly IgnoredBranch[]
}

/** The coverage of all tests of a run, by schema. */
export class RunCoverage {
  readonly #gatherers = new Map<string, CoverageGatherer>()
  readonly #ignored = new Map<string, readonly IgnoredBranch[]>()

  /** Ignores branches of a schema. */
  ignore(schema: string, branches: readonly IgnoredBranch[]): void {
    this.#ignored.set(schema, [...(this.#ignored.get(schema) ?? []), ...branches])
  }

  /** The gatherer of a schema, by its path. */
  of(schema: string): CoverageGatherer {
    const known = this.#gatherers.get(schema) ?? new CoverageGatherer()
    this.#gatherers.set(schema, known)
    return known
  }

  /** The coverage of each schema with its text; without schemas for which no case could be run. */
  async schemas(io: CliIo): Promise<readonly RunSchemaCoverage[]> {
    const found: RunSchemaCoverage[] = []
    for (const [schema, gatherer] of this.#gatherers) {
      const { coverage, stale } = withoutIgnored(gatherer.coverage(), this.#ignored.get(schema) ?? [])
      if (coverage.expressions.length + coverage.points.length > 0)
        found.push({ schema, text: await readText(io, schema), coverage, stale })
    }
    return found
  }
}

/** Whether coverage is below a threshold; without a threshold it never is. */
export const isBelow = (coverage: Coverage, threshold: number | undefined): boolean =>
  threshold !== undefined && coverage.total > 0 && (coverage.covered * 100) / coverage.total < threshold

/** Every part that no case reaches, one on each line. */
export const missingText = ({ points }: Coverage, style: Style): string =>
  points
    .filter(({ hits }) => hits === 0)
    .map(
      ({ where, what, text }) => `  ${style.paint('yellow', shown(where))}  ${shown(what)}: ${shown(text)}\n`,
    )
    .join('')

/** The coverage of one schema: the share, every part that no case reaches, and the attributes that never flow. */
export const coverageText = ({ schema, coverage, stale }: RunSchemaCoverage, style: Style): string => {
  const { covered, total } = coverage
  const head = `\n${shown(schema)}: ${covered} of ${total} branches and clauses are reached (${coveredShare(coverage)} %)`
  const vain = stale.map(
    ({ attribute, branch }) =>
      `  ignoredBranches names ${shown(attribute)}, ${shown(branch)}, which is reached or no longer exists\n`,
  )
  const idle = coverage.attributes.filter(({ flowed }) => flowed === 0)
  const never = idle.map(
    ({ where, notFlowed }) => `  ${style.paint('yellow', shown(where))}  ${reasonsText(notFlowed)}\n`,
  )
  const attributes = never.length === 0 ? '' : `attributes that flow in no case:\n${never.join('')}`
  return `${head}${covered === total ? '' : '; not reached:'}\n${missingText(coverage, style)}${vain.join('')}${attributes}`
}
