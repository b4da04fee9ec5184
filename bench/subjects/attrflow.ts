import { codegen } from '../../src/codegen.js'
import { normalizeDiacritics } from '../../src/dotnet/text/diacritics.js'
import { optimise } from '../../src/ir/passes/index.js'
import { planUnit } from '../../src/plan/plan.js'
import { createContext } from '../../src/values/context.js'
import type { EvaluationError } from '../../src/values/fault.js'
import type { Result } from '../../src/values/outcome.js'
import { CHECKED, type Subject, subjectOf } from '../harness/subject.js'
import { compileWorkload } from '../workload/compile.js'
import { mappings, type WorkloadMapping } from '../workload/mapping.js'
import { benchNames, benchUsers, type UserRecord } from './inputs.js'

const backends: Readonly<Record<string, typeof codegen>> = {
  codegen,
  closures: planUnit,
}

/** A mapping as a function of a user, and the names of its results in their order. */
export const mapperOf = (
  mapping: WorkloadMapping,
  backend: typeof codegen,
): {
  readonly names: readonly string[]
  readonly map: (user: UserRecord) => readonly Result[] | null | EvaluationError
} => {
  const { unit, run } = backend(optimise(compileWorkload(mapping).unit))
  const context = createContext()
  const early: Result[] = new Array(unit.early?.length ?? 0)
  return { names: unit.roots.map(({ name }) => name), map: (user) => run(user, context, early) }
}

/** The workload by both backends. */
export const attrflowSubjects: Readonly<Record<string, () => Subject>> = {
  ...Object.fromEntries(
    Object.entries(backends).flatMap(([engine, backend]) =>
      mappings.map((mapping) => [
        `${engine}/${mapping.name}`,
        (): Subject => {
          const { names, map } = mapperOf(mapping, backend)
          return {
            ...subjectOf(benchUsers(), map),
            outputs: () =>
              benchUsers()
                .slice(0, CHECKED)
                .map((user) => {
                  const found = map(user)
                  return Array.isArray(found)
                    ? Object.fromEntries(names.map((name, index) => [name, found[index]]))
                    : found
                }),
          }
        },
      ]),
    ),
  ),
  'attrflow/diacritics': () => subjectOf(benchNames(), normalizeDiacritics),
}
