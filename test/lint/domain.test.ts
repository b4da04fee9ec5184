import { describe, expect, it } from 'vitest'
import type { AttributeInfo } from '../../src/check/attribute-scope.js'
import { analyzeExpression, environmentOf } from '../../src/expression/compile.js'
import type { Domain } from '../../src/functions/domain.js'
import { analyzeDomains } from '../../src/lint/analysis.js'
import { describeType } from '../../src/values/static-type.js'
import { scopeOf } from '../support/attribute-scope.js'

const infos: readonly AttributeInfo[] = [
  { name: 'mail', type: 'String', multivalued: false, required: false },
  { name: 'upn', type: 'String', multivalued: false, required: true },
  { name: 'aliases', type: 'String', multivalued: true, required: false },
  { name: 'enabled', type: 'Boolean', multivalued: false, required: false },
  { name: 'flags', type: 'Integer', multivalued: false, required: true },
]

const environment = environmentOf({ attributes: scopeOf(infos) })
const domainOf = (text: string): Domain =>
  analyzeDomains(analyzeExpression(text, environment), environment).domain

const kinds = (text: string): string => describeType(domainOf(text).kinds)

describe('what is known of a value', () => {
  it.each([
    ['[mail]', 'text or null'],
    ['[upn]', 'text'],
    ['[aliases]', 'a list or null'],
    ['Trim([aliases])', 'text or a list or null'],
    ['Join(";", [aliases])', 'text'],
    ['ToLower([mail])', 'text or null'],
    ['IIF(IsPresent([mail]), [mail], "none")', 'text'],
    ['IIF(IsNullOrEmpty([mail]), [upn], [mail])', 'text'],
    ['IIF(Not(IsPresent([mail])), "none", ToLower([mail]))', 'text'],
    ['IIF([mail] = [upn], [mail], "other")', 'text'],
    ['Switch([mail], [mail], "", "none")', 'text'],
    ['Switch([mail], "d", "x", [mail])', 'text'],
    ['Coalesce([mail], [upn])', 'text'],
    ['Coalesce([mail], IgnoreAttributeFlow)', 'text or IgnoreAttributeFlow'],
    ['IgnoreFlowIfNullOrEmpty([mail])', 'text or IgnoreAttributeFlow'],
    ['Count([aliases])', 'an integer'],
    ['Error("x")', 'nothing'],
  ])('kinds: %s is %s', (text, expected) => {
    expect(kinds(text)).toBe(expected)
  })

  it.each([
    ['IIF([enabled] = "True", "a", "b")', ['a', 'b']],
    ['ToUpper(Switch([mail], "de", "x", "at"))', ['DE', 'AT']],
    ['Not([enabled])', ['True', 'False']],
    ['[enabled]', ['True', 'False']],
    ['BitAnd([flags], 2)', ['0', '2']],
    ['BitAnd([flags], 6)', ['0', '2', '4', '6']],
    ['Left("abc", 2)', ['ab']],
    ['[mail]', undefined],
    ['BitAnd([flags], -1)', undefined],
  ])('texts: %s', (text, expected) => {
    const { texts } = domainOf(text)
    expect(texts && [...texts].sort()).toEqual(expected && [...expected].sort())
  })

  it.each([
    ['Left([mail], 8)', 8],
    ['Mid([mail], 3, 5)', 5],
    ['Join("-", Left([mail], 8), "abc", Left([upn], 2))', 15],
    ['Append(Left([mail], 8), "@")', 9],
    ['Left([mail], 4) & Left([upn], 4)', 8],
    ['Replace(Left([mail], 8), "@", , , "", , )', 8],
    ['Replace(Left([mail], 8), "@", , , "at", , )', Number.POSITIVE_INFINITY],
    [`Replace(Left([mail], 8), , "^(?<n>.*)@.*$", , "\${n}", , )`, 8],
    [`Replace(Left([mail], 8), , "(?=(?<n>.*))", , "\${n}", , )`, Number.POSITIVE_INFINITY],
    ['ToLower(Left([mail], 8))', 8],
    ['NormalizeDiacritics(Left([mail], 8))', Number.POSITIVE_INFINITY],
    ['IIF([enabled], Left([mail], 8), "0123456789")', 10],
    ['Guid()', 36],
    ['Join(",", [aliases])', Number.POSITIVE_INFINITY],
  ])('length: %s has at most %s characters', (text, expected) => {
    expect(domainOf(text).maxLength).toBe(expected)
  })

  it('characters and case', () => {
    expect(domainOf('ToLower([mail])')).toMatchObject({ lower: true, upper: false, ascii: false })
    expect(domainOf('ToUpper([mail])')).toMatchObject({ lower: false, upper: true })
    expect(domainOf('ToLower([mail], "tr-TR")')).toMatchObject({ lower: false })
    expect(domainOf('Trim([mail])')).toMatchObject({ trimmed: true })
    expect(domainOf('ConvertToBase64([mail])')).toMatchObject({ ascii: true })
    expect(domainOf('NormalizeDiacritics([mail])')).toMatchObject({ ascii: false })
    expect(domainOf('InStr(Left([mail], 9), "@")')).toMatchObject({ least: 0, most: 9 })
  })
})
