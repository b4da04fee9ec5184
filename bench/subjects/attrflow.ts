import { codegen } from '../../src/codegen.js'
import { normalizeDiacritics } from '../../src/dotnet/text/diacritics.js'
import { optimise } from '../../src/ir/passes/index.js'
import { type Plan, planUnit } from '../../src/plan/plan.js'
import { createContext } from '../../src/values/context.js'
import { type Subject, subjectOf } from '../harness/subject.js'
import { compileWorkload } from '../workload/compile.js'
import { mappings } from '../workload/mapping.js'
import { benchNames, benchUsers } from './inputs.js'

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
          const { run } = backend(optimise(compileWorkload(mapping).unit))
          const context = createContext()
          return subjectOf(benchUsers(), (user) => run(user, context))
        },
      ]),
    ),
  ),
  'attrflow/diacritics': () => subjectOf(benchNames(), normalizeDiacritics),
}
