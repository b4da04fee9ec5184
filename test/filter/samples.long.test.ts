import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileFilter } from '../../src/filter/compile.js'
import { lintFilter } from '../../src/filter/lint.js'
import { sourceAttributes } from '../../src/schema/attributes.js'
import { readSchema } from '../../src/schema/read.js'
import { defaultSettings } from '../../src/values/settings.js'

const folder = new URL('../../../shared/samples/', import.meta.url)

// Shared material when present: the filters of real schemas.
describe.skipIf(!existsSync(folder))('the filters of real schemas', () => {
  const mappings = readdirSync(existsSync(folder) ? folder : '.')
    .filter((name) => name.endsWith('.schema.json'))
    .flatMap((name) => {
      const { schema } = readSchema(readFileSync(new URL(name, folder), 'utf8'), name)
      return schema!.synchronizationRules.flatMap((rule) =>
        rule.objectMappings.map((mapping) => ({
          label: `${name}: ${mapping.name}`,
          scope: mapping.scope,
          attributes: sourceAttributes(schema!, rule, mapping),
        })),
      )
    })
    .filter(
      ({ scope }) =>
        scope !== null && Object.values(scope).some((set) => Array.isArray(set) && set.length > 0),
    )

  it('are several', () => {
    expect(mappings.length).toBeGreaterThanOrEqual(4)
  })

  it.each(mappings)('$label compiles without a finding, and contradicts nothing', ({ scope, attributes }) => {
    const compiled = compileFilter(scope)
    expect(compiled.diagnostics).toEqual([])
    expect(compiled.evaluate({}).verdict).not.toBe('error')
    const findings = lintFilter(scope, {
      settings: defaultSettings,
      path: 'scope',
      ...(attributes === undefined ? {} : { attributes }),
    }).map((d) => d.code)
    for (const code of ['AF2004', 'AF9100', 'AF9102', 'AF9103', 'AF9104', 'AF9105', 'AF9108']) {
      expect(findings).not.toContain(code)
    }
    expect(findings).toContain('AF9101')
  })
})
