import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { OutcomeJson } from '../../src/batch.js'
import { Batch } from '../../src/batch.js'
import { defineFunction } from '../../src/functions/define.js'
import { standardLibrary } from '../../src/index.js'

interface Case {
  readonly id: string
  readonly dialect: 'app-provisioning' | 'cloud-sync'
  readonly expression: string
  readonly input: Readonly<Record<string, unknown>>
  readonly expected: unknown
  readonly env?: { readonly now?: string; readonly taken?: readonly string[]; readonly guid?: string }
  readonly flow?: 'ignored'
  readonly errorExpected?: string
  readonly nondeterministic?: boolean
  readonly pattern?: string
}

/** Cases that attrflow answers otherwise, each with the reason. A case that agrees must leave the list. */
const disagreements: Readonly<Record<string, string>> = {}

const path = fileURLToPath(new URL('../../../shared/conformance/cases.json', import.meta.url))
const present = existsSync(path)
const cases = present ? (JSON.parse(readFileSync(path, 'utf8')) as Case[]) : []

const textOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(textOf)
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return String(value)
}

const hasForm = (text: unknown, pattern: string): boolean =>
  typeof text === 'string' && new RegExp(pattern).test(text)

/** Whether an answer is what the case expects; the case that says so in other words counts as agreeing. */
const agrees = (expected: Case, answer: OutcomeJson): boolean => {
  if (expected.errorExpected !== undefined) return answer.outcome === 'error'
  if (expected.flow === 'ignored') return answer.outcome === 'ignoreAttribute'
  if (expected.expected === null) return answer.outcome === 'null'
  if (answer.outcome !== 'value') return false
  if (expected.pattern !== undefined) return hasForm(answer.text, expected.pattern)
  return JSON.stringify(answer.text) === JSON.stringify(textOf(expected.expected))
}

const usual = new Batch()

/** A batch in which Guid gives the one that a case states. */
const withGuid = (guid: string): Batch =>
  new Batch({
    library: standardLibrary.with(
      defineFunction({ ...standardLibrary.get('Guid')!, takesContext: false, evaluate: () => guid }),
    ),
  })

const answerTo = ({ id, expression, input, dialect, env }: Case): OutcomeJson => {
  const batch = env?.guid === undefined ? usual : withGuid(env.guid)
  const request = {
    id,
    expression,
    input,
    dialect: dialect === 'cloud-sync' ? dialect : 'provisioning',
    ...(env?.now === undefined ? {} : { now: env.now }),
    ...(env?.taken === undefined ? {} : { taken: env.taken }),
  }
  return JSON.parse(batch.answer(JSON.stringify(request)).line) as OutcomeJson
}

describe.skipIf(!present)('the documented cases (shared material)', () => {
  it('are there', () => {
    expect(cases.length).toBeGreaterThan(200)
    const ids = new Set(cases.map(({ id }) => id))
    expect(Object.keys(disagreements).filter((id) => !ids.has(id))).toEqual([])
  })

  it.each(cases.map((one) => [one.id, one] as const))('%s', (id, one) => {
    const answer = answerTo(one)
    const reason = Object.hasOwn(disagreements, id) ? disagreements[id] : undefined
    if (reason === undefined) expect(agrees(one, answer), JSON.stringify({ one, answer }, null, 1)).toBe(true)
    else expect(agrees(one, answer), `${id} agrees now; remove it from the list`).toBe(false)
  })
})
