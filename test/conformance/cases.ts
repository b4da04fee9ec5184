import { readdirSync, readFileSync } from 'node:fs'
import { readJson } from '../../src/batch.js'
import type { SettingsInput, SourceRecord } from '../../src/index.js'

/** What every case states, whatever it is about. */
interface Stated {
  readonly id: string
  /** The rule that the expected answer follows from. */
  readonly rule: string
  readonly settings?: SettingsInput
  readonly note?: string
}

/** An expression and what it comes to. */
export interface ExpressionCase extends Stated {
  readonly expression: string
  readonly dialect?: 'provisioning' | 'cloud-sync'
  readonly input?: SourceRecord
  readonly now?: string
  readonly taken?: readonly string[]
  readonly expected?: unknown
  readonly outcome?: 'null' | 'ignoreAttribute' | 'ignoreObject'
  readonly error?: string
  readonly pattern?: string
  readonly canonical?: string
  readonly warning?: string
}

type Json = Readonly<Record<string, unknown>>

/** A scoping filter and whether an object passes. */
export interface FilterCase extends Stated {
  readonly filter: Json | null
  readonly object: SourceRecord
  readonly verdict: boolean | 'error'
}

/** Attribute mappings, applied to one object. */
export interface MappingCase extends Stated {
  readonly mappings: readonly Json[]
  readonly sourceAttributes?: readonly Json[]
  readonly targetAttributes?: readonly Json[]
  readonly scope?: Json
  readonly operation: 'create' | 'update'
  /** The object of the target as it is. */
  readonly current?: Readonly<Record<string, unknown>>
  readonly object: SourceRecord
  readonly outcome: string
  readonly reason?: string
  readonly flows?: Readonly<Record<string, unknown>>
  readonly held?: Readonly<Record<string, string>>
  readonly error?: string
}

const folder = new URL('cases/', import.meta.url)

/** The names of the files, without ending. */
const topics: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace(/\.json$/, ''))

/** The cases of a file. */
const load = <Case extends Stated>(topic: string): readonly Case[] =>
  readJson(readFileSync(new URL(`${topic}.json`, folder), 'utf8')) as readonly Case[]

/** The files that hold expressions. */
export const expressionTopics: readonly string[] = topics.filter(
  (topic) => topic !== 'filters' && topic !== 'mappings',
)

export const expressionCases = (topic: string): readonly ExpressionCase[] => load(topic)
export const filterCases: readonly FilterCase[] = load('filters')
export const mappingCases: readonly MappingCase[] = load('mappings')
