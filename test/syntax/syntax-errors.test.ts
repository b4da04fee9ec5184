import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { diagnosticExamples } from '../../src/diagnostics/examples.js'
import { applyFixes } from '../../src/diagnostics/fix.js'
import { renderFrame } from '../../src/diagnostics/frame.js'
import { syntaxDiagnostics } from '../../src/diagnostics/syntax.js'
import { parseExpression } from '../../src/syntax/parser.js'
import { printExpression } from '../../src/syntax/print.js'
import { where } from '../support/where.js'

const frames = (text: string): string => {
  const { diagnostics, source } = parseExpression(text)
  return diagnostics.map((found) => renderFrame(found, source)).join('\n')
}

/** Applies the first fix of every fault until none is left. */
const repaired = (text: string): string => {
  let current = text
  for (let run = 0; run < 20; run++) {
    const fixes = parseExpression(current).diagnostics.flatMap((found) => found.fixes?.slice(0, 1) ?? [])
    if (fixes.length === 0) break
    current = applyFixes(current, fixes)
  }
  return current
}

const codes = (text: string): string[] => parseExpression(text).diagnostics.map((found) => found.code)

describe('frames', () => {
  it('of several faults in one text', () => {
    expect(frames("=Join(“, ” [givenName], ToUpper([sn) + 'x'; // all")).toMatchInlineSnapshot(`
      "error AF1020: An expression does not start with an equals sign.
       --> expression:1:1
      1 | =Join(“, ” [givenName], ToUpper([sn) + 'x'; // all
        | ^
        = help: Unlike a spreadsheet formula, an expression starts with its function.
        = fix: Remove the equals sign
      error AF1015: Typographic quotes do not delimit text.
       --> expression:1:7
      1 | =Join(“, ” [givenName], ToUpper([sn) + 'x'; // all
        |       ^^^^
        = help: Word processors and chat programs turn straight quotes into these; put text between straight double quotes.
        = fix: Use double quotes
      error AF1006: A comma is missing before [givenName].
       --> expression:1:12
      1 | =Join(“, ” [givenName], ToUpper([sn) + 'x'; // all
        |            ^^^^^^^^^^^
        = help: Commas separate the arguments of a function.
        = fix: Insert a comma
      error AF1009: The closing bracket of an attribute is missing.
       --> expression:1:33
      1 | =Join(“, ” [givenName], ToUpper([sn) + 'x'; // all
        |                                 ^^^
        = help: An attribute stands between brackets: [mail].
        = suggestion: Insert the closing bracket
      error AF1024: There is no operator +.
       --> expression:1:38
      1 | =Join(“, ” [givenName], ToUpper([sn) + 'x'; // all
        |                                      ^
        = help: Concatenate text with &, Append or Join.
        = fix: Write &
      error AF1014: Single quotes do not delimit text.
       --> expression:1:40
      1 | =Join(“, ” [givenName], ToUpper([sn) + 'x'; // all
        |                                        ^^^
        = help: Put text between double quotes.
        = fix: Use double quotes
      error AF1019: A semicolon neither ends an expression nor separates arguments.
       --> expression:1:43
      1 | =Join(“, ” [givenName], ToUpper([sn) + 'x'; // all
        |                                           ^
        = help: Nothing follows the expression; commas separate arguments.
        = fix: Remove the semicolon
      error AF1007: A closing parenthesis is missing for Join.
       --> expression:1:43
      1 | =Join(“, ” [givenName], ToUpper([sn) + 'x'; // all
        |                                           ^
        = help: Every opening parenthesis needs a closing one.
        = fix: Insert )
      error AF1018: An expression cannot contain comments.
       --> expression:1:45
      1 | =Join(“, ” [givenName], ToUpper([sn) + 'x'; // all
        |                                             ^^^^^^
        = help: Keep notes outside the expression.
        = fix: Remove the comment"
    `)
  })

  it('of a condition with OR', () => {
    expect(frames('IIF([c] == "SE" OR [c] = "NO", "north", ToUpper([c]))')).toMatchInlineSnapshot(`
      "error AF1021: == is not an operator; write =.
       --> expression:1:9
      1 | IIF([c] == "SE" OR [c] = "NO", "north", ToUpper([c]))
        |         ^^
        = help: The comparison operators are = <> < <= > and >=.
        = fix: Write =
      error AF1022: There is no operator OR: a condition is a single comparison or function call.
       --> expression:1:17
      1 | IIF([c] == "SE" OR [c] = "NO", "north", ToUpper([c]))
        |                 ^^
        = help: Nest IIF calls: a or b is IIF(a, x, IIF(b, x, y)), a and b is IIF(a, IIF(b, x, y), y).
        = fix: Nest two IIF calls"
    `)
  })

  it('of an index', () => {
    expect(frames('ToLower(Split([mail], "@")[1])')).toMatchInlineSnapshot(`
      "error AF1025: [1] does not select an element of a list.
       --> expression:1:27
      1 | ToLower(Split([mail], "@")[1])
        |                           ^^^
        = help: Item(list, n) gives the n-th element, counted from 1: what other languages write [0] is Item(list, 1).
        = suggestion: Write Item(…, 2)"
    `)
  })

  it('of unclosed calls', () => {
    expect(frames('IIF(IsPresent([a]),\n  Join(" ", [a], Trim([b])')).toMatchInlineSnapshot(`
      "error AF1007: A closing parenthesis is missing for IIF and Join.
       --> expression:2:27
      2 |   Join(" ", [a], Trim([b])
        |                           ^
        = help: Every opening parenthesis needs a closing one.
        = suggestion: Insert ))"
    `)
  })

  it('of a call closed too early', () => {
    expect(frames('Join(", ", Trim([a])), [b], [c])')).toMatchInlineSnapshot(`
      "error AF1008: There is one closing parenthesis too many.
       --> expression:1:21
      1 | Join(", ", Trim([a])), [b], [c])
        |                     ^
        = help: Remove it, or open a function call before it.
        = suggestion: Remove the parenthesis"
    `)
  })

  it('of a lost quote', () => {
    expect(frames('Switch([c], "Other", "SE", "Sweden, "NO", "Norway")')).toMatchInlineSnapshot(`
      "error AF1004: The closing quote of a string is missing.
       --> expression:1:28
      1 | Switch([c], "Other", "SE", "Sweden, "NO", "Norway")
        |                            ^^^^^^^
        = help: A string ends with a double quote; a double quote inside it is written \\".
        = suggestion: Insert the closing quote"
    `)
  })
})

describe('repairs', () => {
  it.each([
    ['Join(" " [a] [b])', 'Join(" ", [a], [b])'],
    ['Join(" "; [a]; [b]);', 'Join(" ", [a], [b])'],
    ['ToUpper(Trim([a]', 'ToUpper(Trim([a]))'],
    ['ToUpper([a])))', 'ToUpper([a])'],
    ['ToUpper([a)', 'ToUpper([a])'],
    ['Join("-", [a, [b], [c])', 'Join("-", [a], [b], [c])'],
    ['ToUpper(a])', 'ToUpper([a])'],
    ['ToUpper([a]])', 'ToUpper([a])'],
    ['Append([a], ".x)', 'Append([a], ".x")'],
    ['Append([a], .x")', 'Append([a], ".x")'],
    ['Join("-, [a], [b])', 'Join("-", [a], [b])'],
    ['Switch([a], "Sales, Marketing)', 'Switch([a], "Sales, Marketing")'],
    ['Switch([c], "O", "a", "b, "c", "d")', 'Switch([c], "O", "a", "b", "c", "d")'],
    ["Append([a], 'it's \"x\"')", 'Append([a], "it\'s \\"x\\"")'],
    ['Append(‘a’, «b»)', 'Append("a", "b")'],
    ['Append([a], "b”)', 'Append([a], "b")'],
    ['Append(“a", [b])', 'Append("a", [b])'],
    ['Join(&quot;, &quot;, [a], [b])', 'Join(", ", [a], [b])'],
    ['IIF([a] &lt;&gt; "x" , [b] &amp; [c], [d]&#44; )', 'IIF([a]<>"x", [b] & [c], [d], )'],
    ['IIF([a] &gt;= 5, "x",)', 'IIF([a]>=5, "x", )'],
    ['```\nTrim([a])\n```', 'Trim([a])'],
    ['Trim(`[a]`)', 'Trim([a])'],
    ['/* why */ Trim([a]) // how', 'Trim([a])'],
    ['IIF([a] eq "x" , "y", "z")', 'IIF([a]="x", "y", "z")'],
    ['IIF([a] -ne 1, "y", "z")', 'IIF([a]<>1, "y", "z")'],
    ['IIF([a] !== 1, "y", "z")', 'IIF([a]<>1, "y", "z")'],
    ['IIF([a] => 1, "y", "z")', 'IIF([a]>=1, "y", "z")'],
    ['IIF([a]=1 || [b]=2 || [c]=3, "y", "z")', 'IIF([a]=1, "y", IIF([b]=2, "y", IIF([c]=3, "y", "z")))'],
    ['IIF([a]=1 && [b]=2, "y", "z")', 'IIF([a]=1, IIF([b]=2, "y", "z"), "z")'],
    ['IIF([a]=1 OR [b]=2 AND [c]=3, "y", "z")', 'IIF([a]=1, "y", IIF([b]=2, IIF([c]=3, "y", "z"), "z"))'],
    ['IIF(([a]=1) or ([b]=2), "y", "z")', 'IIF([a]=1, "y", IIF([b]=2, "y", "z"))'],
    ['Trim([a] ?? [b] ?? "c")', 'Trim(Coalesce([a], [b], "c"))'],
    ['IIF [a]="x", "y", "z")', 'IIF([a]="x", "y", "z")'],
    ['Join(" ", Trim [a]), [b])', 'Join(" ", Trim([a]), [b])'],
    ['Trim [a]', 'Trim([a])'],
    ['[a]="x" ? "y" : Trim([b])', 'IIF([a]="x", "y", Trim([b]))'],
    ['Trim([a] ? "y" : "z")', 'Trim(IIF([a], "y", "z"))'],
    ['CBool([a]="x" OR [b]="y")', 'CBool(IIF([a]="x", "True", IIF([b]="y", "True", "False")))'],
    ['[a]="x" && [b]="y"', 'IIF([a]="x", IIF([b]="y", "True", "False"), "False")'],
    ['Left([a], InStr([a], "@") - 1)', 'Left([a], InStr([a], "@"))'],
    ['Left([a], Count([b])-1)', 'Left([a], Count([b]))'],
    ['IIF([a]=[b]=Trim([c]), 1, 2)', 'IIF([a]=[b], 1, 2)'],
    ['[a] + " " + [b]', '[a] & " " & [b]'],
    ['Split([a], "@")[0]', 'Item(Split([a], "@"), 1)'],
    ['Trim([a][2])', 'Trim(Item([a], 3))'],
    ['IIF(!IsPresent([a]), "x", [a])', 'IIF(Not(IsPresent([a])), "x", [a])'],
    ['IIF(NOT IsPresent([a]), "x", [a])', 'IIF(Not(IsPresent([a])), "x", [a])'],
    ['Trim(([a]))', 'Trim([a])'],
    ['Trim(\\[a\\])', 'Trim([a])'],
    ['Join("\\@", \\[a\\], "x")', 'Join("@", [a], "x")'],
    ['Append([a], \\"x\\")', 'Append([a], "x")'],
    ['Append([a], x.example)', 'Append([a], "x.example")'],
    ['Switch([a], New York)', 'Switch([a], "New York")'],
    ['CDate(2024-01-31)', 'CDate("2024-01-31")'],
    ['Trim([a\\])', 'Trim([a])'],
    ['Trim([dis\n  playName])', 'Trim([displayName])'],
    ['[a]&HF', '[a] & HF'],
    ['Join("@", [a], %D)', 'Join("@", [a], %D%)'],
    ['Join（"@"， [a]，\u3000[b]）', 'Join("@", [a], [b])'],
    ['Trim(\u200b[a])', 'Trim([a])'],
    ['Trim([a]) Trim([b])', 'Trim([a]) & Trim([b])'],
    ['IIF([a] = , "x", "y")', 'IIF([a]="", "x", "y")'],
    ['System.Trim([a])', 'SystemTrim([a])'],
    ['[a] IS NULL', 'IsNull([a])'],
    ['IIF(Trim([a]) is not null, "x", "y")', 'IIF(Not(IsNull(Trim([a]))), "x", "y")'],
    [
      'IIF([a] is empty or [b] is null, "x", "y")',
      'IIF(IsNullOrEmpty([a]), "x", IIF(IsNull([b]), "x", "y"))',
    ],
    ['IIF([a] is "x", "y", "z")', 'IIF([a]="x", "y", "z")'],
    ['IIF([a] NOT EQUALS "x", "y", "z")', 'IIF([a]<>"x", "y", "z")'],
    ['[a].ToLower()', 'ToLower([a])'],
    ['Join("-", [a]?.toUpperCase(), "b".trim())', 'Join("-", ToUpper([a]), Trim("b"))'],
    ['[a].replace("x", Trim([b])).trim()', 'Trim(Replace([a], "x", , , Trim([b]), , ))'],
    ['Trim([a]).substring(0, 3)', 'Mid(Trim([a]), 1, 3)'],
    ['IIF([a].startsWith("ab"), "y", "z")', 'IIF(Left([a], 2)="ab", "y", "z")'],
    ['IIF([a].includes("@"), "y", "z")', 'IIF(InStr([a], "@")>0, "y", "z")'],
    ['[manager].displayName', '[manager.displayName]'],
    ['[name].[family]', '[name.family]'],
    ['IIF([a].length > 3, "y", "z")', 'IIF([a]>3, "y", "z")'],
    ['"a" in [b]', 'Contains([b], "a")>0'],
    [
      'IIF([a] not in ("b", Trim([c])), "y", "z")',
      'IIF(Switch([a], "True", "b", "False", Trim([c]), "False"), "y", "z")',
    ],
    ['IIF(Trim([a]) contains "x", "y", "z")', 'IIF(InStr(Trim([a]), "x")>0, "y", "z")'],
    ['IIF([a] -notlike "%x%", "y", "z")', 'IIF(InStr([a], "x")=0, "y", "z")'],
    ['IIF([a] LIKE "x%", "y", "z")', 'IIF(Left([a], 1)="x", "y", "z")'],
    ['IIF([a] beginsWith "xy", "y", "z")', 'IIF(Left([a], 2)="xy", "y", "z")'],
    [
      'IIF([a] BETWEEN 1 AND 3, "y", "z")',
      'IIF(IIF([a]>=1, IIF([a]<=3, "True", "False"), "False"), "y", "z")',
    ],
    ['IIF([a] like [b], "y", "z")', 'IIF([a], "y", "z")'],
    ['IIF([a] like "a_b%", "y", "z")', 'IIF([a], "y", "z")'],
    ['IIF([a] contains, "y", "z")', 'IIF([a], "y", "z")'],
    ['IIF("x" not in [b], "y", "z")', 'IIF(Contains([b], "x")=0, "y", "z")'],
    ['IIF([a] in (), "y", "z")', 'IIF([a], "y", "z")'],
    ['IIF([a] between 1, "y", "z")', 'IIF([a], "y", "z")'],
    ['IIF([a] between 1 and, "y", "z")', 'IIF([a], IIF("", "y", "z"), "z")'],
    [
      'IIF([a] not between 1 and 3, "y", "z")',
      'IIF(IIF([a]>=1, IIF([a]<=3, "False", "True"), "True"), "y", "z")',
    ],
    ['[a].split(",")', 'Split([a], ",")'],
    ['[a].foo("b")', 'Foo([a], "b")'],
    ['[a].replace(/x/g, "y")', 'Replace([a], "x/g", , , "y", , )'],
    ['Join(" ", [a] Contains([b], "x"))', 'Join(" ", [a], Contains([b], "x"))'],
  ])('%j becomes %s', (text, expected) => {
    const { expression, diagnostics } = parseExpression(repaired(text))
    expect(diagnostics).toEqual([])
    expect(printExpression(expression)).toBe(expected)
  })

  it('of every example that has a fix lead to an expression', () => {
    // Nobody knows what was meant by nothing.
    const unfixable = new Set(['AF1002'])
    for (const code of Object.keys(syntaxDiagnostics) as (keyof typeof syntaxDiagnostics)[]) {
      const example = diagnosticExamples[code]
      const { diagnostics } = parseExpression(example)
      expect(
        diagnostics.some((found) => found.fixes !== undefined),
        code,
      ).toBe(!unfixable.has(code))
      const left = parseExpression(repaired(example)).diagnostics.map((found) => found.code)
      expect(left, code).toEqual(unfixable.has(code) || code === 'AF1011' ? left : [])
    }
  })
})

describe('several faults', () => {
  it('are found in one run, in the order of the text', () => {
    const text = "=Join(' ' [a], (“b”)) + Trim([c) ;"
    expect(codes(text)).toEqual([
      'AF1020',
      'AF1014',
      'AF1006',
      'AF1027',
      'AF1015',
      'AF1024',
      'AF1009',
      'AF1019',
    ])
  })

  it('leave what is sound in the tree', () => {
    const { expression } = parseExpression('Join(" " [a], Trim([b]')
    expect(printExpression(expression)).toBe('Join(" ", [a], Trim([b]))')
  })

  it('are cut off at a number that people can read', () => {
    const { diagnostics } = parseExpression('[a] '.repeat(500))
    expect(diagnostics.length).toBe(30)
  })

  it.each([
    ['IIF([a] = [b] = [c], 1, 2)', ['AF1028']],
    ['[a]-1', ['AF1033']],
    ['Left([a], Count([b])-1)', ['AF1033']],
    ['Left([a] -1)', ['AF1006']],
    ['F(& [a])', ['AF1031']],
    ['[a] &', ['AF1031']],
    ['[a] = = [b]', ['AF1031', 'AF1028']],
    ['F([a], [b]', ['AF1007']],
    [')', ['AF1008']],
    ['\n', ['AF1002']],
    ['// nothing', ['AF1018']],
    ['[a], [b]', ['AF1001']],
    ['"a"("b")', ['AF1001']],
    ["'", ['AF1003']],
    ['[a] IS NOT NULL', ['AF1039']],
    ['IIF([a] IN ("b", "c"), "x", "y")', ['AF1039']],
    ['IIF([a] between 1 and 3, "x", "y")', ['AF1039']],
    ['IIF([a] matches "x+", "x", "y")', ['AF1039']],
    ['ToUpper([a].toLower().trim())', ['AF1040', 'AF1040']],
    ['[a].Length > 3 ? "x" : "y"', ['AF1041', 'AF1037']],
    ['"a" === "b" && [c] != "d"', ['AF1021', 'AF1022', 'AF1021']],
    ['Join("-", Trim([a]).b.c)', ['AF1041']],
  ])('%j', (text, expected) => {
    expect(codes(text)).toEqual(expected)
  })

  it.each([
    ['[a] IS NULL', 'There is no operator IS NULL; write IsNull([a]).'],
    [
      '"a" in [b]',
      'There is no operator in; write Contains(list, value) > 0 for an attribute, and Switch for a list of values.',
    ],
    ['[a].ToLower()', 'A value has no method .ToLower; write ToLower([a]).'],
    [
      '[a].length',
      'A value has no member .length; Count counts values, and no function gives the length of a text.',
    ],
    ['[a].b', 'A value has no member .b; write [a.b] if the schema has it.'],
  ])('say of %s what to write instead', (text, message) => {
    expect(parseExpression(text).diagnostics.map((found) => found.message)).toEqual([message])
  })
})

const shared = new URL('../../../shared/conformance/', import.meta.url)

where(existsSync(shared), describe)('published expressions, when present', () => {
  interface Published {
    readonly id: string
    readonly expression?: string
    readonly expectParse?: boolean
  }
  const read = (name: string): Published[] =>
    JSON.parse(readFileSync(new URL(name, shared), 'utf8')) as Published[]

  it('parse', () => {
    const parsed = read('cases.json').filter(({ expression }) => expression !== undefined)
    expect(parsed.length).toBeGreaterThan(50)
    for (const { id, expression } of parsed) expect(codes(expression!), id).toEqual([])
  })

  it('parse, or are rejected with a fix that leads to an expression', () => {
    const rejected: string[] = []
    for (const { id, expression, expectParse } of read('wild.json')) {
      const { diagnostics } = parseExpression(expression!)
      expect(diagnostics.length === 0, id).toBe(expectParse)
      if (expectParse) continue
      rejected.push(id)
      expect(
        diagnostics.some((found) => found.fixes !== undefined),
        id,
      ).toBe(true)
      expect(
        diagnostics.map((found) => found.code),
        id,
      ).not.toContain('AF1001')
      expect(parseExpression(repaired(expression!)).diagnostics, id).toEqual([])
    }
    expect(rejected.length).toBeGreaterThan(10)
  })
})
