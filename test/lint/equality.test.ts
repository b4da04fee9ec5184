import { expect, it } from 'vitest'
import { integerDomain, textsDomain, topOf } from '../../src/functions/domain.js'
import { whyNeverEqual } from '../../src/lint/equality.js'
import { NULL, STRING } from '../../src/values/static-type.js'

const anyString = topOf(STRING)
const range = integerDomain(-1_000, 60_000)
const outside = 'the value lies between -1000 and 60000'

it.each([
  ['null counts as empty', topOf(STRING | NULL), '', undefined],
  ['nothing is known', anyString, 'x', undefined],
  ['no text is possible', textsDomain([]), 'x', undefined],
  ['a listed text', textsDomain(['a', 'b']), 'a', undefined],
  ['another text', textsDomain(['a', 'b']), 'c', 'the value is always one of "a", "b"'],
  [
    'many listed texts',
    textsDomain(['a', 'b', 'c', 'd', 'e']),
    'f',
    'the value is always one of "a", "b", "c", "d", …',
  ],
  ['too long', { ...anyString, maxLength: 2 }, 'abc', 'the value has at most 2 characters, and this 3'],
  ['not in lower case', { ...anyString, lower: true }, 'A', 'the value is in lower case'],
  ['not in upper case', { ...anyString, upper: true }, 'a', 'the value is in upper case'],
  ['a blank at the end', { ...anyString, trimmed: true }, 'a ', 'the value has no white space at its ends'],
  ['not ASCII', { ...anyString, ascii: true }, 'é', 'the value has ASCII characters only'],
  ['no integer', range, '01', 'the value is an integer'],
  ['out of range', range, '70000', outside],
  ['below the range', range, '-5000', outside],
  ['within the range', range, '5', undefined],
])('says why no value of a domain has a text: %s', (_title, domain, text, reason) => {
  expect(whyNeverEqual(domain, text)).toBe(reason)
})
