import type { FunctionLibrary } from '../../functions/library.js'
import type { Span } from '../../text/span.js'
import type { Coverage } from '../coverage.js'
import { runTestFile, type TestFiles } from '../run-test-file.js'
import type { TestFile } from '../test-file.js'
import type { Mutant } from './mutants.js'

/** A test file of the mutated schema. */
export interface MutantTest {
  readonly path: string
  readonly file: TestFile
  readonly files: TestFiles
}

/** What became of a mutant. `uncovered`: it survived, and no case reaches its place. */
export type MutantStatus = 'killed' | 'survived' | 'uncovered' | 'ignored'

/** A mutant and what the tests did to it. */
export interface MutantResult {
  readonly mutant: Mutant
  readonly status: MutantStatus
  /** The case that killed it: test file and name. */
  readonly killedBy?: { readonly path: string; readonly name: string }
  /** Why it is ignored. */
  readonly reason?: string
}

/** The case that killed a mutant; null when none did. */
export type Killer = { readonly path: string; readonly name: string } | null

/** How mutants are run. */
export interface MutantRunOptions {
  readonly library?: FunctionLibrary
  /** What the cases reach without a mutant. */
  readonly coverage?: Coverage
  /** What is known of a mutant from earlier runs: the case that killed it, or null; undefined when it has to be run. */
  readonly known?: (mutant: Mutant) => Killer | undefined
}

const inside = (inner: Span, outer: Span | undefined): boolean =>
  outer !== undefined && inner.start >= outer.start && inner.end <= outer.end

const isUncovered = ({ where, span }: Mutant, coverage: Coverage | undefined): boolean =>
  span !== undefined &&
  (coverage?.points ?? []).some(
    ({ where: target, hits, decision, span: way }) =>
      target === where && hits === 0 && decision.kind !== 'match' && inside(span, way),
  )

/** Test files whose files are read once, however many mutants there are. Nothing is written. */
const readOnce = (files: TestFiles): TestFiles => {
  const texts = new Map<string, ReturnType<TestFiles['read']>>()
  const entries = new Map<string, ReturnType<TestFiles['entries']>>()
  return {
    read: (path) => {
      const known = texts.get(path) ?? files.read(path)
      texts.set(path, known)
      return known
    },
    entries: (path, compiled) => {
      // Which attributes are read decides how an object is shaped.
      const key = [path, ...compiled.unit.inputs.map(({ name }) => name)].join('\u0000')
      const known = entries.get(key) ?? files.entries(path, compiled)
      entries.set(key, known)
      return known
    },
    filesIn: (path) => files.filesIn(path),
    write: async () => {},
  }
}

/**
 * Runs the cases against each mutant until one fails. Cases of single expressions are left out: they do not look at the
 * schema. The cases have to pass without a mutant.
 */
export const runMutants = async function* (
  mutants: readonly Mutant[],
  tests: readonly MutantTest[],
  { library, coverage, known }: MutantRunOptions = {},
): AsyncGenerator<MutantResult> {
  const reasons = new Map(
    tests.flatMap(({ file }) => (file.ignoredMutants ?? []).map(({ id, reason }) => [id, reason] as const)),
  )
  const runs = tests.map(({ path, file, files }) => ({
    path,
    file: { ...file, cases: file.cases.filter(({ expression }) => expression === undefined) },
    files: readOnce(files),
  }))
  const killerOf = async ({ schema }: Mutant): Promise<MutantResult['killedBy']> => {
    for (const { path, file, files } of runs) {
      const options = { files, schema, ...(library === undefined ? {} : { library }) }
      for await (const { status, name } of runTestFile(file, options))
        if (status === 'failed') return { path, name }
    }
    return undefined
  }
  for (const mutant of mutants) {
    const reason = reasons.get(mutant.id)
    if (reason !== undefined) {
      yield { mutant, status: 'ignored', reason }
      continue
    }
    const earlier = known?.(mutant)
    const killedBy = earlier === undefined ? await killerOf(mutant) : (earlier ?? undefined)
    if (killedBy !== undefined) yield { mutant, status: 'killed', killedBy }
    else yield { mutant, status: isUncovered(mutant, coverage) ? 'uncovered' : 'survived' }
  }
}
