import { generateMappingModule } from '../../src/codegen.js'
import { runtime } from '../../src/runtime/entries.js'
import { createContext } from '../../src/values/context.js'
import { type Subject, subjectOf } from '../harness/subject.js'
import { compileWorkload } from '../workload/compile.js'
import { simple } from '../workload/mapping.js'
import { benchUsers } from './inputs.js'

interface BuiltModule {
  map(record: object, context: object): unknown
}

const KEY = 'attrflowRuntimeOfBenchmark'

const moduleUrl = (text: string): string => `data:text/javascript,${encodeURIComponent(text)}`

/** A module with the exports of the runtime, which generated modules import. */
const runtimeUrl = (): string => {
  Object.assign(globalThis, { [KEY]: runtime })
  return moduleUrl(`export const { ${Object.keys(runtime).join(', ')} } = globalThis[${JSON.stringify(KEY)}]`)
}

/** A module built ahead of time, for users of Entra ID, some of whose attributes the service computes. */
export const builtSubjects: Readonly<Record<string, () => Promise<Subject>>> = {
  'module of build for Entra/simple': async () => {
    const compiled = compileWorkload(simple, undefined, 'Microsoft Entra ID')
    const { module } = generateMappingModule(compiled, { runtime: runtimeUrl(), sourceMap: false })
    if (module === undefined) throw new Error('the module cannot be built')
    const { map }: BuiltModule = await import(moduleUrl(module.code))
    const context = createContext()
    return subjectOf(benchUsers(), (user) => map(user, context))
  },
}
