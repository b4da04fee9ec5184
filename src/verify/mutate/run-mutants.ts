import type { FunctionLibrary } from '../../functions/library.js'
import type { Span } from '../../text/span.js'
import { requireList } from '../../values/misuse.js'
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

/** The result of a mutant. `uncovered`: it survived, and no case reaches its place. */
export type MutantStatus = 'killed' | 'survived' | 'uncovered' | 'ignored'

/** A mutant with its result. */
export interface MutantResult {
  readonly mutant: Mutant
  readonly status: MutantStatus
  /** The case that killed it: test file and name. */
  readonly killedBy?: { readonly path: string; readonly name: string }
  /** Why it is ignored. */
  readonly reason?: string
}

/** The case that killed a mutant; null if none did. */
export type Killer = { readonly path: string; readonly name: string } | null

/** The options for running mutants. */
export interface MutantRunOptions {
  readonly library?: FunctionLibrary
  /** The coverage of the cases without a mutant. */
  readonly coverage?: Coverage
  /** The result of an earlier run: the case that killed the mutant, or null; undefined if it must be run. */
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

/** Test files whose referenced files are read once, however many mutants there are. Nothing is written. */
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
      // The attributes that are read determine how an object is shaped.
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
 * Runs the cases against each mutant until one fails. Cases of single expressions are left out, because they
 * do not use the schema. The cases must pass without a mutant.
 */
export const runMutants = async function* (
  mutants: readonly Mutant[],
  tests: readonly MutantTest[],
  { library, coverage, known }: MutantRunOptions = {},
): AsyncGenerator<MutantResult> {
  requireList(mutants, 'mutants')
  requireList(tests, 'tests')
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
