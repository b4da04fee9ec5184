import { describe, expect, it, test } from 'vitest'
import { applyEdits } from '../../src/diagnostics/fix.js'
import {
  compileOutputFormat,
  compileParseFormat,
  DATE_INTERVALS,
  DEFAULT_DATE_TIME_STYLES,
} from '../../src/dotnet/dates/index.js'
import { compileCasing } from '../../src/dotnet/text/casing.js'
import { cultureNames } from '../../src/dotnet/text/cultures.js'
import { commonFormats, intervalMeanings } from '../../src/editor/date-formats.js'
import {
  type CompletionItem,
  completeExpression,
  completeOperator,
  type EditorContext,
} from '../../src/editor/index.js'
import { filterOperators } from '../../src/filter/operators.js'
import { languageConstants } from '../../src/functions/constants.js'
import { standardLibrary } from '../../src/functions/index.js'
import { context, cursor, withoutSchema } from './cursor.js'

const at = (marked: string, given: EditorContext = context): readonly CompletionItem[] => {
  const { text, offset } = cursor(marked)
  return completeExpression(text, offset, given)
}

/** What the text becomes with the first item, and the labels of all. */
const results = (marked: string, given?: EditorContext): readonly [string | undefined, string] => {
  const { text } = cursor(marked)
  const items = at(marked, given)
  return [items[0] && applyEdits(text, [items[0].edit]), items.map(({ label }) => label).join(' ')]
}

const allAttributes = 'active emails[type eq "work"].value givenName id manager skills surname'

describe('completeExpression', () => {
  test.each([
    // Names of attributes and functions, constants, placeholders
    ['giv|', '[givenName]', 'givenName'],
    ['Join(" ", Surn|)', 'Join(" ", [surname])', 'surname'],
    ['Join(" ", sur|na, "x")', 'Join(" ", [surname], "x")', 'surname'],
    ['Guid|', 'Guid()', 'Guid'],
    ['Coal|', 'Coalesce(', 'Coalesce'],
    [
      'Left(nor|, 3)',
      'Left(NormalizeDiacritics(, 3)',
      'NormalizeDiacritics IgnoreFlowIfNullOrEmpty IgnoreAttributeFlow IgnoreObjectFlow',
    ],
    ['Coal|([a], "x")', 'Coalesce([a], "x")', 'Coalesce'],
    ['Ignoreo|', 'IgnoreObjectFlow', 'IgnoreObjectFlow'],
    ['Fabri|', undefined, ''],
    ['Tenan|', '%Tenant%', 'Tenant'],
    // Between the signs of attributes and placeholders
    ['Join(" ", [giv|', 'Join(" ", [givenName]', 'givenName'],
    ['Join(" ", [|', 'Join(" ", [active]', allAttributes],
    ['Join(" ", [giv|, [surname])', 'Join(" ", [givenName], [surname])', 'givenName'],
    ['Join(" ", [giv|ren], "x")', 'Join(" ", [givenName], "x")', 'givenName'],
    ['Join(" ", [ giv|])', 'Join(" ", [givenName])', 'givenName'],
    ['Trim([WORK|])', 'Trim([emails[type eq "work"].value])', 'emails[type eq "work"].value'],
    [
      'Trim([emails[type eq "wo|rk"].value])',
      'Trim([emails[type eq "work"].value])',
      'emails[type eq "work"].value',
    ],
    ['%D|', '%DomainFQDN%', 'DomainFQDN'],
    ['Join("", %|, "x")', 'Join("", %DomainFQDN%, "x")', 'DomainFQDN Tenant'],
    ['Trim(%Do|main%)', 'Trim(%DomainFQDN%)', 'DomainFQDN'],
    // Values of enumerations and of parameters that take certain literals
    ['InStr([a], "x", , vb|)', 'InStr([a], "x", , vbTextCompare)', 'vbTextCompare vbBinaryCompare'],
    ['InStr([a], "x", , "vbB|")', 'InStr([a], "x", , "vbBinaryCompare")', 'vbBinaryCompare'],
    ['ConvertFromBase64([a], utf|)', 'ConvertFromBase64([a], UTF8)', 'UTF8 ConvertToUTF8Hex'],
    ['DateAdd("|", 1, [a])', 'DateAdd("yyyy", 1, [a])', 'yyyy m ww d h n s q y w'],
    ['DateAdd("w|", 1, [a])', 'DateAdd("ww", 1, [a])', 'ww w'],
    ['DateAdd(yy|, 1, [a])', 'DateAdd("yyyy", 1, [a])', 'yyyy'],
    ['DateDiff("y|', 'DateDiff("yyyy', 'yyyy y'],
    ['ToLower([a], "tr|")', 'ToLower([a], "tr")', 'tr tr-TR'],
    ['ToLower([a], "de-A|U")', 'ToLower([a], "de-AT")', 'de-AT'],
    // A quote that is missing makes the rest a part of the string; it stays.
    ['ToLower("|, [a])', undefined, ''],
    ['Join(ToLower([a], "de-a|, ToUpper([b])', 'Join(ToLower([a], "de-AT, ToUpper([b])', 'de-AT'],
    // Date formats and styles
    [
      'FormatDateTime([a], "Allow|", "yyyy", "MM")',
      'FormatDateTime([a], "AllowLeadingWhite", "yyyy", "MM")',
      'AllowLeadingWhite AllowTrailingWhite AllowInnerWhite AllowWhiteSpaces',
    ],
    [
      'FormatDateTime([a], "AllowLeadingWhite, Allow|Inn", "yyyy", "MM")',
      'FormatDateTime([a], "AllowLeadingWhite, AllowTrailingWhite", "yyyy", "MM")',
      'AllowTrailingWhite AllowInnerWhite AllowWhiteSpaces',
    ],
    [
      'FormatDateTime([a], , "yyyy-MM-dd", "yyyyMMddH|")',
      'FormatDateTime([a], , "yyyy-MM-dd", "yyyyMMddHHmmss.fZ")',
      'yyyyMMddHHmmss.fZ HH H',
    ],
    [
      'FormatDateTime([a], , "dd.M|", "o")',
      'FormatDateTime([a], , "dd.MM.yyyy", "o")',
      'dd.MM.yyyy MMMM MMM MM M',
    ],
    ['FormatDateTime([a], , "yyyy, MMM|", "o")', 'FormatDateTime([a], , "yyyy, MMMM", "o")', 'MMMM MMM'],
    [
      'FormatDateTime([a], "dd-M|", "o")',
      'FormatDateTime([a], "dd-MMM-yyyy", "o")',
      'dd-MMM-yyyy MMMM MMM MM M',
    ],
    // Groups of the pattern
    [
      'Replace([a], , "(?<user>.*)@(.*)", "|", "x", , )',
      'Replace([a], , "(?<user>.*)@(.*)", "user", "x", , )',
      'user 1',
    ],
    ['Replace([a], , "(?<user>.*)@(.*)", us|', 'Replace([a], , "(?<user>.*)@(.*)", "user"', 'user'],
    [`Replace([a], , "(?<User>.*)@", , "\${|`, `Replace([a], , "(?<User>.*)@", , "\${User}`, `\${User}`],
    [
      `Replace([a], , "(?<User>.*)@(?<Host>.*)", , "x \${U|s}", , )`,
      `Replace([a], , "(?<User>.*)@(?<Host>.*)", , "x \${User}", , )`,
      `\${User}`,
    ],
    [
      'Replace([a], , "(?<User>.*)@", , "$|", , )',
      `Replace([a], , "(?<User>.*)@", , "\${User}", , )`,
      `\${User}`,
    ],
    [
      'Replace([a], , "(?<User>.*)@", , "a-|b", , )',
      `Replace([a], , "(?<User>.*)@", , "a-\${User}b", , )`,
      `\${User}`,
    ],
    ['Replace([a], , "(?<User>.*)@", , "ab|", , )', undefined, ''],
    [
      `Replace([a], , "(?<User>(", , "\${|", , )`,
      `Replace([a], , "(?<User>(", , "\${User}", , )`,
      `\${User}`,
    ],
    // With a group chosen, the replacement is taken as it is; without a pattern, there is no group.
    [`Replace([a], , "(?<User>.*)@", "User", "\${|", , )`, undefined, ''],
    [`Replace([a], "x", , , "\${|", , )`, undefined, ''],
    // The keys of a Boolean
    ['Switch([active], "x", "|")', 'Switch([active], "x", "True")', 'True False'],
    [
      'Switch(Not([active]), "x", "True", "1", "F|")',
      'Switch(Not([active]), "x", "True", "1", "False")',
      'False',
    ],
    [
      'Switch([active], "x", Tr|)',
      'Switch([active], "x", "True")',
      'True Trim True CStr InStr IsString RandomString StripSpaces StringFromSid IgnoreAttributeFlow',
    ],
    ['Switch([active], "x", "True", "|")', undefined, ''],
    ['Switch([surname], "x", "|")', undefined, ''],
    // Where no value can begin
    ['[givenName] |', undefined, ''],
    ['[givenName]|', undefined, ''],
    ['"x"|', undefined, ''],
    ['Left([a], 12|)', undefined, ''],
    ['Left([a], 1) Jo|', undefined, ''],
    ['Left([a], 1)|', undefined, ''],
    // Text that is just text
    ['"giv|"', undefined, ''],
    ['Join("|", [a])', undefined, ''],
    ['DateAdd("d" & "|", 1, [a])', undefined, ''],
    ['Nothing("|")', undefined, ''],
  ])('%s', (marked, text, labels) => {
    expect(results(marked)).toEqual([text, labels])
  })

  it.each(['|', 'Join(|', 'Join(" ", |)', 'Join(" ", |, "x")', '[givenName] & |', 'IIF([active] = |', '(|'])(
    'offers everything where a value may begin: %s',
    (marked) => {
      const items = at(marked)
      const functions = standardLibrary.all().map(({ name }) => name)
      const labels = items.map(({ label }) => label)
      expect([...labels].sort()).toEqual(
        [
          ...allAttributes.split(' ').filter((part) => !/[[\]"]|^eq$/.test(part)),
          'emails[type eq "work"].value',
          ...functions,
          ...languageConstants.keys(),
          'DomainFQDN',
          'Tenant',
        ].sort(),
      )
      expect(items.map(({ sortText }) => sortText)).toEqual(items.map(({ sortText }) => sortText).toSorted())
    },
  )

  it('puts what the parameter takes first, between quotes', () => {
    expect(at('DateAdd(|').slice(0, 3)).toMatchInlineSnapshot(`
      [
        {
          "detail": "years",
          "documentation": "",
          "edit": {
            "span": {
              "end": 8,
              "start": 8,
            },
            "text": ""yyyy"",
          },
          "kind": "interval",
          "label": "yyyy",
          "sortText": "0000",
        },
        {
          "detail": "months",
          "documentation": "",
          "edit": {
            "span": {
              "end": 8,
              "start": 8,
            },
            "text": ""m"",
          },
          "kind": "interval",
          "label": "m",
          "sortText": "0001",
        },
        {
          "detail": "weeks",
          "documentation": "",
          "edit": {
            "span": {
              "end": 8,
              "start": 8,
            },
            "text": ""ww"",
          },
          "kind": "interval",
          "label": "ww",
          "sortText": "0002",
        },
      ]
    `)
    expect(at('InStr([a], "x", , |)').slice(0, 2)).toMatchInlineSnapshot(`
      [
        {
          "detail": "compareType",
          "documentation": "vbBinaryCompare, the default, or vbTextCompare, which ignores case.",
          "edit": {
            "span": {
              "end": 18,
              "start": 18,
            },
            "text": "vbTextCompare",
          },
          "kind": "enum",
          "label": "vbTextCompare",
          "sortText": "0000",
        },
        {
          "detail": "compareType",
          "documentation": "vbBinaryCompare, the default, or vbTextCompare, which ignores case.",
          "edit": {
            "span": {
              "end": 18,
              "start": 18,
            },
            "text": "vbBinaryCompare",
          },
          "kind": "enum",
          "label": "vbBinaryCompare",
          "sortText": "0001",
        },
      ]
    `)
    expect(at('Replace([a], , "(?<user>.*)@", |')[0]).toMatchInlineSnapshot(`
      {
        "detail": "group of (?<user>.*)@",
        "documentation": "",
        "edit": {
          "span": {
            "end": 31,
            "start": 31,
          },
          "text": ""user"",
        },
        "kind": "group",
        "label": "user",
        "sortText": "0000",
      }
    `)
    expect(at('FormatDateTime([a], |').slice(0, 1)).toMatchInlineSnapshot(`
      [
        {
          "detail": "DateTimeStyles",
          "documentation": "",
          "edit": {
            "span": {
              "end": 20,
              "start": 20,
            },
            "text": ""None"",
          },
          "kind": "enum",
          "label": "None",
          "sortText": "0000",
        },
      ]
    `)
    expect(at('FormatDateTime([a], , , |').slice(0, 2)).toMatchInlineSnapshot(`
      [
        {
          "detail": "2024-03-06",
          "documentation": "ISO 8601, date",
          "edit": {
            "span": {
              "end": 24,
              "start": 24,
            },
            "text": ""yyyy-MM-dd"",
          },
          "kind": "format",
          "label": "yyyy-MM-dd",
          "sortText": "0000",
        },
        {
          "detail": "2024-03-06T15:04:05Z",
          "documentation": "ISO 8601, date and time in UTC",
          "edit": {
            "span": {
              "end": 24,
              "start": 24,
            },
            "text": ""yyyy-MM-ddTHH:mm:ssZ"",
          },
          "kind": "format",
          "label": "yyyy-MM-ddTHH:mm:ssZ",
          "sortText": "0001",
        },
      ]
    `)
  })

  it('describes each kind of item', () => {
    expect(at('mana|')).toMatchInlineSnapshot(`
      [
        {
          "detail": "Reference",
          "documentation": "\`[manager]\`: Reference; an attribute of Worker in HR.

      - Refers to: \`Worker.id\`",
          "edit": {
            "span": {
              "end": 4,
              "start": 0,
            },
            "text": "[manager]",
          },
          "kind": "attribute",
          "label": "manager",
          "sortText": "0000",
        },
      ]
    `)
    expect(at('Mid|')).toMatchInlineSnapshot(`
      [
        {
          "detail": "Mid(source, start, length?)",
          "documentation": "Gives the characters of a text from a position on. Null in source or start gives null. A multi-valued attribute is processed value by value; null results are dropped. Documented for app provisioning and cloud sync.

      - A start past the end gives "". A start below 1 or a negative length is an error.
      - The form with two arguments is only in an example of the cloud sync page.",
          "edit": {
            "span": {
              "end": 3,
              "start": 0,
            },
            "text": "Mid(",
          },
          "kind": "function",
          "label": "Mid",
          "sortText": "0000",
        },
      ]
    `)
    expect(at('IgnoreA|')).toMatchInlineSnapshot(`
      [
        {
          "detail": "constant",
          "documentation": "Nothing flows to this attribute, whatever its value in the target.",
          "edit": {
            "span": {
              "end": 7,
              "start": 0,
            },
            "text": "IgnoreAttributeFlow",
          },
          "kind": "constant",
          "label": "IgnoreAttributeFlow",
          "sortText": "0000",
        },
      ]
    `)
    expect(at('%Te|')).toMatchInlineSnapshot(`
      [
        {
          "detail": "fabrikam",
          "documentation": "",
          "edit": {
            "span": {
              "end": 3,
              "start": 0,
            },
            "text": "%Tenant%",
          },
          "kind": "placeholder",
          "label": "Tenant",
          "sortText": "0000",
        },
      ]
    `)
    expect(at('ToUpper([a], "sv-F|")')).toMatchInlineSnapshot(`
      [
        {
          "detail": "culture",
          "documentation": "",
          "edit": {
            "span": {
              "end": 18,
              "start": 14,
            },
            "text": "sv-FI",
          },
          "kind": "culture",
          "label": "sv-FI",
          "sortText": "0000",
        },
      ]
    `)
    expect(at('FormatDateTime([a], , , "tt|")')).toMatchInlineSnapshot(`
      [
        {
          "detail": "3/6/2024 3:04:05 PM",
          "documentation": "the text form of a date in an expression",
          "edit": {
            "span": {
              "end": 27,
              "start": 25,
            },
            "text": "M/d/yyyy h:mm:ss tt",
          },
          "kind": "format",
          "label": "M/d/yyyy h:mm:ss tt",
          "sortText": "0000",
        },
        {
          "detail": "AM or PM",
          "documentation": "For example PM",
          "edit": {
            "span": {
              "end": 27,
              "start": 25,
            },
            "text": "tt",
          },
          "kind": "format",
          "label": "tt",
          "sortText": "0001",
        },
      ]
    `)
  })

  it('puts functions that the dialect does not document behind the others', () => {
    for (const dialect of ['provisioning', 'cloud-sync'] as const) {
      const given: EditorContext = { ...context, environment: { ...context.environment, dialect } }
      const documented = at('|', given)
        .filter(({ kind }) => kind === 'function')
        .map(({ label }) => standardLibrary.get(label)!.dialects.includes(dialect))
      const count = documented.filter(Boolean).length
      expect(count).toBeGreaterThan(20)
      expect(documented.slice(0, count)).not.toContain(false)
      expect(documented.length).toBeGreaterThan(count)
    }
  })

  it('proposes no attributes without a schema', () => {
    expect(results('giv|', withoutSchema)).toEqual([undefined, ''])
    expect(results('[|', withoutSchema)).toEqual([undefined, ''])
    expect(results('Switch([active], "x", "|")', withoutSchema)).toEqual([undefined, ''])
  })

  it('gives up on texts that no service accepts', () => {
    expect(completeExpression(`${' '.repeat(20_000)}`, 3, context).length).toBeGreaterThan(50)
    expect(completeExpression(`${' '.repeat(20_001)}`, 3, context)).toEqual([])
  })
})

describe('tables', () => {
  it('have every interval', () => {
    expect(intervalMeanings.map(([name]) => name).sort()).toEqual([...DATE_INTERVALS].sort())
  })

  it.each(commonFormats)('%s is a format to read and to write', (format) => {
    expect(() => compileOutputFormat(format)).not.toThrow()
    expect(() => compileParseFormat(format, DEFAULT_DATE_TIME_STYLES)).not.toThrow()
  })

  it('know every culture they propose', () => {
    const names = cultureNames()
    expect(names).toContain('az-Cyrl-AZ')
    for (const name of names) expect(() => compileCasing(name)).not.toThrow()
  })
})

describe('completeOperator', () => {
  const labels = (typed: string, type?: 'Boolean' | 'Integer'): string[] =>
    completeOperator(typed, type && { name: 'x', type, multivalued: false, required: false }).map(
      ({ label }) => label,
    )

  it('proposes every operator that can be evaluated', () => {
    expect(labels('')).toEqual(filterOperators.map(({ name }) => name))
  })

  it('puts those first that are made for the type', () => {
    expect(labels('', 'Boolean').slice(0, 2)).toEqual(['IS TRUE', 'IS FALSE'])
    expect(labels('', 'Boolean')).toHaveLength(filterOperators.length)
  })

  it('finds them by what is typed, whatever its case, blanks and underscores', () => {
    expect(labels('ends w')).toEqual(['ENDS_WITH'])
    expect(labels('regex')).toEqual(['REGEX MATCH', 'NOT REGEX MATCH'])
    expect(labels('nothing')).toEqual([])
    expect(completeOperator('is_t')).toMatchInlineSnapshot(`
      [
        {
          "detail": "unary, Boolean",
          "documentation": "The attribute is the Boolean true, or the text true in any case.",
          "edit": {
            "span": {
              "end": 4,
              "start": 0,
            },
            "text": "IS TRUE",
          },
          "kind": "operator",
          "label": "IS TRUE",
          "sortText": "0000",
        },
      ]
    `)
  })
})
