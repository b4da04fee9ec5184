import { describe, expect, it } from 'vitest'
import { analyzeExpression, environmentOf, unitOf } from '../../src/expression/compile.js'
import { printNode } from '../../src/ir/print.js'
import type { SettingsInput } from '../../src/values/settings.js'
import { describeType } from '../../src/values/static-type.js'

const lowered = (text: string, settings: SettingsInput = {}) => {
  const environment = environmentOf({ settings })
  const unit = unitOf(analyzeExpression(text, environment), environment)
  const { node } = unit.roots[0]!
  return { unit, node, text: printNode(node, unit) }
}

describe('lowering', () => {
  it('reads each attribute once', () => {
    const { unit } = lowered('Join("", [b], [a], [b], [__proto__])')
    expect(unit.inputs.map(({ name }) => name)).toEqual(['b', 'a', '__proto__'])
  })

  it.each([
    // Literals take their canonical form; a decimal without a fraction is an integer.
    ['&HF', '15'],
    ['9007199254740993', '9007199254740993'],
    ['2.0', '2'],
    // An integer in text is one where the parameter takes integers, hexadecimal too.
    ['Left([a], "&H10")', 'Left([a], 16)'],
    ['Append([a], "&H10")', 'Append([a], "&H10")'],
    // Blanks: an optional argument is absent, in a repeating part it is null, at the end of it nothing.
    ['Replace([a], "b", , , "c")', 'Replace([a], "b", , , "c", , )'],
    ['Join("-", [a], , [b], )', 'Join("-", [a], null, [b])'],
    ['Coalesce([a], )', 'coalesce([a])'],
    ['FormatDateTime([a], "d", "o")', 'FormatDateTime([a], , "d", "o")'],
    ['IIF([a] = "", , "b")', 'if ([a] = "") then null else "b"'],
    ['Switch([a], , "k", , "l", 1)', 'switch [a] {"k": null, "l": 1, else: null}'],
    // A condition that is not a Boolean is tested; a marker inside a call leaves the root, a final one does not.
    ['IIF([a], 1, 2)', 'if holds([a]) then 1 else 2'],
    ['IIF(IsNull([a]), 1, 2)', 'if IsNull([a]) then 1 else 2'],
    ['IIF([a] = "b", IgnoreAttributeFlow, "c")', 'if ([a] = "b") then IgnoreAttributeFlow else "c"'],
    ['Append("x", IgnoreObjectFlow)', 'Append("x", escape(IgnoreObjectFlow))'],
    ['[a] & "b" & [c]', '&(&([a], "b"), [c])'],
    ['%Domain%', 'fail AF5004'],
    ['InStr([a], "b", , vbTextCompare)', 'InStr([a], "b", , "vbTextCompare")'],
  ])('%s is %s', (text, expected) => {
    expect(lowered(text).text).toBe(expected)
  })

  it('takes settings in', () => {
    expect(lowered('%Domain%', { placeholders: { Domain: 'example.org' } }).text).toBe('"example.org"')
    expect(lowered('%constructor%').text).toBe('fail AF5004')
    expect(lowered('[a] = ""', { nullComparison: 'lenient' }).node).toMatchObject({
      op: 'compare',
      absent: 'empty',
      literalEmpty: 'right',
    })
    expect(lowered('Coalesce([a], "b")', { coalesceSkipsEmpty: false }).node).toMatchObject({
      skipsEmpty: false,
    })
    expect(lowered('Split([a], ",")', { splitTrims: false }).node).toMatchObject({ extra: [false] })
  })

  it.each([
    ['ToLower([a])', 'text or a list or null'],
    ['ToLower(CStr(1))', 'text'],
    ['SelectUniqueValue("a", "b")', 'text or null'],
    [
      'Coalesce([a], "b")',
      'text or a Boolean or an integer or a decimal or a DateTime or a list or an object',
    ],
    ['IIF([a] = "b", 1, )', 'an integer or null'],
  ])('%s can be %s', (text, type) => {
    expect(describeType(lowered(text).node.type)).toBe(type)
  })

  it('keeps the position and the calls around each place that can fail', () => {
    const { node } = lowered('ToLower(Item([a], 2))')
    expect(node).toMatchObject({
      op: 'call',
      site: { span: { start: 0, end: 21 }, calls: ['ToLower'] },
      args: [{ op: 'call', site: { span: { start: 8, end: 20 }, calls: ['ToLower', 'Item'] } }, undefined],
    })
  })
})
