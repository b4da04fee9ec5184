import type { Random } from './random.js'

/** Characters and pieces that mean something somewhere, or nothing anywhere. */
const pieces: readonly string[] = [
  ...'"\'`[](){}<>=!&|+-*/%,;:.?\\#@$^~_ 0a\n\t\r',
  ...['\u0000', '\u001b[31m', '\u0085', '\u00a0', '\u200b', '\u2028', '\u202e', '\ufeff', '\ud800', '\udc00'],
  ...['😀', 'ﬁ', 'İ', 'ß', 'e\u0301', '“', '”', '，', '٣', '\uffff'],
  'null',
  'true',
  '-0',
  '1e999',
  '9223372036854775808',
  '0.1',
  'NaN',
  '__proto__',
  'constructor',
  'toString',
  '&amp;',
  '&HFF',
  '\\u0000',
  '\\',
  '\\"',
  '""',
  '{"',
  '"}',
  '[[',
  ']]',
  '/*',
  '*/',
  '//',
  '\r\n',
  '${',
  '::',
]

/** The longest text that a mutation makes by repeating a part. */
const longest = 20_000

/** A text with a few changes: parts taken out, doubled, repeated, replaced, moved, or put in from elsewhere. */
export const mutateText = (
  random: Random,
  text: string,
  words: readonly string[] = [],
  others: readonly string[] = [],
): string => {
  let result = text
  for (let changes = 1 + random.size(6); changes > 0; changes--) {
    const at = random.below(result.length + 1)
    const end = Math.min(result.length, at + random.size(result.length - at))
    const part = result.slice(at, end)
    const before = result.slice(0, at)
    switch (random.below(8)) {
      case 0:
        result = before + result.slice(end)
        break
      case 1:
        result = before + part + result.slice(at)
        break
      case 2:
        result = before + random.pick(pieces) + result.slice(random.once(2) ? at : end)
        break
      case 3:
        result = before + random.pick(words.length === 0 ? pieces : words) + result.slice(at)
        break
      case 4:
        result = before
        break
      case 5: {
        const to = random.below(result.length + 1)
        const rest = before + result.slice(end)
        result = rest.slice(0, to) + part + rest.slice(to)
        break
      }
      case 6: {
        const other = random.pick(others.length === 0 ? [text] : others)
        const from = random.below(other.length)
        result = before + other.slice(from, from + random.size(other.length)) + result.slice(end)
        break
      }
      default:
        if (random.once(4) && part.length > 0)
          result = before + part.repeat(Math.floor(random.size(longest) / part.length)) + result.slice(at)
    }
  }
  return result
}

/** Bytes with a few changes. */
export const mutateBytes = (random: Random, bytes: Uint8Array): Uint8Array => {
  let result = Uint8Array.from(bytes)
  for (let changes = 1 + random.size(6); changes > 0; changes--) {
    const at = random.below(result.length + 1)
    const end = Math.min(result.length, at + random.size(64))
    const kept = random.pick([
      [result.slice(0, at), result.slice(end)],
      [result.slice(0, end), result.slice(at)],
      [result.slice(0, at)],
      [result.slice(0, at), Uint8Array.of(random.below(256)), result.slice(at + 1)],
      [
        result.slice(0, at),
        Uint8Array.of(random.pick([0, 0x80, 0xc0, 0xed, 0xf4, 0xfe, 0xff])),
        result.slice(at),
      ],
    ])
    result = Uint8Array.from(kept.flatMap((part) => [...part]))
  }
  return result
}

const nested = (levels: number, wrap: (inner: unknown) => unknown): unknown => {
  let value: unknown = 1
  for (let level = 0; level < levels; level++) value = wrap(value)
  return value
}

/** JSON values that are seldom expected. */
const oddValue = (random: Random): unknown =>
  random.pick<() => unknown>([
    ...[
      null,
      true,
      false,
      0,
      -0,
      -1,
      1.5,
      1e21,
      9007199254740992,
      '',
      ' ',
      'x',
      [],
      {},
      [null],
      [[]],
      [{}],
    ].map((value) => () => value),
    () => random.pick(pieces),
    () => random.pick(pieces).repeat(random.size(2000)),
    () => nested(random.size(900), (inner) => [inner]),
    () => nested(random.size(900), (inner) => ({ value: inner })),
    () => Array.from({ length: random.size(300) }, () => random.pick(pieces)),
    () => JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"toString":null}') as unknown,
  ])()

/** A JSON value with a few members left out, doubled, renamed or replaced, wherever they are. */
export const mutateJson = (random: Random, value: unknown, words: readonly string[] = []): unknown => {
  const places: (() => void)[] = []
  // Members stand in lists of pairs while they are changed, so that __proto__ is a name like any other.
  const thaw = (node: unknown): unknown => {
    if (Array.isArray(node)) {
      const list = node.map(thaw)
      for (const element of [...list])
        places.push(() => {
          const at = list.indexOf(element)
          const change = random.below(3)
          if (at < 0) return
          if (change === 0) list.splice(at, 1)
          else if (change === 1) list.splice(at, 0, element)
          else list[at] = { leaf: oddValue(random) }
        })
      return { list }
    }
    if (typeof node !== 'object' || node === null) return { leaf: node }
    const members = Object.entries(node).map(([name, inner]) => [name, thaw(inner)] as [string, unknown])
    for (const member of members)
      places.push(() => {
        const change = random.below(5)
        if (change === 0) {
          const at = members.indexOf(member)
          if (at >= 0) members.splice(at, 1)
        } else if (change === 1)
          member[0] = random.pick(words.length === 0 || random.once(3) ? pieces : words)
        else if (change === 2 && words.length > 0) member[1] = { leaf: random.pick(words) }
        else if (change === 3 && members.length > 0) member[1] = random.pick(members)[1]
        else member[1] = { leaf: oddValue(random) }
      })
    return { members }
  }
  const thawed = thaw(value)
  for (let changes = 1 + random.size(8); changes > 0 && places.length > 0; changes--) random.pick(places)()
  let budget = 50_000
  const freeze = (node: unknown): unknown => {
    if (budget-- <= 0) return null
    const { list, members, leaf } = node as {
      list?: unknown[]
      members?: [string, unknown][]
      leaf?: unknown
    }
    if (list !== undefined) return list.map(freeze)
    if (members === undefined) return leaf
    return Object.fromEntries(members.map(([name, inner]) => [name, freeze(inner)]))
  }
  return freeze(thawed)
}
