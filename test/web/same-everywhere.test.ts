import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ProvisioningResult } from '../../src/graph/index.js'
import { compileObjectMapping } from '../../src/mapping/index.js'
import { readSchema } from '../../src/schema/index.js'
import { objectStory } from '../../src/views/index.js'
import { Session } from '../../src/web/session.js'
import { readUsers } from '../../src/web/users.js'
import { attrflow } from '../cli/harness.js'

const read = (name: string): string =>
  readFileSync(new URL(`../../docs/examples/${name}`, import.meta.url), 'utf8')

const actions = {
  create: 'Create',
  update: 'Update',
  disable: 'Disable',
  delete: 'Delete',
  skip: 'Other',
  error: 'Other',
} as const

/** A value of a story as a step of Graph writes it, where everything is text and null has none. */
const inStep = (value: string): string | null => {
  if (value === 'null') return null
  if (value.startsWith('"')) return JSON.parse(value) as string
  if (!value.startsWith('[')) return value
  const elements = JSON.parse(value) as unknown[]
  return elements.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(';')
}

describe.each([
  ['entra-to-scim.schema.json', 'users.ndjson'],
  ['workday-to-ad.schema.json', 'workers.ndjson'],
])('%s', (schemaName, usersName) => {
  it('gives one result on the page, on the command line and in the library', async () => {
    const { schema } = readSchema(read(schemaName))
    const rule = schema!.synchronizationRules[0]!
    const compiled = compileObjectMapping(schema!, rule, rule.objectMappings[0]!)
    const bytes = new TextEncoder().encode(read(usersName))
    const { records } = await readUsers(bytes, usersName, compiled)
    const session = new Session()
    await session.schema(read(schemaName), schemaName)
    await session.users(bytes, usersName)
    expect(records.length).toBeGreaterThan(3)
    for (const [index, record] of records.entries()) {
      const story = objectStory(compiled, record)
      expect(structuredClone(session.story(index)), `object ${index}`).toEqual(story)
      const args = ['explain', schemaName, '--source', usersName, '--line', String(index + 1)]
      const json = await attrflow([...args, '--json'], { directory: 'docs/examples' })
      const { value } = JSON.parse(json.out) as ProvisioningResult
      expect(value.action).toBe(actions[story.outcome])
      expect(value.reportableIdentifier ?? 'object').toBe(story.title)
      const present = story.imported.filter((one) => one.present)
      expect(value.provisioningSteps[0]!.details).toEqual(
        // A list without elements is an empty text, and a step leaves those out.
        Object.fromEntries(
          present.filter(({ value: text }) => text !== '[]').map((one) => [one.name, inStep(one.value)]),
        ),
      )
      const flowing = story.attributes.filter(({ after }) => after !== undefined)
      expect(value.modifiedProperties.map(({ displayName, newValue }) => [displayName, newValue])).toEqual(
        story.outcome === 'error' ? [] : flowing.map(({ target, after }) => [target, inStep(after!)]),
      )
      const text = await attrflow(args, { directory: 'docs/examples' })
      for (const { name } of present) expect(text.out).toContain(name)
      if (story.reason !== 'ImportSkipped')
        for (const { target } of story.attributes) expect(text.out).toContain(`${target} ←`)
    }
  })
})
