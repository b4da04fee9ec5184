import fc from 'fast-check'
import { DATE_TIME_STYLE_NAMES } from '../../src/dotnet/dates/index.js'
import { type FunctionDefinition, isOptional, type Parameter } from '../../src/functions/define.js'
import { standardLibrary } from '../../src/functions/index.js'
import {
  ANY,
  BOOLEAN,
  DATETIME,
  DECIMAL,
  INTEGER,
  NULL,
  overlaps,
  STRING,
  type StaticType,
} from '../../src/values/static-type.js'
import { arbitraryText, attributeNames, hostileTexts, meaningfulTexts } from './arbitrary-value.js'

/** How deep calls nest. */
const DEPTH = 4

/** Writes a text as a string literal. */
export const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`

/** Literals among which a parameter's own check finds those it takes. */
const checkedLiterals: readonly string[] = [
  ...['yyyy', 'm', 'd', 'h', 'n', 's', 'w', 'WW', 'q', 'y'],
  ...[
    'yyyy-MM-dd',
    'M/d/yyyy h:mm:ss tt',
    'yyyy-MM-ddzzz',
    'O',
    'dd.MM.yy',
    "yyyy-MM-dd'T'HH:mm:ssZ",
    'ddd, MMM d',
    '%d',
  ],
  ...DATE_TIME_STYLE_NAMES,
  'AdjustToUniversal, AllowWhiteSpaces',
  ...['', 'tr-TR', 'en-US', 'de', 'az'],
  ...[' ', ',', '@', 'a', '; '],
]

/** Literals for parameters that take patterns and names, which any text would hardly ever be. */
const literalsByParameter: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'regexPattern',
    [
      '[a-z]+',
      '\\d',
      '(?<n>\\w)(?<m>\\W)?',
      '^.',
      '.{0,2}$',
      '(a)|(b)',
      '[a-z]*',
      '(?i)A',
      'é|\\p{Lu}',
      '\\s+$',
    ],
  ],
  ['regexGroupName', ['n', 'm', '1', '0', 'none']],
  ['replacementValue', ['', '-', '$1', `\${n}`, '$&$$', `\${none}`, '$']],
  ['dn', ['CN=Ada,OU=People', 'CN=a\\,b+UID=7;O="x"']],
  ['sid', ['AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAABAAAAA==']],
])

const integers = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -2, max: 9 }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '&HF',
      '&hFFFFFFFFFFFFFFFF',
      '9007199254740993',
      '-9223372036854775809',
      '132223104000000000',
      '2.5',
      '-0.5',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('"1"', '" 2"', '"&HF"', '"-1"') },
)

const dates = fc.constantFrom(
  ...[
    '"2020-03-16-07:00"',
    '"2024-02-29T23:59:59Z"',
    '"1600-12-31"',
    '"9999-12-31"',
    '" 3/16/2020 7:00:00 AM"',
    '"31.1.2024"',
  ],
)

const references = fc.constantFrom(...attributeNames.map((name) => `[${name}]`))

/** References of which most have values of the wanted kind. */
const referencesOf = (want: StaticType): fc.Arbitrary<string> => {
  const fitting =
    want === INTEGER
      ? ['[count]']
      : want === DATETIME
        ? ['[hired]']
        : want === STRING
          ? ['[mail]', '[name]']
          : []
  return fitting.length === 0
    ? references
    : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: references })
}

const texts = arbitraryText.map(quoted)

const leavesOf = (want: StaticType): fc.Arbitrary<string> => {
  const leaves = [{ weight: 4, arbitrary: referencesOf(want) }]
  const add = (kind: StaticType, weight: number, arbitrary: fc.Arbitrary<string>): void => {
    if (overlaps(want, kind)) leaves.push({ weight, arbitrary })
  }
  add(STRING, 4, texts)
  add(STRING, 1, fc.constantFrom('%Domain%', '%Domain%', '%Domain%', '%Unset%'))
  add(INTEGER, 2, integers)
  add(DATETIME, 2, dates)
  add(BOOLEAN, 1, fc.constantFrom('True', 'False'))
  add(DECIMAL, 1, fc.constantFrom('1.5', '-2.0', '0.25'))
  if (want === ANY) add(NULL, 1, fc.constantFrom('NULL', 'IgnoreAttributeFlow', 'IgnoreObjectFlow'))
  return fc.oneof(...leaves)
}

const memo = new Map<string, fc.Arbitrary<string>>()

const memoized = (key: string, make: () => fc.Arbitrary<string>): fc.Arbitrary<string> => {
  const known = memo.get(key)
  if (known !== undefined) return known
  const made = make()
  memo.set(key, made)
  return made
}

/** An expression without an operator at its top, of one of the wanted kinds as far as that can be told. */
const primary = (want: StaticType, depth: number): fc.Arbitrary<string> =>
  memoized(`${want}:${depth}`, () => {
    const leaf = leavesOf(want)
    if (depth === 0) return leaf
    const calls = standardLibrary
      .all()
      .filter(({ form, name }) => form !== 'selectUnique' && name !== 'Error')
      .filter(({ returns }) => typeof returns === 'function' || overlaps(returns, want))
    return fc.oneof(
      { weight: depth === DEPTH ? 10 : 80, arbitrary: leaf },
      { weight: 120, arbitrary: fc.nat(calls.length - 1).chain((i) => call(calls[i]!, want, depth)) },
      { weight: 2, arbitrary: call(standardLibrary.get('Error')!, want, depth) },
    )
  })

const operators = fc.constantFrom('=', '<>', '<', '<=', '>', '>=')

/** A primary, a concatenation, or a comparison where a Boolean may stand. */
const operand = (want: StaticType, depth: number): fc.Arbitrary<string> => {
  const inner = Math.max(0, depth - 1)
  const single = primary(want, depth)
  const choices = [{ weight: 12, arbitrary: single }]
  if (overlaps(want, STRING)) {
    const concatenation = fc
      .array(primary(STRING, inner), { minLength: 2, maxLength: 3 })
      .map((parts) => parts.join(' & '))
    choices.push({ weight: 1, arbitrary: concatenation })
  }
  if (overlaps(want, BOOLEAN)) choices.push({ weight: 2, arbitrary: comparison(inner) })
  return fc.oneof(...choices)
}

const comparison = (depth: number): fc.Arbitrary<string> =>
  memoized(`comparison:${depth}`, () =>
    fc
      .constantFrom(STRING, INTEGER, DATETIME, ANY & ~BOOLEAN)
      .chain((want) => fc.tuple(operand(want & ~BOOLEAN, depth), operators, operand(want & ~BOOLEAN, depth)))
      .map((parts) => parts.join(' ')),
  )

const argumentTypes = { String: STRING, Integer: INTEGER, DateTime: DATETIME, Any: ANY } as const

/** An argument for a parameter: what its declaration says it takes. */
const argument = (
  definition: FunctionDefinition,
  parameter: Parameter,
  want: StaticType,
  depth: number,
): fc.Arbitrary<string> =>
  memoized(`${definition.name}.${parameter.name}:${want}:${depth}`, () => {
    const { checkLiteral, name, type, values } = parameter
    if (values !== undefined) return fc.oneof(fc.constantFrom(...values), references)
    if (name === 'condition')
      return fc.oneof({ weight: 3, arbitrary: comparison(depth) }, operand(ANY, depth))
    const passesOn = typeof definition.returns === 'function' && type === 'Any'
    const general = operand(passesOn ? want : argumentTypes[type], depth)
    const literals = literalsByParameter.get(name) ?? (checkLiteral === undefined ? [] : checkedLiterals)
    const taken = literals.filter((literal) => checkLiteral?.(literal) === undefined)
    if (taken.length === 0) return general
    const accepted = (text: string): boolean =>
      checkLiteral === undefined || !text.startsWith('"') || taken.map(quoted).includes(text)
    return fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...taken).map(quoted) },
      { weight: 1, arbitrary: general.filter(accepted) },
    )
  })

/** Which of the parameters are given: all that are required, others by chance, in a combination that has a mode. */
const presence = (definition: FunctionDefinition): fc.Arbitrary<readonly boolean[]> => {
  const { parameters, checkModes } = definition
  const fixed = parameters.filter(({ repeating }) => repeating !== true)
  const all: boolean[][] = fixed.reduce<boolean[][]>(
    (rows, parameter) =>
      isOptional(parameter)
        ? rows.flatMap((row) => [
            [...row, true],
            [...row, false],
          ])
        : rows.map((row) => [...row, true]),
    [[]],
  )
  return fc.constantFrom(...all.filter((given) => checkModes?.(given) === undefined))
}

/** A call: blanks for what is left out, trailing ones written or not, and some more of what repeats. */
const call = (definition: FunctionDefinition, want: StaticType, depth: number): fc.Arbitrary<string> =>
  memoized(`${definition.name}:${want}:${depth}`, () => {
    const { form, name, parameters } = definition
    const repeated = parameters.filter(({ repeating }) => repeating === true)
    const write = (parameter: Parameter): fc.Arbitrary<string> =>
      argument(definition, parameter, want, depth - 1)
    const fixed = presence(definition).chain((given) =>
      fc.tuple(...given.map((present, i) => (present ? write(parameters[i]!) : fc.constant('')))),
    )
    const least = Math.max(0, ...repeated.map(({ atLeast }) => atLeast ?? 1))
    const group = fc.tuple(
      ...repeated.map((parameter, i) =>
        // A key of Switch cannot be blank.
        form === 'switch' && i === 0
          ? write(parameter)
          : fc.oneof(
              { weight: 9, arbitrary: write(parameter) },
              { weight: form === 'switch' ? 0 : 1, arbitrary: fc.constant('') },
            ),
      ),
    )
    const repeats =
      repeated.length === 0 ? fc.constant([]) : fc.array(group, { minLength: least, maxLength: least + 2 })
    return fc.tuple(fixed, repeats, fc.boolean()).map(([first, more, cutsBlanks]) => {
      const args = [...first, ...more.flat()]
      const isOptionalAt = (i: number): boolean => i < parameters.length && isOptional(parameters[i]!)
      while (cutsBlanks && more.length === 0 && args.at(-1) === '' && isOptionalAt(args.length - 1))
        args.pop()
      return `${name}(${args.join(', ')})`
    })
  })

const selectUnique = fc
  .array(primary(STRING, 2), { minLength: 2, maxLength: 4 })
  .map((candidates) => `SelectUniqueValue(${candidates.join(', ')})`)

/** Expressions made from the declarations of the functions; the checker accepts nearly all of them. */
export const arbitraryTypedExpression: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constantFrom(STRING, ANY, INTEGER, DATETIME).chain((want) => operand(want, DEPTH)),
  },
  { weight: 2, arbitrary: fc.constantFrom(STRING, ANY).chain((want) => operand(want, 1)) },
  { weight: 1, arbitrary: selectUnique },
)

/** Forms with a part that occurs again, and forms that say the same as a shorter one. `X` and `Y` are filled in. */
const redundantForms: readonly string[] = [
  'IIF(IsNullOrEmpty(X), Y, X)',
  'IIF(Not(IsPresent(X)), X & Y, Append(X, Y))',
  'IIF(Y = X, Left(X, 2), Join("-", X, Y, X))',
  'Switch(X, Append(X, Y), Y, X, "a", ToLower(X))',
  'Switch(Y, X, "a", Mid(X, 1, 2), "a", "second", "", X)',
  'Coalesce(X, ToUpper(X), Y, ToUpper(X))',
  'Join("", X, Guid(), X, Guid(), Y)',
  'Join(",", X, Join(",", Y, "", X), Join(";", X, Y), NULL)',
  'Join(X, Join(X, "a", Y), Y)',
  'ToLower(ToLower(X))',
  'ToUpper(ToUpper(X, "tr-TR"))',
  'Trim(Trim(StripSpaces(StripSpaces(X))))',
  'NormalizeDiacritics(NormalizeDiacritics(X))',
  'Not(Not(X))',
  'Not(Not(IsNull(X)))',
  'CBool(IsString(X))',
  'CStr(CStr(X))',
  'Item(Split(X, ","), 1)',
  'Item(Split(X, " "), 3)',
  'Append(Item(Split(X, "@"), 1), Item(Split(X, "@"), 2))',
  'Word(X, 2, " ")',
  'Append("", Append(X, ""))',
]

/** Expressions in which there is something to share or to simplify. */
export const arbitraryRedundantExpression: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...redundantForms), primary(STRING, 2), primary(ANY, 1))
  .map(([form, x, y]) => form.replace(/[XY]/g, (hole) => (hole === 'X' ? x : y)))

/** A call of each function with arguments of any kind; the checker refuses a part of them. */
export const arbitraryUntypedExpression: fc.Arbitrary<string> = fc
  .constantFrom(...standardLibrary.all())
  .chain(({ name, parameters }) =>
    fc
      .array(operand(ANY, 1), {
        minLength: Math.max(0, parameters.length - 2),
        maxLength: parameters.length + 1,
      })
      .map((args) => `${name}(${args.join(', ')})`),
  )

/** Texts that are hardly ever expressions. */
export const arbitraryHostileExpression: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(
      fc.constantFrom(
        ...meaningfulTexts,
        ...hostileTexts,
        '(',
        ')',
        ',',
        '[',
        ']',
        '"',
        '&',
        '=',
        '<>',
        'IIF',
        'Switch',
        '%',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
  arbitraryTypedExpression.chain((text) =>
    fc
      .tuple(fc.nat(text.length), fc.nat(3), fc.constantFrom('', '"', ')', '(', ',', ']', '[', '“', '\u2028'))
      .map(([at, length, inserted]) => text.slice(0, at) + inserted + text.slice(at + length)),
  ),
)
