/** For each pass: expressions, and the printed unit after it. */
export const passExamples: Readonly<
  Record<string, readonly { readonly before: string; readonly after: string }[]>
> = {
  'fold-constants': [
    { before: 'Append("SMTP:", Left("abcdef", 3))', after: 'result = "SMTP:abc"' },
    { before: 'IIF("a" = "a", [mail], [upn])', after: 'result = [mail]' },
    { before: 'Switch("SE", "other", "NO", [a], "SE", [b])', after: 'result = [b]' },
  ],
  simplify: [
    { before: 'Join(" ", [a], Join(" ", [b], [c]))', after: 'result = Join(" ", [a], [b], [c])' },
    { before: 'ToLower(ToLower([mail]))', after: 'result = ToLower([mail], )' },
    { before: 'Not(Not(IsPresent([a])))', after: 'result = IsPresent([a])' },
    { before: 'IIF(Not(IsPresent([a])), [b], [c])', after: 'result = if IsPresent([a]) then [c] else [b]' },
  ],
  share: [
    {
      before: 'Join("", ToLower([mail]), Left(ToLower([mail]), 3))',
      after: '$0 = ToLower([mail], )\nresult = Join("", $0, Left($0, 3))',
    },
    { before: 'Join("", Guid(), Guid())', after: 'result = Join("", Guid(), Guid())' },
  ],
  specialise: [
    { before: 'Left([a], 3)', after: 'result = Left<leftBody>([a])' },
    { before: 'Item(Split([a], "@"), 1)', after: 'result = ItemOfSplit<splitItem>([a])' },
    { before: 'Replace([a], "x", , , "y", , )', after: 'result = Replace<textReplacement>([a])' },
  ],
  templates: [
    { before: 'Append("+", [a])', after: 'result = template {"+" [a]}' },
    {
      before: 'StripSpaces(Append(Append([a], " @"), [b]))',
      after: 'result = template {StripSpaces([a]) "@" StripSpaces([b])}',
    },
    {
      before: 'StripSpaces(NormalizeDiacritics([a]))',
      after: 'result = template {NormalizeDiacritics StripSpaces<textPipeline>([a])}',
    },
  ],
}
