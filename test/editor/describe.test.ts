import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeExpression } from '../../src/editor/describe.js'
import { documented, standardLibrary } from '../../src/functions/index.js'
import { sameSyntax } from '../../src/syntax/equality.js'
import { parseExpression } from '../../src/syntax/parser.js'
import { visit } from '../../src/syntax/walk.js'
import { allCases, casesOf } from '../support/at-length.js'
import { arbitraryHostileExpression, arbitraryTypedExpression } from '../support/typed-expression.js'

const words = (text: string): string => describeExpression(parseExpression(text).expression, standardLibrary)

describe('an expression in words', () => {
  it.each([
    ['Left([givenName], 3)', 'the first three characters of givenName'],
    ['Left([givenName], "1")', 'the first character of givenName'],
    ['Left([givenName], 64)', 'the first 64 characters of givenName'],
    ['Left([givenName], [n])', 'the first n characters of givenName'],
    ['Mid([a], 2, 3)', 'three characters of a from character 2 on'],
    ['Item(Split([mail], "@"), 2)', 'the second value of the parts of mail between "@"'],
    ['Word([a], 21, " ")', 'the 21st word of a, separated by a blank'],
    ['Word([a], 12, " ")', 'the 12th word of a, separated by a blank'],
    [
      'Join("", Left([givenName], 1), ".", [surname])',
      'the first character of givenName, followed by ".", followed by surname',
    ],
    ['Join(" ", [givenName], [surname])', 'givenName and surname joined with a blank'],
    ['Append(Join("-", [a], [b]), "x")', '(a and b joined with "-") followed by "x"'],
    ['[a] & %DomainFQDN%', 'a followed by %DomainFQDN%'],
    ['Replace([a], "-", , , "", , )', 'a with every "-" removed'],
    ['Replace([a], "-", , , "_", , )', 'a with every "-" replaced by "_"'],
    ['Replace([a], "N", , , , , "u-N")', '"u-N" with every "N" replaced by a'],
    [
      'Replace([a], , "(?<n>x)", "n", , [b], )',
      'a, or if it has no value the group "n" of the pattern "(?<n>x)" in b',
    ],
    ['Coalesce([mail], [upn], "none")', 'the first of mail, upn and "none" that has a value'],
    ['DateDiff("d", Now(), CDate([end]))', 'the number of days from the present time to the date end'],
    ['DateAdd("h", -7, Now())', 'the present time plus -7 hours'],
    ['CBool([a] = [b])', '(whether a is b) as a Boolean'],
    ['IIF([a] = CBool([b]), "x", "y")', '"x" if a is b as a Boolean, otherwise "y"'],
    ['Join("-", Left([a], 3), [b])', '(the first three characters of a) and b joined with "-"'],
    ['Left(Join("-", [a], [b]), 3)', 'the first three characters of (a and b joined with "-")'],
    ['Join("-", [a], ToLower([b]))', 'a and (b in lower case) joined with "-"'],
    ['ToLower(Join("-", [a], [b]))', '(a and b joined with "-") in lower case'],
    ['Join("-", [a], Join("_", [b], [c]), [d])', 'a, (b and c joined with "_") and d joined with "-"'],
    ['Join("", [a], Join("", [b], [c]), [d])', 'a, followed by (b, followed by c), followed by d'],
    ['[a] & ToLower([b])', 'a followed by (b in lower case)'],
    ['ToUpper(CStr([a]))', '(the text of a) in upper case'],
    ['CStr(ToUpper([a]))', 'the text of (a in upper case)'],
    ['ToUpper(Trim([a]))', 'a without white space at its ends in upper case'],
    ['[given name] & [surname]', '[given name] followed by surname'],
    ['Append("first one ", [a])', '"first one " followed by a'],
    ['IIF(IsPresent([mail]), [mail], "none")', 'mail if mail has a value, otherwise "none"'],
    [
      'IIF([a] >= 5, IgnoreAttributeFlow, )',
      'no flow to this attribute if a is at least 5, otherwise nothing',
    ],
    ['Switch([a], [a], "", NULL)', 'nothing if a has no value, otherwise a'],
    ['""', 'empty text'],
    ['Unknown([a], 1)', 'Unknown of a and 1'],
  ])('%s', (text, description) => {
    expect(words(text)).toBe(description)
  })

  it('lists branches, with those inside branches below them', () => {
    const text =
      'Switch([country], IIF([userType] = "Guest", "A rather long text for guests alone", "Other"), "SE", ToUpper([city]), "", "None")'
    expect(words(text)).toBe(`one of these:
  - if country is "SE": city in upper case
  - if country has no value: "None"
  - otherwise: one of these:
    - if userType is "Guest": "A rather long text for guests alone"
    - otherwise: "Other"`)
  })

  it('gives branches inside other calls a name', () => {
    const text =
      'Join("@", ToLower([nick]), Switch([company], "example.org", "A", "a.example", "B", "b.example"))'
    expect(words(text)).toBe(`nick in lower case and choice A joined with "@"
where choice A is one of these:
  - if company is "A": "a.example"
  - if company is "B": "b.example"
  - otherwise: "example.org"`)
  })

  it('is there for every function, from arguments that exist', () => {
    for (const { form, name, parameters, phrases } of standardLibrary.all().map(documented)) {
      if (form === 'conditional' || form === 'switch') continue
      expect(phrases, name).toBeDefined()
      const known = parameters.map((parameter) => parameter.name)
      for (const phrase of phrases!) {
        for (const [, parameter] of phrase.matchAll(/\{(\w+)/g)) expect(known, name).toContain(parameter)
        expect(phrase).toMatch(/^[a-z{].*[^.]$/)
      }
    }
  })

  it('names every attribute of an expression, and leaves no placeholder', () => {
    let named = 0
    fc.assert(
      fc.property(arbitraryTypedExpression, (text) => {
        const { expression } = parseExpression(text)
        const description = describeExpression(expression, standardLibrary)
        visit(expression, (node) => {
          if (node.type !== 'AttributeReference' || !isNamed(text)) return
          named++
          expect(description).toContain(node.name)
        })
        expect(description).not.toContain('undefined')
      }),
      { numRuns: 500 },
    )
    expect(named).toBeGreaterThan(100)
  })

  it('never throws', () => {
    fc.assert(
      fc.property(arbitraryHostileExpression, (text) => {
        expect(words(text).length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })
})

/** The calls of which the trees below are made; their phrases name all their arguments. */
const calls: readonly ((...parts: readonly string[]) => string)[] = [
  (a) => `ToLower(${a})`,
  (a) => `Left(${a}, 3)`,
  (a) => `CStr(${a})`,
  (a) => `IsNull(${a})`,
  (a) => `RemoveDuplicates(${a})`,
  (a) => `Replace(${a}, "x", , , "", , )`,
  (a, b) => `Join("-", ${a}, ${b})`,
  (a, b) => `Join("", ${a}, ${b})`,
  (a, b) => `${a} & ${b}`,
  (a, b) => `Coalesce(${a}, ${b})`,
  (a, b) => `Split(${a}, ${b})`,
  (a, b) => `BitAnd(${a}, ${b})`,
  (a, b) => `CBool(${a} = ${b})`,
  (a, b) => `Switch(${a}, "o", ${b}, "k")`,
  (a, b) => `Own(${a}, ${b})`,
]

describe('two expressions', () => {
  it('have different words', () => {
    const leaves = ['[a]', '[b]']
    const over = (parts: readonly string[]): readonly string[] =>
      calls.flatMap((call) =>
        call.length === 1
          ? parts.map((a) => call(a))
          : parts.flatMap((a) => leaves.flatMap((b) => [call(a, b), call(b, a)])),
      )
    const thirdOf = (texts: readonly string[]): readonly string[] =>
      allCases ? texts : texts.filter((_, index) => index % 3 === 0)
    const once = over(leaves)
    const all = new Set([...leaves, ...once, ...over(once), ...thirdOf(over(over(once)))])
    const seen = new Map<string, string>()
    for (const text of all) {
      const parsed = parseExpression(text)
      if (parsed.diagnostics.length > 0) continue
      const description = describeExpression(parsed.expression, standardLibrary)
      const other = seen.get(description)
      if (other !== undefined && !sameSyntax(parseExpression(other).expression, parsed.expression))
        expect.fail(`${other} and ${text} are both: ${description}`)
      seen.set(description, text)
    }
    expect(seen.size).toBeGreaterThan(casesOf(10_000))
  })
})

/** Phrases leave out what is no more than a detail: cultures, the minima of RandomString, and formats of dates. */
const isNamed = (text: string): boolean =>
  !/RandomString|FormatDateTime|Replace|InStr|PCase|Mid|ToLower|ToUpper|ConvertFromBase64|Join/.test(text)
