import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  acceptedProblem,
  acceptingLine,
  changeDigest,
  diffPage,
  reviewChanges,
  type SchemaChange,
} from '../../src/verify/index.js'
import { attrflow, temporaryDirectory } from '../cli/harness.js'
import { schemaOf } from '../plan/codegen/mapping-of.js'

const change = (more: Partial<SchemaChange> = {}): SchemaChange => ({
  path: 'User → User / userName',
  what: 'matchingPriority',
  before: 1,
  after: 2,
  criticality: 'breaking',
  reason: 'objects may be matched to other accounts, or not at all',
  ...more,
})

const accept = (one: SchemaChange, until?: string) => ({
  path: one.path,
  what: one.what,
  change: changeDigest(one),
  reason: 'agreed',
  ...(until === undefined ? {} : { until }),
})

describe('accepted changes', () => {
  it('hold for the very change, and for no other of the same place', () => {
    const looked = change()
    expect(reviewChanges([looked], [accept(looked)], '2026-01-01')).toMatchObject({ open: [], unused: [] })
    const another = change({ after: 3 })
    expect(reviewChanges([another], [accept(looked)], '2026-01-01')).toMatchObject({
      open: [another],
      unused: [{ what: 'matchingPriority' }],
    })
  })

  it('hold up to their last day', () => {
    const looked = change()
    const entry = accept(looked, '2026-03-01')
    expect(reviewChanges([looked], [entry], '2026-03-01').open).toEqual([])
    expect(reviewChanges([looked], [entry], '2026-03-02')).toMatchObject({ open: [looked], expired: [entry] })
  })

  it.each([
    [{}, 'it must be a list'],
    [[1], 'entry 1 is not an object'],
    [[{ path: 'a', what: 'b', change: 'c' }], 'entry 1 needs reason'],
    [[{ path: 'a', what: 'b', change: 'c', reason: 'd', until: 'soon' }], 'until of entry 1 must be a day'],
  ])('are refused when malformed: %j', (value, message) => {
    expect(acceptedProblem(value)).toContain(message)
  })

  it('are written by a line that is printed', () => {
    expect(acceptingLine(change())).toMatch(
      /^- \{ path: "User → User \/ userName", what: "matchingPriority", change: "[0-9a-f]{16}", reason: "…" \}$/,
    )
  })
})

describe('the page of a comparison', () => {
  it('shows what schemas and objects hold as text', () => {
    const hostile = '</pre><script>alert(1)</script>\u202e'
    const page = diffPage({
      verdict: hostile,
      exceeded: [],
      changes: [change({ path: hostile, before: hostile, after: { a: hostile } })],
      effect: {
        objects: 2,
        affected: 1,
        attributes: [
          {
            attribute: hostile,
            changed: 1,
            toNull: 0,
            fromNull: 0,
            missed: 0,
            pairs: [{ before: hostile, after: null, count: 1, samples: [hostile] }],
          },
        ],
        tags: { deleted: { count: 1, objects: [hostile] } },
      },
    })
    expect(page).not.toContain('<script')
    expect(page).not.toContain('\u202e')
    expect(page).toContain('are deleted with NEW and were not with OLD')
  })
})

it('entries for exceeded limits are not called unused when there is no population', async () => {
  const folder = temporaryDirectory()
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  write('old.json', JSON.stringify(schemaOf([{ target: 't', expression: '[x]' }])))
  write('users.ndjson', '{"x":"a"}\n')
  const entry = (path: string): string =>
    `- { path: "${path}", what: changed, change: "0000000000000000", reason: agreed }\n`
  write('accepted.yaml', entry('effect') + entry('User'))
  const diff = (...more: readonly string[]) =>
    attrflow(['diff', 'old.json', 'old.json', '--accepted', 'accepted.yaml', ...more], { directory: folder })
  const unused = 'accepted, but no longer among the changes'
  expect((await diff()).err).toBe(`${unused}: User: changed\n`)
  expect((await diff('--source', 'users.ndjson')).err).toContain(`${unused}: effect: changed\n`)
})
