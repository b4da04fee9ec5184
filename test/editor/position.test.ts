import { describe, expect, test } from 'vitest'
import { positionAt } from '../../src/editor/index.js'
import { cursor } from './cursor.js'

/** The position in short: token, value or operator, call with its arguments, the active one in angle brackets. */
const short = (marked: string): string => {
  const { text, offset } = cursor(marked)
  const { token, inside, takesValue, call } = positionAt(text, offset)
  const args = call?.arguments.map(({ span }, index) => {
    const argument = text.slice(span.start, span.end).trim()
    return index === call.argumentIndex ? `<${argument}>` : argument
  })
  return [
    token === undefined ? '-' : `${token.kind}${inside ? ' inside' : ''}${token.closed ? '' : ' open'}`,
    takesValue ? 'value' : 'operator',
    call === undefined ? '-' : `${call.name}(${args!.join('; ')})`,
  ].join(' / ')
}

describe('positionAt', () => {
  test.each([
    // The edges of the text
    ['|', '- / value / -'],
    ['  |  ', '- / value / -'],
    ['|Join(" ")', '- / value / -'],
    ['[mail] |', '- / operator / -'],
    // Names
    ['Jo|', 'Name / value / -'],
    ['Jo|in("-", [a])', 'Name / value / -'],
    ['Join|("-", [a])', 'Name / value / -'],
    ['Join("-", Le|)', 'Name / value / Join("-"; <Le>)'],
    // Behind a sign the cursor has passed it
    ['Join(|', '- / value / Join(<>)'],
    ['Join(|)', '- / value / Join(<>)'],
    ['Join()|', '- / operator / -'],
    ['Join("-",|', '- / value / Join("-"; <>)'],
    ['Join("-"|, [a])', 'String / value / Join(<"-">; [a])'],
    ['Left(Join("-", [a])|, 3)', '- / operator / Left(<Join("-", [a])>; 3)'],
    // Blank arguments
    ['Replace([a], |, "x", , "y", , )', '- / value / Replace([a]; <>; "x"; ; "y"; ; )'],
    ['Replace([a], , "x", , "y", ,|)', '- / value / Replace([a]; ; "x"; ; "y"; ; <>)'],
    // Unfinished texts
    ['Join(" ", [giv|', 'Attribute inside open / value / Join(" "; <[giv>)'],
    ['Join(" ", [giv|, [surname])', 'Attribute inside open / value / Join(" "; <[giv>; [surname])'],
    ['Join(" ", [|)', 'Attribute inside open / value / Join(" "; <[>)'],
    ['Join("|', 'String inside open / value / Join(<">)'],
    [
      'Replace([mail], , "(?<User>.*)@", , "${|',
      'String inside open / value / Replace([mail]; ; "(?<User>.*)@"; ; <"${>)',
    ],
    ['Left(Trim([a], |', '- / value / Trim([a]; <>)'],
    ['Left(Trim([a]), |', '- / value / Left(Trim([a]); <>)'],
    ['%Dom|', 'Placeholder inside open / value / -'],
    // Inside of tokens with two ends
    ['Join(" ", [giv|en], "x")', 'Attribute inside / value / Join(" "; <[given]>; "x")'],
    ['Join("a|b", [a])', 'String inside / value / Join(<"ab">; [a])'],
    ['Join("a\\"|b", [a])', 'String inside / value / Join(<"a\\"b">; [a])'],
    ['Join("(", "|", [a])', 'String inside / value / Join("("; <"">; [a])'],
    ['[emails[type eq "wo|rk"].value]', 'Attribute inside / value / -'],
    ['%Dom|ain%', 'Placeholder inside / value / -'],
    // Operators
    ['IIF([a] = |, "x", "y")', '- / value / IIF(<[a] =>; "x"; "y")'],
    ['IIF([a]| = "1", "x", "y")', 'Attribute / value / IIF(<[a] = "1">; "x"; "y")'],
    ['[a] & |', '- / value / -'],
    ['[a] & [b|', 'Attribute inside open / value / -'],
    // Parentheses that only group, and too many of them
    ['Left((|[a]), 3)', '- / value / Left(<([a])>; 3)'],
    ['(|', '- / value / -'],
    ['Left([a])), |', '- / value / -'],
    ['Left(\n  [a],\n  |\n)', '- / value / Left([a]; <>)'],
  ])('%s', (marked, expected) => {
    expect(short(marked)).toBe(expected)
  })

  test('offsets outside of the text are moved to its edges', () => {
    expect(positionAt('Trim(', 99).offset).toBe(5)
    expect(positionAt('Trim(', -1).offset).toBe(0)
    expect(positionAt('Trim(', Number.NaN).offset).toBe(0)
  })
})
