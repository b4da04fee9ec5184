import { describe, expect, it, test } from 'vitest'
import { type EditorContext, hoverExpression } from '../../src/editor/index.js'
import { operatorMeanings } from '../../src/editor/words.js'
import { resolveSettings } from '../../src/values/resolve-settings.js'

import { context, cursor, withoutSchema } from './cursor.js'

/** The text that is explained, and the explanation. */
const hover = (marked: string, given: EditorContext = context): string | undefined => {
  const { text, offset } = cursor(marked)
  const found = hoverExpression(text, offset, given)
  return found && `${text.slice(found.span.start, found.span.end)}\n---\n${found.contents}`
}

describe('hoverExpression', () => {
  it('explains functions', () => {
    expect(hover('Le|ft([mail], 3)')).toMatchInlineSnapshot(`
      "Left
      ---
      \`Left(source, length)\`

      Gives the first characters of a text. Null in length gives null. A multi-valued attribute is processed value by value; null results are dropped. Documented for app provisioning and cloud sync.

      - **source** (text): The text.
      - **length** (integer): How many characters.

      \`Left([displayName], 3)\`, where \`[displayName] is "Ada Berg"\`, gives \`"Ada"\`.

      - Null gives "", and a negative length gives the whole text.
      - Characters are UTF-16 units, so a pair of surrogates can be cut in two."
    `)
    expect(hover('no|w()')).toMatchInlineSnapshot(`
      "now
      ---
      \`Now()\`

      Gives the current time, in UTC. Documented for app provisioning.

      \`Now()\`, where \`now is 2024-05-06T07:08:09Z\`, gives \`"5/6/2024 7:08:09 AM"\`.

      - It is the same throughout one evaluation.
      - As text it has the form M/d/yyyy h:mm:ss tt; date functions take it directly."
    `)
    expect(hover('I|F([a] = "x", 1, 2)')).toMatchInlineSnapshot(`
      "IF
      ---
      Write IIF."
    `)
  })

  it('explains what a literal is for', () => {
    expect(hover('Join("|, ", [a])')).toMatchInlineSnapshot(`
      "", "
      ---
      **separator** (text): Text put between the values. (\`Join(separator, source, …)\`)"
    `)
    expect(hover('Left([a], 1|2)')).toMatchInlineSnapshot(`
      "12
      ---
      **length** (integer): How many characters. (\`Left(source, length)\`)"
    `)
    expect(hover('BitAnd(&|H1F, [a])')).toMatchInlineSnapshot(`
      "&H1F
      ---
      **value1** (integer): A number. (\`BitAnd(value1, value2)\`)

      Number: \`31\`"
    `)
    expect(hover('"a|\\\\b\\"c"')).toMatchInlineSnapshot(`
      ""a\\\\b\\"c"
      ---
      Text: \`a\\b"c\`"
    `)
    expect(hover('DateAdd("d|", 1, Now())')).toMatchInlineSnapshot(`
      ""d"
      ---
      **interval** (text): The unit: yyyy, m, d, ww, h, n or s. (\`DateAdd(interval, value, dateTime)\`)

      \`d\`: days"
    `)
    expect(hover('InStr([a], "x", , vb|TextCompare)')).toMatchInlineSnapshot(`
      "vbTextCompare
      ---
      **compareType** (vbTextCompare or vbBinaryCompare, optional): vbBinaryCompare, the default, or vbTextCompare, which ignores case."
    `)
  })

  it('explains formats', () => {
    expect(hover('FormatDateTime([a], , "|yyyyMMdd", "o")')).toMatchInlineSnapshot(`
      ""yyyyMMdd"
      ---
      **inputFormat** (text, optional): The .NET format of the source; a date needs none. (\`FormatDateTime(source, dateTimeStyles?, inputFormat?, outputFormat)\`)

      6 March 2024, 15:04:05.678 UTC is \`20240306\`.

      - \`yyyy\`: year, four digits
      - \`MM\`: month, 01 to 12
      - \`dd\`: day of the month, 01 to 31"
    `)
    expect(hover('FormatDateTime([a], , "yyyyMMdd", "|s")')).toMatchInlineSnapshot(`
      ""s"
      ---
      **outputFormat** (text): The .NET format of the result. (\`FormatDateTime(source, dateTimeStyles?, inputFormat?, outputFormat)\`)

      Short for \`yyyy'-'MM'-'dd'T'HH':'mm':'ss\`.

      6 March 2024, 15:04:05.678 UTC is \`2024-03-06T15:04:05\`.

      - \`yyyy\`: year, four digits
      - \`MM\`: month, 01 to 12
      - \`dd\`: day of the month, 01 to 31
      - \`HH\`: hour, 00 to 23
      - \`mm\`: minute, 00 to 59
      - \`ss\`: second, 00 to 59"
    `)
    expect(hover('FormatDateTime([a], , "yyyyMMdd", "|%")')).toMatchInlineSnapshot(`
      ""%"
      ---
      **outputFormat** (text): The .NET format of the result. (\`FormatDateTime(source, dateTimeStyles?, inputFormat?, outputFormat)\`)"
    `)
  })

  it('explains patterns and their groups', () => {
    expect(hover('Replace([a], , "(?<user|>.*)@(.*)", , "x", , )')).toMatchInlineSnapshot(`
      ""(?<user>.*)@(.*)"
      ---
      **regexPattern** (text, optional): A .NET regular expression for what to replace. (\`Replace(source, oldValue?, regexPattern?, regexGroupName?, replacementValue?, replacementAttributeName?, template?)\`)

      Groups: \`user\`, \`1\`"
    `)
    expect(hover('Replace([a], , "(?<user>.*)@", "u|s", "x", , )')).toMatchInlineSnapshot(`
      ""us"
      ---
      **regexGroupName** (text, optional): The group of the pattern to replace, or to take from the other attribute. (\`Replace(source, oldValue?, regexPattern?, regexGroupName?, replacementValue?, replacementAttributeName?, template?)\`)

      Groups: \`user\`

      The pattern has no group \`us\`."
    `)
    expect(hover(`Replace([a], , "(?<user>.*)@", , "$|{user} \${host}", , )`)).toMatchInlineSnapshot(`
      ""\${user} \${host}"
      ---
      **replacementValue** (text, optional): The new text. With a pattern and no group it may refer to groups, such as $1. (\`Replace(source, oldValue?, regexPattern?, regexGroupName?, replacementValue?, replacementAttributeName?, template?)\`)

      Groups: \`user\`

      The pattern has no group \`host\`."
    `)
  })

  it('explains attributes by the schema', () => {
    expect(hover('Trim([given|Name])')).toMatchInlineSnapshot(`
      "[givenName]
      ---
      \`[givenName]\`: String; an attribute of Worker in HR."
    `)
    expect(hover('|[skills]')).toMatchInlineSnapshot(`
      "[skills]
      ---
      \`[skills]\`: String, multi-valued; an attribute of Worker in HR.

      - Null may clear a target if the mapping allows it too."
    `)
    expect(hover('[id|]')).toMatchInlineSnapshot(`
      "[id]
      ---
      \`[id]\`: String; an attribute of Worker in HR.

      - It identifies the object.
      - Default: \`none\`"
    `)
    expect(hover('[emails[type |eq "work"].value]')).toMatchInlineSnapshot(`
      "[emails[type eq "work"].value]
      ---
      \`[emails[type eq "work"].value]\`: String; an attribute of Worker in HR.

      - Mutability: ReadOnly
      - Changes of case matter."
    `)
    expect(hover('[IsSoft|Deleted]')).toMatchInlineSnapshot(`
      "[IsSoftDeleted]
      ---
      \`[IsSoftDeleted]\`: Boolean, required; an attribute of Worker in HR.

      - Mutability: ReadOnly
      - The service computes it; the schema does not list it."
    `)
    expect(hover('[Surname|]')).toMatchInlineSnapshot(`
      "[Surname]
      ---
      Worker in HR has no attribute \`[Surname]\`. Did you mean \`[surname]\`?"
    `)
    expect(hover('[zzzzzzzzz|]')).toMatchInlineSnapshot(`
      "[zzzzzzzzz]
      ---
      Worker in HR has no attribute \`[zzzzzzzzz]\`."
    `)
  })

  it('takes the type from the scope of the check, if that is all there is', () => {
    const environment = {
      ...context.environment,
      attributes: {
        description: 'User',
        lookup: (name: string) =>
          name === 'mail'
            ? ({ name, type: 'String', multivalued: false, required: true } as const)
            : undefined,
        suggest: () => undefined,
      },
    }
    expect(hover('[mail|]', { environment })).toBe(
      '[mail]\n---\n`[mail]`: String, required; an attribute of User.',
    )
    expect(hover('[mails|]', { environment })).toBe('[mails]\n---\nUser has no attribute `[mails]`.')
    expect(hover('[mail|]', withoutSchema)).toBeUndefined()
  })

  it('explains constants and placeholders', () => {
    expect(hover('IgnoreObject|Flow')).toMatchInlineSnapshot(`
      "IgnoreObjectFlow
      ---
      \`IgnoreObjectFlow\`: The whole object is skipped."
    `)
    expect(hover('Ignore|ThisFlow')).toMatchInlineSnapshot(`
      "IgnoreThisFlow
      ---
      Write IgnoreAttributeFlow."
    `)
    expect(hover('%Domain|FQDN%')).toMatchInlineSnapshot(`
      "%DomainFQDN%
      ---
      Constant of the job: \`corp.example\`"
    `)
    expect(hover('%Nothing|%')).toMatchInlineSnapshot(`
      "%Nothing%
      ---
      Constant of the job: the settings give it no value."
    `)
  })

  it('explains operators, with what null means to them', () => {
    expect(hover('[a] |& [b]')).toMatchInlineSnapshot(`
      "&
      ---
      Joins two texts. Null counts as the empty text, unless both are null. It binds tighter than comparisons."
    `)
    expect(hover('IIF([a] <|> "x", 1, 2)')).toMatchInlineSnapshot(`
      "<>
      ---
      Holds if the sides have different texts; case counts. Two dates compare as instants.

      A side that is null or "" makes it false, unless \`""\` itself is written there."
    `)
    const lenient: EditorContext = {
      environment: { ...context.environment, settings: resolveSettings({ nullComparison: 'lenient' }) },
    }
    expect(hover('IIF([a]|= "x", 1, 2)', lenient)).toMatchInlineSnapshot(`
      "=
      ---
      Holds if both sides have the same text; case counts. Two dates compare as instants.

      Null counts as ""."
    `)
    expect(operatorMeanings.map(([operator]) => operator)).toEqual(['&', '=', '<>', '<', '<=', '>', '>='])
  })

  test.each(['|', 'Join|', 'Nothing|(1)', 'Trim(|  )', 'Trim([a]), |', 'Trim|', "'|"])(
    'says nothing at %s',
    (marked) => {
      expect(hover(marked)).toBeUndefined()
    },
  )

  it('prefers the token that begins at the offset', () => {
    expect(hover('Left(|"abc", 1)')).toContain('"abc"\n---\n**source**')
    expect(hover('Left("abc"|, 1)')).toContain('"abc"\n---\n**source**')
  })
})
