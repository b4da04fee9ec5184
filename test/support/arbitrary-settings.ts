import fc from 'fast-check'
import type { SettingsInput } from '../../src/values/settings.js'

/** Settings that change what expressions come to. */
export const arbitrarySettings: fc.Arbitrary<SettingsInput> = fc.record({
  nullComparison: fc.constantFrom('service', 'lenient'),
  coalesceSkipsEmpty: fc.boolean(),
  splitTrims: fc.boolean(),
  hostTimeZone: fc.constantFrom('UTC', 'UTC', 'Europe/Berlin'),
  defaultDomain: fc.constantFrom(null, 'example.org'),
  placeholders: fc.constantFrom({}, { Domain: 'example.org' }),
})
