import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  configProblems,
  configSchema,
  configurableNames,
  diffLimitNames,
  lintReference,
} from '../../src/lint/index.js'
import { settingNames } from '../../src/values/settings-schema.js'

interface JsonSchema {
  readonly properties: Readonly<Record<string, JsonSchema>>
  readonly enum?: readonly string[]
}

describe('the generated pages', () => {
  it('docs/lint.md is what the rules say (npm run generate writes it)', () => {
    expect(readFileSync('docs/lint.md', 'utf8')).toBe(lintReference())
  })

  it('docs/attrflow.config.schema.json is what the configuration takes', () => {
    const text = `${JSON.stringify(configSchema(), null, 2)}\n`
    expect(readFileSync('docs/attrflow.config.schema.json', 'utf8')).toBe(text)
  })
})

describe('the JSON Schema of the configuration', () => {
  const schema = configSchema() as JsonSchema

  it('knows every setting and every rule', () => {
    expect(Object.keys(schema.properties.settings!.properties)).toEqual(settingNames)
    expect(Object.keys(schema.properties.rules!.properties)).toEqual(configurableNames())
  })

  it('takes for each rule exactly the levels that the reader takes', () => {
    for (const [name, { enum: choices }] of Object.entries(schema.properties.rules!.properties)) {
      for (const level of ['off', 'info', 'warning', 'error', 'loud']) {
        const accepted = configProblems({ rules: { [name]: level } }).length === 0
        expect(accepted, `${name}=${level}`).toBe(choices!.includes(level))
      }
    }
  })
})

describe('a configuration', () => {
  it('is refused with every reason', () => {
    expect(configProblems([])).toEqual(['the configuration must be an object'])
    expect(
      configProblems({
        rulez: {},
        rules: { 'iif-nul-test': 'off', 'unknown-group': 'warning', AF2001: 'off', AF2007: 'loud' },
        settings: { splitTrims: 'no' },
        dialect: 'connect',
        baseline: 3,
        diff: { limits: { changed: '120%', removed: 1 }, accepted: 1 },
      }),
    ).toEqual([
      'there is no member rulez; did you mean rules? the known names are $schema, rules, settings, dialect, baseline, diff',
      'there is no rule iif-nul-test; did you mean iif-null-test?',
      'unknown-group is an error, whose level cannot change',
      'AF2001 is an error, whose level cannot change',
      'AF2007 takes off, info, warning, error, not "loud"',
      'splitTrims takes true or false, not "no"',
      'dialect takes "provisioning" or "cloud-sync", not "connect"',
      'baseline must be a text, not 3',
      'changed takes a number of objects or a share such as "2.5%", not "120%"',
      `there is no member removed; the known names are ${diffLimitNames.join(', ')}`,
      'accepted must be a text, not 1',
    ])
    expect(configProblems({ rules: [] })).toEqual([
      'rules must be an object of levels, such as {"iif-null-test": "off"}',
    ])
  })

  it('may be empty, or have everything', () => {
    expect(configProblems({})).toEqual([])
    const all = {
      $schema: 'x',
      rules: { AF9101: 'error' },
      settings: {},
      dialect: 'cloud-sync',
      baseline: 'b',
      diff: { limits: { removals: 0, changed: '2.5%', failed: '100%' }, accepted: 'accepted.yaml' },
    }
    expect(configProblems(all)).toEqual([])
  })
})
