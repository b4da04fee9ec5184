import { describe, expect, it } from 'vitest'
import { planPage } from '../../src/cli/job/plan-page.js'
import { type ReadChange, readPlan } from '../../src/cli/job/plan-reading.js'
import { planView } from '../../src/cli/job/plan-view.js'
import { styleFor } from '../../src/cli/style.js'
import type { Plan, PlannedChange } from '../../src/provision/plan.js'

const plain = styleFor({ isTTY: false, columns: undefined, write: async () => {} }, {}, 'never')
const kind = 'urn:ietf:params:scim:schemas:core:2.0:User'
const change = (more: Partial<PlannedChange>): PlannedChange => ({
  action: 'update',
  kind,
  sourceId: 's1',
  targetId: 't1',
  reason: 'why',
  values: [],
  ...more,
})
const planOf = (...changes: readonly PlannedChange[]): Plan =>
  ({ changes, problems: [], leftOut: [], quarantine: null, failure: null }) as never

const created = change({
  action: 'create',
  targetId: 'planned:1',
  values: [{ attribute: 'displayName', after: 'Ada <b>\u001b[31m' }],
})

/** The changes in the order of the views. */
const changesOf = (plan: Plan): readonly ReadChange[] =>
  readPlan(plan).actions.flatMap(({ changes }) => changes)

describe('the changes of a plan', () => {
  it('call an object that the plan creates by its name, wherever it stands', () => {
    const plan = planOf(
      created,
      change({ targetId: 'planned:1', values: [{ attribute: 'title', after: 'T' }] }),
      change({ values: [{ attribute: 'manager', before: 'x', after: 'planned:1' }] }),
      change({ action: 'members', kind: 'Group', added: ['planned:1', 't9'], removed: ['t8'] }),
    )
    const ada = 'Ada <b>\u001b[31m'
    expect(changesOf(plan)).toMatchObject([
      { kind: 'User', name: ada, values: [{ before: undefined, after: JSON.stringify(ada) }] },
      { name: ada, values: [{ before: undefined, after: '"T"' }] },
      { name: undefined, values: [{ before: '"x"', after: `the new ${ada}` }] },
      { kind: 'Group', added: [`the new ${ada}`, 't9'], removed: ['t8'] },
    ])
  })

  it('say where the old value is not known, and fall back to the identifier', () => {
    const plan = planOf(
      { ...created, values: [] },
      change({ values: [{ attribute: 'manager', after: 'planned:1' }] }),
    )
    expect(changesOf(plan)[1]!.values).toEqual([
      { attribute: 'manager', before: 'unknown', after: 'the new s1' },
    ])
  })

  it('reach terminal and page escaped', () => {
    const text = planView(planOf(created), plain)
    expect(text).toContain('+ create User Ada <b>')
    expect(text).not.toContain('\u001b')
    const page = planPage(planOf(created))
    expect(page).toContain('Ada &lt;b&gt;')
    expect(page).not.toContain('Ada <b>')
  })
})
