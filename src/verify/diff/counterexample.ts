import { filterSetNames } from '../../filter/resolve.js'
import type { CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import { mapObject } from '../../mapping/map-object.js'
import type { MapRequest } from '../../mapping/mapped-object.js'
import type { FilterClause, ObjectMapping } from '../../schema/model.js'
import { visit } from '../../syntax/walk.js'
import type { CoveragePoint } from '../coverage.js'
import { CoverageGatherer } from '../coverage-gatherer.js'
import { generateObjects } from '../generate.js'
import { EffectGatherer, type MappingEffect } from './effect.js'

type SourceObject = Readonly<Record<string, unknown>>

/** What a search for an object that OLD and NEW treat differently came to. Plain data. */
export interface CounterexampleSearch {
  /** How many objects were tried. */
  readonly tried: number
  /** The smallest object found; undefined if every one of them was treated alike. */
  readonly counterexample?: {
    readonly input: SourceObject
    readonly operation: 'create' | 'update'
    /** What NEW does to it and OLD does not. */
    readonly effect: MappingEffect
  }
  /** Without a counterexample: the branches and clauses of NEW that no object reached. */
  readonly unreached: readonly CoveragePoint[]
}

/** How a search is limited. */
export interface SearchOptions {
  /** The most objects that are tried. Default 4000. */
  readonly tries?: number
  /** The same seed tries the same objects. Default 1. */
  readonly seed?: number
  /** Compiles NEW with an instrument, so that the branches can be named that no object reached. */
  readonly instrumented?: (gatherer: CoverageGatherer) => CompiledObjectMapping
}

const operations = ['create', 'update'] as const

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

const ofLength = (length: number): string => LETTERS.repeat(Math.ceil(length / 26)).slice(0, length)

const swappedCase = (text: string): string =>
  text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()

/** Texts near a constant or pattern: itself, with other case, longer at either end, and without its anchors. */
const near = (text: string): readonly string[] => {
  const plain = text.replace(/^\^|\$$/g, '').replace(/\\(.)/g, '$1')
  return [text, plain, swappedCase(plain), `${plain}x`, `x${plain}`, `x${plain}x`, plain.slice(0, -1)]
}

/** The clauses of all filter sets of a scope. */
const clausesOf = ({ scope }: ObjectMapping): readonly FilterClause[] =>
  filterSetNames.flatMap((name) => scope?.[name] ?? []).flatMap(({ clauses }) => clauses)

/** Values worth trying for each attribute: what the expressions and clauses of a mapping that read it mention. */
const candidatesOf = (
  mappings: readonly CompiledObjectMapping[],
): ReadonlyMap<string, readonly unknown[]> => {
  const found = new Map<string, Set<unknown>>()
  const note = (attribute: string, values: readonly unknown[]): void => {
    const known = found.get(attribute) ?? new Set<unknown>()
    for (const value of values) known.add(value)
    found.set(attribute, known)
  }
  for (const { attributes, objectMapping, unit } of mappings) {
    for (const { name } of unit.inputs)
      note(name, [undefined, '', 'Ää', 'two words', 'TRUE', true, false, 0, '7', 'a@example.org', ['a', 'b']])
    for (const { analyzed } of attributes) {
      if (analyzed === undefined) continue
      const values: unknown[] = []
      visit(analyzed.expression, (node) => {
        if (node.type === 'StringLiteral') values.push(...near(node.value))
        if (node.type !== 'IntegerLiteral' || node.value > 1000n) return
        const length = Number(node.value)
        for (const one of [length - 1, length, length + 1])
          if (one >= 0) values.push(ofLength(one), one, String(one))
      })
      for (const name of analyzed.attributes) note(name, values)
    }
    for (const { sourceOperandName, targetOperand } of clausesOf(objectMapping))
      for (const value of targetOperand?.values ?? []) {
        const border = /^-?\d{1,9}$/.test(value) ? [Number(value), Number(value) + 1, Number(value) - 1] : []
        note(sourceOperandName, [...near(value), ...border])
      }
  }
  return new Map([...found].map(([name, values]) => [name, [...values]]))
}

const withValue = (object: SourceObject, name: string, value: unknown): SourceObject => {
  const { [name]: _old, ...rest } = object
  return value === undefined ? rest : { ...rest, [name]: value }
}

/** The source attributes that the parts read in which the sides differ. */
const concerned = (before: CompiledObjectMapping, after: CompiledObjectMapping): ReadonlySet<string> => {
  const expressions = ({ attributes }: CompiledObjectMapping): ReadonlySet<string> =>
    new Set(attributes.map(({ mapping, expression }) => `${mapping.targetAttributeName} ${expression}`))
  const [old, now] = [expressions(before), expressions(after)]
  const found = new Set<string>()
  for (const { attributes } of [before, after])
    for (const { mapping, expression, analyzed } of attributes) {
      const text = `${mapping.targetAttributeName} ${expression}`
      if (!old.has(text) || !now.has(text)) for (const name of analyzed?.attributes ?? []) found.add(name)
    }
  if (JSON.stringify(before.objectMapping.scope) !== JSON.stringify(after.objectMapping.scope))
    for (const { objectMapping } of [before, after])
      for (const { sourceOperandName } of clausesOf(objectMapping)) found.add(sourceOperandName)
  return found
}

/**
 * The objects that are tried: generated ones for both sides; then those that a side creates, with one attribute at a time
 * set to each value worth trying, beginning with the attributes that the differing parts read.
 */
const objectsToTry = function* (
  before: CompiledObjectMapping,
  after: CompiledObjectMapping,
  seed: number,
  tries: number,
): Generator<SourceObject> {
  yield {}
  const count = Math.ceil(tries / 8)
  const bases: SourceObject[] = []
  const [old, now] = [
    generateObjects(before, { count, seed }),
    generateObjects(after, { count, seed: seed + 1 }),
  ]
  for (const generated of old) {
    const other = now.next()
    for (const object of [generated, { ...(other.done === true ? {} : other.value), ...generated }]) {
      yield object
      if ([before, after].some((side) => mapObject(side, object).outcome === 'create')) bases.push(object)
    }
  }
  const first = concerned(before, after)
  const candidates = [...candidatesOf([before, after])].sort(
    ([a], [b]) => Number(first.has(b)) - Number(first.has(a)),
  )
  for (const base of bases)
    for (const [name, values] of candidates) for (const value of values) yield withValue(base, name, value)
}

/** Smaller values in the place of one, the smallest first. */
const smaller = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value))
    return [value[0], ...value.map((_, index) => value.filter((__, other) => other !== index))]
  if (typeof value !== 'string' || value.length < 2) return []
  return ['', 'a', value.slice(0, Math.floor(value.length / 2)), value.slice(0, -1), value.slice(1)]
}

/** Takes away what the difference does not need, until nothing more can go. */
const shrink = (object: SourceObject, differs: (object: SourceObject) => boolean): SourceObject => {
  let current = object
  for (let changed = true, rounds = 0; changed && rounds < 200; rounds++) {
    changed = false
    for (const [name, value] of Object.entries(current))
      for (const one of [undefined, ...smaller(value)]) {
        const next = withValue(current, name, one)
        if (!differs(next)) continue
        current = next
        changed = true
        break
      }
  }
  return current
}

/**
 * Searches for an object that OLD and NEW treat differently, as a new object of the target or as one that is there.
 * What it finds always differs when both sides are applied to it; finding nothing is no proof that both are the same.
 */
export const searchCounterexample = (
  before: CompiledObjectMapping,
  after: CompiledObjectMapping,
  { tries = 4000, seed = 1, instrumented }: SearchOptions = {},
): CounterexampleSearch => {
  const effectOn = (object: SourceObject, operation: 'create' | 'update'): MappingEffect => {
    const request: MapRequest = { operation }
    const gatherer = new EffectGatherer(before, after, { request })
    gatherer.add(object, 1)
    return gatherer.effect()
  }
  const gatherer = instrumented === undefined ? undefined : new CoverageGatherer()
  const counted = gatherer === undefined ? undefined : instrumented?.(gatherer)
  let tried = 0
  for (const object of objectsToTry(before, after, seed, tries)) {
    if (tried >= tries) break
    tried++
    if (counted !== undefined) gatherer?.add(counted, mapObject(counted, object))
    const operation = operations.find((one) => effectOn(object, one).affected > 0)
    if (operation === undefined) continue
    const input = shrink(object, (one) => effectOn(one, operation).affected > 0)
    return { tried, counterexample: { input, operation, effect: effectOn(input, operation) }, unreached: [] }
  }
  const unreached = gatherer?.coverage().points.filter(({ hits }) => hits === 0) ?? []
  return { tried, unreached }
}
