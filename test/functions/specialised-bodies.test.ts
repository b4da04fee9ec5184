import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replaceText } from '../../src/functions/runtime/replace-text.js'
import {
  type TextStep,
  textPipeline,
  textReplacement,
} from '../../src/functions/runtime/specialised-bodies.js'
import { normalizeDiacritics, stripSpaces, toLower, toUpper } from '../../src/functions/runtime/text.js'

const functions: Readonly<Record<TextStep, (text: string) => string>> = {
  stripSpaces,
  normalizeDiacritics,
  lower: (text) => toLower(text, ''),
  upper: (text) => toUpper(text, ''),
}

const text = fc.string({
  unit: fc.constantFrom('a', 'B', ' ', 'é', 'Σ', 'ß', 'İ', '\u0301', '\ud801', '\udc00', '1'),
  maxLength: 10,
})

describe('textPipeline', () => {
  it('does what its steps do one after the other', () => {
    const steps = fc.array(fc.constantFrom<TextStep>('stripSpaces', 'normalizeDiacritics', 'lower', 'upper'))
    fc.assert(
      fc.property(steps, text, (names, input) => {
        const expected = names.reduce((changed, name) => functions[name](changed), input)
        expect(textPipeline(names)(input)).toBe(expected)
      }),
    )
  })
})

describe('textReplacement', () => {
  it('replaces what the general way replaces, however often it is there', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'b', '$', '&'), minLength: 1, maxLength: 3 })
    const whole = fc.string({ unit: fc.constantFrom('a', 'b', '$', '&'), maxLength: 8 })
    fc.assert(
      fc.property(whole, part, whole, (source, oldValue, newValue) => {
        expect(textReplacement(oldValue, newValue)(source)).toBe(replaceText(source, oldValue, newValue))
      }),
    )
  })
})
