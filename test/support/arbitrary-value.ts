import fc from 'fast-check'

/** Texts that mean something to some function: numbers, dates, names, encodings, patterns, formats. */
export const meaningfulTexts: readonly string[] = [
  'True',
  'false',
  '0',
  '1',
  '01',
  '-3',
  '+7',
  ' 12 ',
  '&HF',
  '1.5',
  '9007199254740993',
  '132223104000000000',
  '2020-03-16-07:00',
  '2024-02-29T23:59:59Z',
  '2024-02-29',
  '3/16/2020 7:00:00 AM',
  '16.03.2020',
  'Ada Lovelace',
  'ada.lovelace@example.org',
  'O’Brien, Zoë',
  "o'neil-ÅBERG",
  'straße',
  'ΣΊΣΥΦΟΣ',
  'İstanbul ı',
  'Ærøskøbing',
  'SMTP:Ada@example.org',
  'smtp:ada@example.org',
  '+46 (8) 123-456',
  'a,b;c, d,,',
  'chess, go ,shogi',
  'CN=Ada\\, L.,OU=People+UID=7,DC=example',
  'YQBkAGEA',
  '////',
  'AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAABAAAAA==',
  'yyyy-MM-dd',
  'M/d/yyyy h:mm:ss tt',
  'd',
  'ww',
  'tr-TR',
  'no-such-culture',
  '(',
  '(?<n>\\d+)',
  '$1',
  `\${n}`,
  '.',
]

/** Texts that break careless code. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\t\n',
  '\u00a0',
  '\ud800',
  'a\udc00b',
  '__proto__',
  'constructor',
  '"',
  '\\',
  "'",
  `\`\${1}\``,
  '</script>',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\u0000',
  '$&',
  '%s',
  `\${process}`,
  '😀é',
  'e\u0301',
  '[a]',
  ');//',
  '*/',
]

/** Any text. */
export const arbitraryText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...meaningfulTexts) },
  { weight: 3, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
  { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(...'aAbB1, ;.@-'), maxLength: 8 }) },
)

/** Any number that JSON and the reader of integers give. */
export const arbitraryNumber: fc.Arbitrary<number | bigint> = fc.oneof(
  fc.constantFrom<number | bigint>(0, -0, 1, 2, -1, 3, 0.5, -0.5, 2.75, 1e21, 2 ** 53, -(2 ** 31), 5e-7),
  fc.integer({ min: -5, max: 20 }),
  fc.maxSafeInteger(),
  fc.constantFrom(2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 64n, 10n ** 30n, 132223104000000000n),
)

/** Any single value. */
export const arbitraryScalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: arbitraryText },
  { weight: 2, arbitrary: arbitraryNumber },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constantFrom(null, undefined) },
  { weight: 1, arbitrary: fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31') }) },
)

/** An object with own members only, whatever their names. */
export const objectOf = (entries: Iterable<readonly [string, unknown]>): Record<string, unknown> => {
  const object: Record<string, unknown> = {}
  for (const [name, value] of entries) {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
  }
  return object
}

/** A role assignment, or another object. */
export const arbitraryObject: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  fc
    .record({ id: arbitraryText, value: arbitraryScalar, displayName: arbitraryScalar }, { requiredKeys: [] })
    .map((role) => objectOf(Object.entries(role))),
  fc
    .array(fc.tuple(fc.constantFrom('__proto__', 'value', 'toString', 'toJSON', 'a'), arbitraryScalar), {
      maxLength: 3,
    })
    .map(objectOf),
)

/** Any value of a source attribute, lists and objects included. */
export const arbitraryValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: arbitraryScalar },
  {
    weight: 2,
    arbitrary: fc.array(fc.oneof({ weight: 6, arbitrary: arbitraryText }, arbitraryScalar), { maxLength: 4 }),
  },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.oneof(arbitraryScalar, arbitraryObject, fc.array(arbitraryScalar, { maxLength: 2 })),
      { maxLength: 3 },
    ),
  },
  { weight: 1, arbitrary: arbitraryObject },
)

/** What most values of an attribute are; any other value is possible, too. */
const usualValues: ReadonlyMap<string, fc.Arbitrary<unknown>> = new Map<string, fc.Arbitrary<unknown>>([
  ['mail', fc.constantFrom('Ada@example.org', 'ada.lovelace@example.org', 'a@b@c', '')],
  ['name', fc.constantFrom('Ada Lovelace', 'Zoë O’Brien', 'Åse', 'x', 'ΣΊΣΥΦΟΣ')],
  ['count', fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 5 }).map(String))],
  ['hired', fc.oneof(fc.constantFrom('2020-03-16-07:00', '2024-02-29', '3/16/2020 7:00:00 AM'), fc.date())],
  ['tags', fc.array(fc.constantFrom('a', 'b', 'SMTP:a@b', '', 'ä ö', null), { maxLength: 4 })],
])

/** Names of attributes, among them those that every JavaScript object inherits. */
export const attributeNames: readonly string[] = [
  ...usualValues.keys(),
  ...['a', '__proto__', 'constructor', 'toString', 'hasOwnProperty'],
  ...['emails[type eq "work"].value', "o'clock, (maybe) & `more`", 'straße 名前', 'line\u2028separator'],
  ...['</script>', `\${x}`],
]

const attribute = (name: string): fc.Arbitrary<readonly [string, unknown]> => {
  const usual = usualValues.get(name)
  const value =
    usual === undefined
      ? arbitraryValue
      : fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: arbitraryValue })
  return value.map((found) => [name, found] as const)
}

/** An object of the source: some of {@link attributeNames}, each with any value. */
export const arbitraryRecord: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(...attributeNames.map((name) => fc.option(attribute(name), { freq: 5 })))
  .map((entries) => objectOf(entries.filter((entry) => entry !== null)))
