import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/diagnostics/catalogue.js'
import { diagnosticReference } from '../../src/diagnostics/reference.js'
import { Shaper, shapes } from '../../src/sources/index.js'
import { foundIn, probedAttributes, probeOf } from '../../src/sources/probe.js'
import { shapeReference } from '../../src/sources/reference.js'
import { attrflow, jsonLines } from '../cli/harness.js'

const page = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')
const directory = fileURLToPath(new URL('../fixtures/held/', import.meta.url))

describe('docs/previewing.md', () => {
  it.each([
    ['a schema of Graph, a page of Graph', 'app.schema.json', 'page.min.json'],
    ['a schema of Graph, users of Graph PowerShell', 'app.schema.json', 'mguser.json'],
    ['a schema of Graph PowerShell', 'sdk-pascal.schema.json', 'page.pretty.json'],
    ['an upload', 'api.schema.json', 'bulk.json'],
    ['a Workday report', 'hr.schema.json', 'raas.json'],
    ['UTF-16', 'hr.schema.json', 'hr.utf16.csv'],
  ])('leads to a preview: %s', async (_what, schema, users) => {
    const { out, code } = await attrflow(['map', schema, '--source', users, '--json'], { directory })
    const objects = jsonLines<{ attributes?: object; summary?: object }>(out).slice(0, -1)
    expect(objects.length).toBeGreaterThan(0)
    // A worker who has left is skipped; of the others something flows.
    expect(objects.some(({ attributes }) => Object.keys(attributes!).length > 0)).toBe(true)
    expect(code).toBe(0)
  })

  it('names commands that exist', async () => {
    for (const [, command] of page('previewing.md').matchAll(/^attrflow (\w+)/gm))
      expect((await attrflow([command!, '--help'])).code).toBe(0)
  })
})

describe('generated pages', () => {
  it('are those of the declarations', () => {
    expect(page('shapes.md')).toBe(shapeReference())
    expect(page('diagnostics.md')).toBe(diagnosticReference())
  })

  it('have every code', () => {
    for (const code of Object.keys(catalogue)) expect(page('diagnostics.md')).toContain(`### ${code}\n`)
  })

  it.each(
    shapes.filter(({ name }) => probeOf(name) !== undefined).map((shape) => [shape.name, shape] as const),
  )('say where all is found that an object of %s has', (name, shape) => {
    const probe = probeOf(name)!
    const leaves = (value: unknown): readonly string[] =>
      typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [String(value)]
    expect(shapes.find(({ recognise }) => recognise(probe))?.name).toBe(name)
    const held = leaves(probe)
    expect(new Set(held).size).toBe(held.length)
    const shaped = new Shaper(probedAttributes).apply(probe) as Readonly<Record<string, unknown>>
    for (const attribute of probedAttributes) {
      expect([attribute, String(shaped[attribute] ?? '')]).toEqual([
        attribute,
        held.includes(attribute) ? attribute : '',
      ])
      expect([attribute, foundIn(shape, attribute) !== undefined]).toEqual([
        attribute,
        held.includes(attribute),
      ])
    }
    for (const attribute of held) expect(probedAttributes).toContain(attribute)
  })

  it('probe 42 attributes', () => {
    expect(new Set(probedAttributes).size).toBe(42)
    expect(page('shapes.md')).toContain('| found of 42 |')
  })

  it('say where Graph has what schemas name otherwise', () => {
    expect(page('shapes.md')).toMatch(/\| `mobile` \|.*`mobilePhone`/)
  })
})
