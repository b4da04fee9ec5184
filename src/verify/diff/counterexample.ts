import type { CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import { mapObject } from '../../mapping/map-object.js'
import type { MappedObject } from '../../mapping/mapped-object.js'
import { requireMapping } from '../../mapping/mapping-plan.js'
import type { CoveragePoint } from '../coverage.js'
import { generateObjects } from '../generate.js'
import { candidatesOf, clausesOf, commonValues, swappedCase } from './candidate-values.js'
import { EffectGatherer, type MappingEffect } from './effect.js'
import { repaired } from './repair.js'
import { shrink } from './shrink.js'
import { type SourceObject, withValue } from './source-object.js'
import { type InstrumentedSide, Steering } from './steering.js'
import { selectionsDiffer, TakenCandidates } from './unique-candidates.js'

/** The result of a search for an object that OLD and NEW treat differently. Plain data. */
export interface CounterexampleSearch {
  /** How many objects were tried. */
  readonly tried: number
  /** The smallest object found; undefined if all were treated alike. */
  readonly counterexample?: {
    readonly input: SourceObject
    readonly operation: Operation
    /** The name of the object mapping, if several were searched. */
    readonly mapping?: string
    /** The time of the comparison, ISO 8601, if the effect depends on it. */
    readonly now?: string
    /** The candidates of SelectUniqueValue that are taken in the target, if the effect depends on it. */
    readonly taken?: readonly string[]
    /** What NEW does to it and OLD does not. */
    readonly effect: MappingEffect
  }
  /** Without a counterexample: the branches and clauses of NEW that no object reached. */
  readonly unreached: readonly CoveragePoint[]
}

/** The limits of a search. */
export interface SearchOptions {
  /** The most objects to try. Default 4000. */
  readonly tries?: number
  /** The same seed tries the same objects. Default 1. */
  readonly seed?: number
  /** The clock of both sides. Default: now. */
  readonly now?: Date
  /**
   * Compiles OLD and NEW with an instrument: then the search aims at branches that no object has reached, and
   * names those that remain.
   */
  readonly instrumented?: { readonly before: InstrumentedSide; readonly after: InstrumentedSide }
}

const operations = ['create', 'update'] as const

type Operation = (typeof operations)[number]

/** Half a century and some days, hours, minutes, seconds and milliseconds: no part of a later clock is the same. */
const ODD_TIME = 1_586_412_345_678

/** How many objects get each value of the attributes that the differing parts read. */
const FEW = 12

/** Failing objects are repaired only while fewer objects than this are created. */
const ENOUGH = 20

/** The source attributes that are read by the parts in which the sides differ. */
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

/** The most attributes of which pairs are tried. */
const MOST_RELATED = 6

/** Objects in which two attributes have the same text, or the same but for its case. */
const alike = function* (base: SourceObject, all: ReadonlySet<string>): Generator<SourceObject> {
  const names = [...all].slice(0, MOST_RELATED)
  const texts = commonValues.filter((value) => typeof value === 'string')
  for (const [index, one] of names.entries())
    for (const other of names.slice(index + 1))
      for (const text of texts)
        for (const last of new Set([text, swappedCase(text)])) yield { ...base, [one]: text, [other]: last }
}

/**
 * The objects to try: generated ones for both sides; those that coverage suggests; then those that a side
 * creates, with one attribute at a time set to each value to try, first the attributes that the differing parts
 * read.
 */
const objectsToTry = function* (
  before: CompiledObjectMapping,
  after: CompiledObjectMapping,
  seed: number,
  tries: number,
  now: Date,
  steering: Steering | undefined,
): Generator<SourceObject> {
  yield {}
  const count = Math.ceil(tries / 8)
  const bases: SourceObject[] = []
  const failing: SourceObject[] = []
  const endsAs = (outcome: MappedObject['outcome']) => (object: SourceObject) =>
    [before, after].some((side) => mapObject(side, object).outcome === outcome)
  const [isCreated, isFailing] = [endsAs('create'), endsAs('error')]
  const others = generateObjects(after, { count, seed: seed + 1 })
  for (const generated of generateObjects(before, { count, seed })) {
    const other = others.next()
    for (const object of [generated, { ...(other.done === true ? {} : other.value), ...generated }]) {
      yield object
      if (isCreated(object)) bases.push(object)
      else if (failing.length < ENOUGH && isFailing(object)) failing.push(object)
    }
  }
  for (const object of failing.slice(0, Math.max(0, ENOUGH - bases.length))) {
    const next = repaired(after, repaired(before, object))
    yield next
    if (isCreated(next)) bases.push(next)
  }
  if (steering !== undefined) yield* steering.objects()
  const first = concerned(before, after)
  const candidates = [...candidatesOf([before, after], now)]
  const single = function* (of: readonly SourceObject[], isConcerned: boolean): Generator<SourceObject> {
    for (const base of of)
      for (const [name, values] of candidates)
        if (first.has(name) === isConcerned) for (const value of values) yield withValue(base, name, value)
  }
  // Objects that reached a branch first come before others: in other objects the branch is not evaluated.
  const all = [...(steering?.firsts ?? []).filter(isCreated), ...bases]
  yield* single(all.slice(0, 2), true)
  for (const base of all.slice(0, 2)) yield* alike(base, first)
  yield* single(all.slice(2, FEW), true)
  yield* single(bases, false)
}

/**
 * Searches for an object that OLD and NEW treat differently, as a new object of the target or as an existing
 * one. A result always differs when both sides are applied to it; finding none does not prove that both are
 * equal.
 */
export const searchCounterexample = (
  before: CompiledObjectMapping,
  after: CompiledObjectMapping,
  { tries = 4000, seed = 1, now = new Date(), instrumented }: SearchOptions = {},
): CounterexampleSearch => {
  requireMapping(before)
  requireMapping(after)
  const candidates = new TakenCandidates()
  const unique = selectionsDiffer(before, after) ? { isTaken: candidates.isTaken } : {}
  const gathererFor = (operation: Operation, clock = now): EffectGatherer =>
    new EffectGatherer(before, after, { request: { operation, context: { now: clock, ...unique } } })
  const differs = (object: SourceObject, gatherer: EffectGatherer): boolean =>
    candidates.some(() => gatherer.add(object, 1) !== undefined)
  const effectOf = (input: SourceObject, operation: Operation, clock = now): MappingEffect => {
    const gatherer = gathererFor(operation, clock)
    gatherer.add(input, 1)
    return gatherer.effect()
  }
  const gatherers = operations.map((operation) => ({ operation, gatherer: gathererFor(operation) }))
  const steering =
    instrumented === undefined ? undefined : new Steering(now, instrumented.before, instrumented.after)
  const failing: SourceObject[] = []
  let tried = 0
  for (const object of objectsToTry(before, after, seed, tries, now, steering)) {
    if (tried >= tries) break
    tried++
    // Objects that fail on both sides are recorded last: the search must not start from them.
    if ([before, after].some((side) => mapObject(side, object).outcome !== 'error')) steering?.note(object)
    else failing.push(object)
    const found = gatherers.find(({ gatherer }) => differs(object, gatherer))
    if (found === undefined) continue
    const { operation } = found
    const input = shrink(object, (one) => differs(one, found.gatherer))
    // The last object that shrink tried need not be the smallest one: find the candidates taken for that.
    differs(input, found.gatherer)
    const { taken } = candidates
    const effect = effectOf(input, operation)
    const later = effectOf(input, operation, new Date(now.getTime() + ODD_TIME))
    const timed = JSON.stringify(later) === JSON.stringify(effect) ? {} : { now: now.toISOString() }
    const asked = taken.length === 0 ? {} : { taken }
    return { tried, counterexample: { input, operation, ...timed, ...asked, effect }, unreached: [] }
  }
  for (const object of failing) steering?.note(object)
  return { tried, unreached: steering?.unreached() ?? [] }
}
