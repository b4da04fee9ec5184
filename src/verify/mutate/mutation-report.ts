import { SourceText } from '../../text/source-text.js'
import type { MutantResult, MutantStatus } from './run-mutants.js'

/** The results of the mutants of one schema. */
export interface SchemaMutants {
  readonly schema: string
  readonly text: string
  readonly results: readonly MutantResult[]
}

const statuses: Readonly<Record<MutantStatus, string>> = {
  killed: 'Killed',
  survived: 'Survived',
  uncovered: 'NoCoverage',
  ignored: 'Ignored',
}

const jsonText = (text: string): string => JSON.stringify(text).slice(1, -1)

/**
 * A report in the form of mutation-testing-report-schema, version 2, which the page of mutation-testing-elements and
 * dashboards read. Plain data.
 */
export const mutationReport = (
  schemas: readonly SchemaMutants[],
  version: string,
): Readonly<Record<string, unknown>> => ({
  schemaVersion: '2',
  thresholds: { high: 100, low: 80 },
  framework: { name: 'attrflow', version },
  files: Object.fromEntries(
    schemas.map(({ schema, text, results }) => {
      const source = new SourceText(text, schema)
      const position = (offset: number): { readonly line: number; readonly column: number } => {
        const { line, column } = source.position(offset)
        return { line, column }
      }
      return [
        schema,
        {
          language: 'json',
          source: text,
          mutants: results.map(({ mutant, status, killedBy, reason }) => ({
            id: mutant.id,
            mutatorName: mutant.mutation,
            description: `${mutant.where}: ${mutant.what}`,
            location: { start: position(mutant.place.start), end: position(mutant.place.end) },
            ...(mutant.inText ? { replacement: jsonText(mutant.after) } : {}),
            status: statuses[status],
            ...(killedBy === undefined ? {} : { killedBy: [`${killedBy.path}: ${killedBy.name}`] }),
            ...(reason === undefined ? {} : { statusReason: reason }),
          })),
        },
      ]
    }),
  ),
  testFiles: Object.fromEntries(
    [...testsIn(schemas)].map(([path, names]) => [
      path,
      { tests: [...names].map((name) => ({ id: `${path}: ${name}`, name })) },
    ]),
  ),
})

const testsIn = (schemas: readonly SchemaMutants[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>()
  for (const { killedBy } of schemas.flatMap(({ results }) => results))
    if (killedBy !== undefined)
      found.set(killedBy.path, (found.get(killedBy.path) ?? new Set()).add(killedBy.name))
  return found
}
