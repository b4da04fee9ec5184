import { codegen } from '../../src/codegen.js'
import { normalizeDiacritics } from '../../src/dotnet/text/diacritics.js'
import { optimise } from '../../src/ir/passes/index.js'
import { type Plan, planUnit } from '../../src/plan/plan.js'
import { createContext } from '../../src/values/context.js'
import type { EvaluationError } from '../../src/values/fault.js'
import type { Result } from '../../src/values/outcome.js'
import { CHECKED, type Subject, subjectOf } from '../harness/subject.js'
import { compileWorkload } from '../workload/compile.js'
import { mappings } from '../workload/mapping.js'
import { benchNames, benchUsers, type UserRecord } from './inputs.js'

const backends: Readonly<Record<string, typeof codegen>> = {
  codegen,
  closures: (unit): Plan => planUnit(unit),
}

/** The workload by both backends. */
export const attrflowSubjects: Readonly<Record<string, () => Subject>> = {
  ...Object.fromEntries(
    Object.entries(backends).flatMap(([engine, backend]) =>
      mappings.map((mapping) => [
        `${engine}/${mapping.name}`,
        (): Subject => {
          const { unit, run } = backend(optimise(compileWorkload(mapping).unit))
          const context = createContext()
          const names = unit.roots.map(({ name }) => name)
          // A caller that maps object after object has one list for the results of all.
          const results: Result[] = new Array(names.length).fill(null)
          const inScope = (user: UserRecord): boolean | EvaluationError => run(user, context, results)
          return {
            ...subjectOf(benchUsers(), inScope),
            outputs: () =>
              benchUsers()
                .slice(0, CHECKED)
                .map((user) =>
                  inScope(user) === true
                    ? Object.fromEntries(names.map((name, index) => [name, results[index]]))
                    : null,
                ),
          }
        },
      ]),
    ),
  ),
  'attrflow/diacritics': () => subjectOf(benchNames(), normalizeDiacritics),
}
