import { posix } from 'node:path'
import { sourceFactsOf } from './source-facts.js'
import { forbiddenImport, forbiddenNames, forbiddenPackage, mayComputeImports } from './zones.js'

/** The files below src: path → text. */
export type Sources = ReadonlyMap<string, string>

/** Every breach of the house's rules among these files, one line each. */
export const violationsIn = (sources: Sources): readonly string[] => {
  const violations: string[] = []
  const graph = new Map<string, readonly string[]>()
  for (const [file, text] of sources) {
    const { specifiers, freeNames, computedImport } = sourceFactsOf(file, text)
    violations.push(...forbiddenNames(file, freeNames))
    if (computedImport && !mayComputeImports(file))
      violations.push(`${file}: an import computes its specifier`)
    const targets: string[] = []
    for (const specifier of specifiers) {
      if (!specifier.startsWith('.')) {
        const reason = forbiddenPackage(file, specifier)
        if (reason !== undefined) violations.push(reason)
        continue
      }
      const path = posix.join(posix.dirname(file), specifier).replace(/\.js$/, '')
      const target = sources.has(`${path}.tsx`) ? `${path}.tsx` : `${path}.ts`
      targets.push(target)
      const reason = sources.has(target)
        ? forbiddenImport(file, target)
        : `${file} → ${specifier}: no such file`
      if (reason !== undefined) violations.push(reason)
    }
    graph.set(file, targets)
  }
  const cycle = cycleIn(graph)
  return cycle === undefined ? violations : [...violations, `cycle: ${cycle.join(' → ')}`]
}

/** One cycle of the graph, its first node repeated at the end. */
const cycleIn = (graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined => {
  const done = new Set<string>()
  const path: string[] = []
  const search = (node: string): readonly string[] | undefined => {
    if (done.has(node)) return undefined
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node]
    path.push(node)
    for (const target of graph.get(node) ?? []) {
      const cycle = search(target)
      if (cycle !== undefined) return cycle
    }
    path.pop()
    done.add(node)
    return undefined
  }
  for (const node of graph.keys()) {
    const cycle = search(node)
    if (cycle !== undefined) return cycle
  }
  return undefined
}
