import { describe, expect, it } from 'vitest'
import { diagnostic } from '../../src/diagnostics/diagnostic.js'
import { renderFrame } from '../../src/diagnostics/frame.js'
import { columnsOf } from '../../src/text/columns.js'
import { SourceText } from '../../src/text/source-text.js'

const at = (start: number, end: number) => diagnostic('AF1006', { start, end }, { found: 'x' })

describe('renderFrame', () => {
  it('names the source and marks the columns of the line', () => {
    const source = new SourceText('Join(",",\n  [a] [b])', 'name.expr')
    expect(renderFrame(at(16, 19), source)).toMatchInlineSnapshot(`
      "error AF1006: A comma is missing before x.
       --> name.expr:2:7
      2 |   [a] [b])
        |       ^^^
        = help: Commas separate the arguments of a function."
    `)
  })

  it('marks an empty span by one caret, also at the end', () => {
    expect(renderFrame(at(4, 4), 'abcd')).toMatchInlineSnapshot(`
      "error AF1006: A comma is missing before x.
       --> expression:1:5
      1 | abcd
        |     ^
        = help: Commas separate the arguments of a function."
    `)
  })

  it('cuts long lines around the place', () => {
    const text = `${'a'.repeat(200)}[b]${'c'.repeat(200)}`
    const lines = renderFrame(at(200, 203), text).split('\n')
    const marked = lines[3]!.indexOf('^')
    expect(lines[2]!.slice(marked, marked + 3)).toBe('[b]')
    expect(lines[2]).toMatch(/…a+\[b\]c+…$/)
    expect(lines[2]!.length).toBeLessThan(110)
  })

  it('marks a span over several lines on its first', () => {
    expect(renderFrame(at(1, 6), 'ab\ncdef').split('\n')[3]).toMatch(/\| {2}\^$/)
  })

  it('shows control characters and odd blanks as one column each', () => {
    expect(renderFrame(at(2, 3), '\u00a0\tx\u0007').split('\n').slice(2, 4)).toEqual(['1 | ⍽ x·', '  |   ^'])
  })

  it('puts the caret below signs of two columns, and below combined ones', () => {
    const marked = (text: string, part: string, width?: number): string[] => {
      const start = text.indexOf(part)
      return renderFrame(at(start, start + part.length), text, { width })
        .split('\n')
        .slice(2, 4)
    }
    expect(marked('[氏名] [b]', '[b]')).toEqual(['1 | [氏名] [b]', '  |        ^^^'])
    expect(marked('"👩‍👩‍👧" [b]', '[b]')).toEqual(['1 | "👩‍👩‍👧" [b]', '  |      ^^^'])
    expect(marked('[氏名]', '氏名')).toEqual(['1 | [氏名]', '  |  ^^^^'])
    expect(marked('e\u0301\t[b]', '[b]')).toEqual(['1 | e\u0301 [b]', '  |   ^^^'])
    expect(marked('a\u202e[b]', '[b]')).toEqual(['1 | a·[b]', '  |   ^^^'])
  })

  it('keeps every line within the width, and the caret at its place', () => {
    const place = 'group “Staff”, clause 2, User → urn:ietf:params:scim:schemas:core:2.0:User'
    for (const filler of ['a', '氏', '👍🏽', '\t', 'e\u0301']) {
      for (const before of [0, 5, 40, 4000]) {
        const text = `${filler.repeat(before)}[b]${filler.repeat(4000)}`
        const start = text.indexOf('[b]')
        for (const width of [40, 80, 200]) {
          const lines = renderFrame(at(start, start + 3), text, { width, place }).split('\n')
          for (const line of lines.filter((one) => !one.includes('urn:')))
            expect(columnsOf(line)).toBeLessThanOrEqual(width)
          const [shownLine = '', carets = ''] = lines.slice(lines.findIndex((one) => one.startsWith('1 |')))
          expect(columnsOf(shownLine.slice(0, shownLine.indexOf('[b]')))).toBe(carets.indexOf('^'))
          expect(carets).toMatch(/ \^\^\^$/)
        }
      }
    }
  })

  it('wraps nothing without a width', () => {
    const found = diagnostic(
      'AF5004',
      { start: 0, end: 1 },
      { name: 'X' },
      { hint: 'word '.repeat(60).trim() },
    )
    expect(renderFrame(found, 'a').split('\n')).toHaveLength(5)
    expect(renderFrame(found, 'a', { width: 60 }).split('\n').slice(4, 6)).toEqual([
      `  = help: ${'word '.repeat(10).trim()}`,
      `          ${'word '.repeat(10).trim()}`,
    ])
  })

  it('names the place in a larger whole', () => {
    expect(renderFrame(at(0, 1), 'a', { place: 'nickName, User → Person' }).split('\n')[1]).toBe(
      ' --> expression:1:1 in nickName, User → Person',
    )
  })

  it('colours by severity, and only when asked', () => {
    expect(renderFrame(at(0, 1), 'a')).not.toContain('\u001b')
    expect(renderFrame(at(0, 1), 'a', { color: true })).toContain('\u001b[31merror AF1006\u001b[0m')
  })

  it('shows the calls around an evaluation error, its own hint and its fixes', () => {
    const found = diagnostic(
      'AF5004',
      { start: 0, end: 1 },
      { name: 'X' },
      { calls: ['Join', 'Trim'], hint: 'Own advice.', fixes: [{ title: 'Do it', edits: [], safe: true }] },
    )
    const lines = renderFrame(found, 'a').split('\n')
    expect(lines.slice(4)).toEqual(['  = in Join › Trim', '  = help: Own advice.', '  = fix: Do it'])
    expect(renderFrame(found, 'a', { advice: false })).not.toContain('help:')
  })

  it('calls a fix that is not safe a suggestion, because --fix does not apply it', () => {
    const fixes = [{ title: 'Do it', edits: [], safe: false }]
    const found = diagnostic('AF5004', { start: 0, end: 1 }, { name: 'X' }, { fixes })
    expect(renderFrame(found, 'a').split('\n').at(-1)).toBe('  = suggestion: Do it')
  })
})
