import { describe, expect, it } from 'vitest'
import { resolveSettings } from '../../src/values/resolve-settings.js'
import { defaultSettings } from '../../src/values/settings.js'
import { mergeSettings, settingNames, settingsProblems } from '../../src/values/settings-schema.js'

describe('settingsProblems', () => {
  it('knows every setting and accepts its default', () => {
    expect(settingNames).toEqual(Object.keys(defaultSettings))
    expect(settingsProblems(defaultSettings)).toEqual([])
    expect(settingsProblems({})).toEqual([])
  })

  it.each([
    [
      { nullComparision: 'lenient' },
      /^unknown setting nullComparision; did you mean nullComparison\? the known names are /,
    ],
    [{ __proto: 1 }, /^unknown setting __proto; the known names are /],
    [JSON.parse('{"__proto__": {}}'), /^unknown setting __proto__; the known names are /],
    [{ limits: { regexStep: 1 } }, /^unknown setting limits\.regexStep; did you mean regexSteps\?/],
    [{ nullComparison: 5 }, 'nullComparison takes "service" or "lenient", not 5'],
    [{ splitTrims: 'yes' }, 'splitTrims takes true or false, not "yes"'],
    [{ hostTimeZone: 'Mars/Base' }, /^hostTimeZone takes the IANA name/],
    [{ placeholders: { a: 1 } }, /^placeholders takes an object of texts/],
    [{ nullPolicy: { groups: 'none' } }, 'nullPolicy.groups takes "documented" or "complement", not "none"'],
    [{ nullPolicy: [] }, 'nullPolicy must be an object, not []'],
    [{ flowNullValues: 'mail' }, /^flowNullValues takes a list/],
    [
      { limits: { regexSteps: 12345678901234567890n } },
      /^limits\.regexSteps takes a whole number above 0, not 1234/,
    ],
    [[], 'the settings must be an object, not []'],
    [null, 'the settings must be an object, not null'],
  ])('%o', (settings, problem) => {
    const problems = settingsProblems(settings)
    expect(problems).toHaveLength(1)
    if (typeof problem === 'string') expect(problems[0]).toBe(problem)
    else expect(problems[0]).toMatch(problem)
  })

  it('reports every fault', () => {
    expect(settingsProblems({ a: 1, splitTrims: 1, limits: { regexSteps: 0 } })).toHaveLength(3)
  })
})

describe('mergeSettings', () => {
  it('lets what comes second win, placeholder by placeholder', () => {
    const merged = mergeSettings(
      { splitTrims: false, placeholders: { A: '1', B: '2' }, nullPolicy: { groups: 'complement' } },
      { nullComparison: 'lenient', placeholders: { B: '3' } },
    )
    expect(resolveSettings(merged)).toEqual({
      ...defaultSettings,
      splitTrims: false,
      nullComparison: 'lenient',
      placeholders: { A: '1', B: '3' },
      nullPolicy: { ...defaultSettings.nullPolicy, groups: 'complement' },
    })
  })
})
