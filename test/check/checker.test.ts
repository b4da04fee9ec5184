import { describe, expect, it } from 'vitest'
import { foreignFunction, foreignNames } from '../../src/check/foreign-functions.js'
import { renderFrame } from '../../src/diagnostics/frame.js'
import { analyzeExpression, type CompileOptions, environmentOf } from '../../src/expression/compile.js'
import { standardLibrary } from '../../src/functions/index.js'
import { describeType } from '../../src/values/static-type.js'
import { scopeOf } from '../support/attribute-scope.js'

const cloudSync: CompileOptions = { dialect: 'cloud-sync' }

const frames = (text: string, options: CompileOptions = {}): string => {
  const { diagnostics, source } = analyzeExpression(text, environmentOf(options))
  return diagnostics.map((d) => renderFrame(d, source)).join('\n')
}

const codes = (text: string, options: CompileOptions = {}): string[] =>
  analyzeExpression(text, environmentOf(options)).diagnostics.map(({ code }) => code)

describe('names', () => {
  it('suggests the function that was probably meant, with its signature', () => {
    expect(frames('Jion(" ", [a])')).toMatchInlineSnapshot(`
      "error AF2001: There is no function named Jion.
       --> expression:1:1
      1 | Jion(" ", [a])
        | ^^^^
        = help: Did you mean Join(separator, source, …)?
        = suggestion: Write Join"
    `)
  })

  it.each([
    ['Length([a])', 'longer than 20 is Switch(Mid([x], 21, 1)'],
    ['upper([a])', 'Write ToUpper.'],
    ['if([a]="x", 1, 2)', 'Write IIF.'],
    ['Concatenate([a], [b])', 'Write Join with'],
  ])('tells what %s of another language is here', (text, hint) => {
    const [found] = analyzeExpression(text, environmentOf()).diagnostics
    expect(found).toMatchObject({ code: 'AF2001', hint: expect.stringContaining(hint) })
  })

  it('knows the functions that it names instead', () => {
    for (const name of foreignNames(standardLibrary)) {
      const { replacement } = foreignFunction(name, standardLibrary)!
      expect(standardLibrary.get(name)).toBeUndefined()
      if (replacement !== undefined) expect(standardLibrary.get(replacement), name).toBeDefined()
    }
    expect(foreignNames(standardLibrary).length).toBeGreaterThan(50)
  })

  it('lists the functions when nothing is near', () => {
    expect(frames('Zzzzzzzz([a])')).toMatchInlineSnapshot(`
      "error AF2001: There is no function named Zzzzzzzz.
       --> expression:1:1
      1 | Zzzzzzzz([a])
        | ^^^^^^^^
        = help: List the functions with \`attrflow functions\`."
    `)
  })

  it('tells a wrong case', () => {
    expect(frames('Append(\n  toLower([a]), "x")')).toMatchInlineSnapshot(`
      "error AF2002: Function names are case-sensitive: toLower is written ToLower.
       --> expression:2:3
      2 |   toLower([a]), "x")
        |   ^^^^^^^
        = help: Write the name as the reference does, or set caseInsensitiveFunctions.
        = fix: Write ToLower"
    `)
    expect(codes('toLower([a])', { settings: { caseInsensitiveFunctions: true } })).toEqual([])
  })

  it('tells what Connect Sync means here', () => {
    expect(frames('IF([a] = "x", NULL, IgnoreThisFlow)')).toMatchInlineSnapshot(`
      "error AF2005: IF belongs to the language of Connect Sync, which is a different one.
       --> expression:1:1
      1 | IF([a] = "x", NULL, IgnoreThisFlow)
        | ^^
        = help: Write IIF.
        = suggestion: Write IIF
      error AF2005: IgnoreThisFlow belongs to the language of Connect Sync, which is a different one.
       --> expression:1:21
      1 | IF([a] = "x", NULL, IgnoreThisFlow)
        |                     ^^^^^^^^^^^^^^
        = help: Write IgnoreAttributeFlow.
        = suggestion: Write IgnoreAttributeFlow"
    `)
  })

  it('tells what a bare word could be', () => {
    const attributes = scopeOf([{ name: 'surname', type: 'String', multivalued: false, required: false }])
    expect(frames('Join(true, surname, [Surname])', { attributes })).toMatchInlineSnapshot(`
      "error AF2003: true is not a name of the language.
       --> expression:1:6
      1 | Join(true, surname, [Surname])
        |      ^^^^
        = help: Put text between double quotes and attributes between brackets.
        = suggestion: Write True
      error AF2003: surname is not a name of the language.
       --> expression:1:12
      1 | Join(true, surname, [Surname])
        |            ^^^^^^^
        = help: Put text between double quotes and attributes between brackets.
        = suggestion: Write [surname]
      error AF2004: User has no attribute named [Surname].
       --> expression:1:21
      1 | Join(true, surname, [Surname])
        |                     ^^^^^^^^^
        = help: Did you mean [surname]? Names are case-sensitive.
        = suggestion: Write [surname]"
    `)
  })

  it('takes enum values where a parameter has them, bare or quoted, and nowhere else', () => {
    expect(codes('InStr([a], "b", , vbTextCompare)')).toEqual([])
    expect(codes('InStr([a], "b", , "vbTextCompare")')).toEqual([])
    expect(codes('InStr([a], "b", , vbtextcompare)')).toEqual(['AF2006'])
    expect(codes('Append([a], vbTextCompare)')).toEqual(['AF2003'])
  })

  it('flags what the dialect does not document', () => {
    expect(codes('Trim([a])')).toEqual(['AF2007'])
    expect(codes('Trim([a])', cloudSync)).toEqual([])
    expect(codes('Coalesce([a], "b")', cloudSync)).toEqual(['AF2007'])
    expect(codes('[a] & "b"')).toEqual(['AF2007'])
  })
})

describe('arity', () => {
  it('counts declared positions, blanks included', () => {
    expect(frames('Left([mail])')).toMatchInlineSnapshot(`
      "error AF3001: Left needs 2 arguments, but 1 was given.
       --> expression:1:1
      1 | Left([mail])
        | ^^^^^^^^^^^^
        = help: Write Left(source, length)."
    `)
    expect(codes('ToLower([a], )')).toEqual([])
    expect(codes('ToLower([a], , )')).toEqual(['AF3001'])
    expect(codes('Replace([a], "b", , , "c")')).toEqual([])
  })

  it('ignores trailing blanks of a repeating part', () => {
    expect(codes('Join(" ", [a], , )')).toEqual([])
    expect(codes('Switch([a], "d", "k", "v", )')).toEqual([])
    expect(codes('Join(" ", )')).toEqual(['AF3001'])
  })

  it('shows how Switch paired its arguments', () => {
    expect(frames('Switch([country], "SE", "Sweden", "NO", "Norway")')).toMatchInlineSnapshot(`
      "error AF3004: Switch pairs its arguments as source, default, key, value, …; one is missing: default "SE", "Sweden" → "NO", "Norway" → (missing).
       --> expression:1:1
      1 | Switch([country], "SE", "Sweden", "NO", "Norway")
        | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        = help: Give every key its value; the second argument is always the default."
    `)
  })

  it('refuses a blank where a value is needed', () => {
    expect(frames('Left(, 3)')).toMatchInlineSnapshot(`
      "error AF3002: Left needs a value for source.
       --> expression:1:6
      1 | Left(, 3)
        |      ^
        = help: Only optional arguments may be left blank."
    `)
    expect(codes('Switch([a], , "k", )')).toEqual(['AF3004'])
    expect(codes('Switch([a], , , "v")')).toEqual(['AF3006'])
    expect(codes('Switch([a], , "k", , "l", "v")')).toEqual([])
    expect(codes('IIF([a] = "b", , )')).toEqual([])
  })

  it('knows the modes of Replace', () => {
    expect(codes('Replace([a], "b", , , "c", , )')).toEqual([])
    expect(codes('Replace([a], , "b", , "c", , )')).toEqual([])
    expect(frames('Replace([a], "b", "c")')).toContain('Replace has no mode with oldValue + regexPattern.')
  })

  it('wants SelectUniqueValue outermost', () => {
    expect(codes('SelectUniqueValue([a], [b])')).toEqual([])
    expect(codes('ToLower(SelectUniqueValue([a], [b]))')).toEqual(['AF3008'])
    expect(codes('SelectUniqueValue([a])')).toEqual(['AF3001'])
  })
})

describe('types', () => {
  it('refuses what never converts', () => {
    expect(frames('DateAdd("d", IsPresent([a]), [b])')).toMatchInlineSnapshot(`
      "error AF3003: value of DateAdd takes an integer, not a Boolean.
       --> expression:1:14
      1 | DateAdd("d", IsPresent([a]), [b])
        |              ^^^^^^^^^^^^^^
        = help: Change the argument, or convert it first."
    `)
    expect(codes('Left([a], "three")')).toEqual(['AF3003'])
    expect(codes('Left([a], " 3 ")')).toEqual([])
    expect(codes('Left([a], "&HF")')).toEqual([])
    expect(codes('ToLower([a] = "b")')).toEqual(['AF3003'])
    expect(codes('Not([a] = "b")')).toEqual([])
  })

  it('warns of a decimal where an integer is needed', () => {
    expect(frames('Left([mail], -3.75)')).toMatchInlineSnapshot(`
      "warning AF3013: -3.75 is a decimal; it is cut to -3, because length of Left takes an integer.
       --> expression:1:14
      1 | Left([mail], -3.75)
        |              ^^^^^
        = help: Write an integer."
    `)
  })

  it('points into a literal at the fault, unless escapes stand before it', () => {
    expect(frames('FormatDateTime([a], , "yyyy-MM-dd", "%")')).toMatchInlineSnapshot(`
      "error AF3012: The format string is invalid: "%" is not a standard date format.
       --> expression:1:38
      1 | FormatDateTime([a], , "yyyy-MM-dd", "%")
        |                                      ^
        = help: See the .NET custom date and time format specifiers."
    `)
    const [escaped] = analyzeExpression('Replace([a], , "\\\\d(", , "", , )', environmentOf()).diagnostics
    expect(escaped).toMatchObject({ code: 'AF3009', span: { start: 15, end: 21 } })
  })

  it.each([
    ['[a]', 'any value'],
    ['"a"', 'text'],
    ['ToLower("a")', 'text'],
    ['ToLower([a])', 'text or a list or null'],
    ['Count([a])', 'an integer'],
    ['BitAnd([a], 1)', 'an integer or null'],
    ['IIF([a] = "b", 1, "c")', 'text or an integer'],
    ['IIF([a] = "b", IgnoreAttributeFlow, NULL)', 'null or IgnoreAttributeFlow'],
    ['[a] = "b"', 'a Boolean'],
    ['Append("a", IgnoreObjectFlow)', 'text or IgnoreObjectFlow'],
    ['Now()', 'a DateTime'],
    ['1.5', 'a decimal'],
  ])('%s is %s', (text, type) => {
    const { expression, types } = analyzeExpression(text, environmentOf())
    expect(describeType(types.get(expression)!)).toBe(type)
  })

  it('names the attributes in the order of their first use', () => {
    const { attributes } = analyzeExpression('Join([c], [a], IIF([b] = [a], [__proto__], ))', environmentOf())
    expect(attributes).toEqual(['c', 'a', 'b', '__proto__'])
  })
})
