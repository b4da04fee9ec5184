import { describe, expect, it, test } from 'vitest'
import { signatureHelp } from '../../src/editor/index.js'
import { signatureOf } from '../../src/functions/define.js'
import { standardLibrary } from '../../src/functions/index.js'
import { context, cursor } from './cursor.js'

/** The active signature, its active parameter between angle brackets. */
const short = (marked: string): string | undefined => {
  const { text, offset } = cursor(marked)
  const help = signatureHelp(text, offset, context)
  if (help === undefined) return undefined
  const { label, parameters } = help.signatures[help.activeSignature]!
  if (help.activeParameter === undefined) return label
  const [start, end] = parameters[help.activeParameter]!.label
  return `${label.slice(0, start)}<${label.slice(start, end)}>${label.slice(end)}`
}

describe('signatureHelp', () => {
  test.each([
    ['Left(|', 'Left(<source>, length)'],
    ['Left([a], |', 'Left(source, <length>)'],
    ['Left([a], 3|)', 'Left(source, <length>)'],
    ['Left([a], 3, |)', 'Left(source, length)'],
    ['Left("a, (|b", 3)', 'Left(<source>, length)'],
    ['Left(Mid([a], |), 3)', 'Mid(source, <start>, length?)'],
    ['Left(Mid([a], 2)|, 3)', 'Left(<source>, length)'],
    ['Left((|', 'Left(<source>, length)'],
    ['left([a], |', 'Left(source, <length>)'],
    ['Now(|)', 'Now()'],
    // Repeating parameters
    ['Join(|)', 'Join(<separator>, source, …)'],
    ['Join("-", [a], [b], |', 'Join(separator, <source>, …)'],
    ['Switch([a], "x", |', 'Switch(source, defaultValue?, <key>, value?, …)'],
    ['Switch([a], "x", "1", |', 'Switch(source, defaultValue?, key, <value?>, …)'],
    ['Switch([a], "x", "1", "one", |', 'Switch(source, defaultValue?, <key>, value?, …)'],
    // Blank arguments
    [
      'Replace([a], , |',
      'Replace(source, oldValue?, <regexPattern?>, regexGroupName?, replacementValue?, replacementAttributeName?, template?)',
    ],
    // The shorter form of FormatDateTime
    ['FormatDateTime([a], |', 'FormatDateTime(source, <dateTimeStyles?>, inputFormat?, outputFormat)'],
    ['FormatDateTime([a], "yyyy", |', 'FormatDateTime(source, inputFormat, <outputFormat>)'],
    ['FormatDateTime([a], |, "yyyy")', 'FormatDateTime(source, <inputFormat>, outputFormat)'],
    [
      'FormatDateTime([a], , "yyyy", |',
      'FormatDateTime(source, dateTimeStyles?, inputFormat?, <outputFormat>)',
    ],
    // Nothing to show
    ['Left|([a])', undefined],
    ['Left([a])|', undefined],
    ['Nothing(|', undefined],
    ['(|', undefined],
    ['|', undefined],
  ])('%s', (marked, expected) => {
    expect(short(marked)).toBe(expected)
  })

  it('comes with the documentation of function and parameters', () => {
    expect(signatureHelp('FormatDateTime(', 15, context)).toMatchInlineSnapshot(`
      {
        "activeParameter": 0,
        "activeSignature": 0,
        "signatures": [
          {
            "documentation": "Reads a date by one format and writes it by another. Null in source or outputFormat gives null. Documented for app provisioning and cloud sync.

      - With three arguments they are source, input format and output format.
      - A date from CDate, DateAdd, DateFromNum or Now is written directly, whatever the input format says.
      - With zzz in the input format the date is converted to the time of the host, which runs in UTC; the setting \`hostTimeZone\` decides.",
            "label": "FormatDateTime(source, dateTimeStyles?, inputFormat?, outputFormat)",
            "parameters": [
              {
                "documentation": "**source** (any value): A date, or text that has the input format.",
                "label": [
                  15,
                  21,
                ],
              },
              {
                "documentation": "**dateTimeStyles** (text, optional): Names of .NET DateTimeStyles, separated by commas. Default: RoundtripKind, AllowLeadingWhite, AllowTrailingWhite.",
                "label": [
                  23,
                  38,
                ],
              },
              {
                "documentation": "**inputFormat** (text, optional): The .NET format of the source; a date needs none.",
                "label": [
                  40,
                  52,
                ],
              },
              {
                "documentation": "**outputFormat** (text): The .NET format of the result.",
                "label": [
                  54,
                  66,
                ],
              },
            ],
          },
          {
            "documentation": "Reads a date by one format and writes it by another. Null in source or outputFormat gives null. Documented for app provisioning and cloud sync.

      - With three arguments they are source, input format and output format.
      - A date from CDate, DateAdd, DateFromNum or Now is written directly, whatever the input format says.
      - With zzz in the input format the date is converted to the time of the host, which runs in UTC; the setting \`hostTimeZone\` decides.",
            "label": "FormatDateTime(source, inputFormat, outputFormat)",
            "parameters": [
              {
                "documentation": "**source** (any value): A date, or text that has the input format.",
                "label": [
                  15,
                  21,
                ],
              },
              {
                "documentation": "**inputFormat** (text, optional): The .NET format of the source; a date needs none.",
                "label": [
                  23,
                  34,
                ],
              },
              {
                "documentation": "**outputFormat** (text): The .NET format of the result.",
                "label": [
                  36,
                  48,
                ],
              },
            ],
          },
        ],
      }
    `)
  })

  it('has the signature that the reference prints', () => {
    const all = standardLibrary.all()
    expect(
      all.map(({ name }) => signatureHelp(`${name}(`, name.length + 1, context)!.signatures[0]!.label),
    ).toEqual(all.map(signatureOf))
  })
})
