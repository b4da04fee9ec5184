import type { CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import { exactJson } from '../../values/exact-json.js'
import { readAttribute } from '../../values/record.js'
import type { Mutant } from './mutants.js'
import type { Killer, MutantTest } from './run-mutants.js'
import { shortHash } from './short-hash.js'

/** The results of earlier runs, by key. Plain data. */
export interface CachedMutants {
  readonly version: 1
  readonly killers: Readonly<Record<string, Killer>>
}

/** Twenty digits from two sums of ten, so that a collision is unlikely. */
const digest = (text: string): string => shortHash(text) + shortHash(`second ${text}`)

/** The text of the cases of tests, including the files that they name. */
const testsText = async (
  tests: readonly MutantTest[],
  compiled: CompiledObjectMapping,
): Promise<readonly unknown[]> => {
  const found: unknown[] = []
  for (const { path, file, files } of tests) {
    const { ignoredMutants: _mutants, ignoredBranches: _branches, ...rest } = file
    const cases = file.cases.filter(({ expression }) => expression === undefined)
    found.push(path, { ...rest, cases })
    for (const { source, snapshot } of cases) {
      if (source === undefined) continue
      const names = snapshot === undefined ? undefined : await files.filesIn(source)
      for (const name of names ?? [undefined]) {
        found.push(name, await files.entries(name === undefined ? source : `${source}/${name}`, compiled))
        if (snapshot !== undefined)
          found.push(await files.read(name === undefined ? snapshot : `${snapshot}/${name}.ndjson`))
      }
    }
  }
  return found
}

const isKiller = (one: unknown): one is Killer =>
  one === null ||
  (typeof one === 'object' &&
    ['path', 'name'].every((name) => typeof readAttribute(one ?? {}, name) === 'string'))

/** Reads a file of cached results; undefined if it is not one. Never throws. */
export const readCachedMutants = (text: string): CachedMutants | undefined => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const killers: unknown = readAttribute(value, 'killers')
  if (readAttribute(value, 'version') !== 1 || typeof killers !== 'object' || killers === null)
    return undefined
  return Object.values(killers).every(isKiller)
    ? { version: 1, killers: killers as CachedMutants['killers'] }
    : undefined
}

/**
 * The cache keys of mutants of one object mapping: equal keys have equal results. The key of a mutant of an
 * attribute covers its mapping, the scope, the matching attributes, the definitions of the directories and
 * the tests, so edits of other attributes keep it; the key of any other mutant covers the whole object
 * mapping.
 * @param environment what else the results depend on, such as the version and the settings
 */
export const mutantKeys = async (
  compiled: CompiledObjectMapping,
  tests: readonly MutantTest[],
  environment: readonly unknown[],
): Promise<(mutant: Mutant) => string> => {
  const { schema, rule, objectMapping, settings, dialect, attributes, matching } = compiled
  const { objectMappings: _others, ...ruleItself } = rule
  const { attributeMappings, ...around } = objectMapping
  const common = digest(
    exactJson([
      environment,
      settings,
      dialect,
      schema.directories,
      ruleItself,
      around,
      matching.map((index) => attributes[index]?.mapping),
      await testsText(tests, compiled),
    ]),
  )
  const whole = digest(exactJson(attributeMappings))
  return ({ id, where }) => {
    const own = attributeMappings.filter(({ targetAttributeName }) => targetAttributeName === where)
    return digest([common, id, own.length === 0 ? whole : exactJson(own)].join('\u0000'))
  }
}
