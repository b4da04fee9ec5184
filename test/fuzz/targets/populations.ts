import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { readPopulation, Shaper, type SourceEntry, UnreadablePopulation } from '../../../src/sources/index.js'
import { exampleText } from '../examples.js'
import { mutateBytes, mutateJson, mutateText } from '../mutate.js'
import type { Random } from '../random.js'
import type { Target } from '../target.js'

const users = exampleText('users.ndjson')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as unknown)

const ldif = `version: 1
dn: uid=ada,ou=people,dc=example,dc=org
objectClass: inetOrgPerson
uid: ada
cn:: WsO2w6s=
mail: a@example.org
mail: b@example.org
description: folded
  line
# a comment
jpegPhoto:< file:///dev/null

dn: uid=bea,ou=people,dc=example,dc=org
changetype: modify
replace: title
title: x
-
`
const pieces: readonly string[] = [
  '"',
  '""',
  ',',
  ';',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\n\n',
  '\ufeff',
  '{',
  '}',
  '[',
  ']',
  ':',
  '::',
  ':<',
  '- ',
  '\n ',
  '{"value":[',
  '"@odata.nextLink":',
  '"Resources":',
  'Report_Data',
  '{"error":{',
  'sep=;',
  'dn: ',
  'changetype:',
]

/** The encodings of a text in which populations come. */
const encode = (random: Random, text: string): Uint8Array =>
  random.pick<() => Uint8Array>([
    () => Buffer.from(text, 'utf8'),
    () => Buffer.from(text, 'utf8'),
    () => Buffer.from(`\ufeff${text}`, 'utf8'),
    () => Buffer.from(`\ufeff${text}`, 'utf16le'),
    () => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
    () => Buffer.from(text, 'latin1'),
    () => gzipSync(text),
  ])()

async function* cut(bytes: Uint8Array, sizes: () => number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const end = at + Math.max(1, sizes())
    yield bytes.subarray(at, end)
    at = end
  }
}

/** What a population holds, or the message of why it cannot be read. */
const read = async (
  pieces: AsyncIterable<Uint8Array>,
  name: string,
): Promise<readonly unknown[] | string> => {
  const entries: SourceEntry[] = []
  try {
    for await (const group of readPopulation(pieces, name)) entries.push(...group)
  } catch (error) {
    if (error instanceof UnreadablePopulation) return error.message
    throw error
  }
  let last = 0
  const shaper = new Shaper(['userPrincipalName', 'mail', 'manager', 'emails[type eq "work"].value'])
  for (const entry of entries) {
    assert(entry.line >= last, 'lines go up')
    last = entry.line
    if (entry.record === undefined) assert.notEqual(entry.diagnostics.length, 0)
    else shaper.apply(entry.record)
  }
  assert.equal(({} as { polluted?: unknown }).polluted, undefined)
  return entries.map((entry) =>
    entry.record === undefined ? [entry.line, entry.diagnostics[0]!.code] : [entry.line, entry.record],
  )
}

const damaged = /gzip file is damaged/

const population = (form: string, cases: number, textOf: (random: Random) => string): Target => ({
  name: `population as ${form}`,
  cases,
  prepare: () => ({
    async run(random) {
      const valid = textOf(random)
      const text = random.once(3) ? valid : mutateText(random, valid, pieces).slice(0, 100_000)
      const encoded = encode(random, text)
      const bytes = random.once(3) ? mutateBytes(random, encoded) : encoded
      const name = random.pick(['', '', 'x.json', 'x.ndjson', 'x.csv', 'x.ldif', 'x.tsv', 'x.txt'])
      const whole = await read(
        cut(bytes, () => bytes.length),
        name,
      )
      const inPieces = await read(
        cut(bytes, () => 1 + random.size(Math.max(1, bytes.length >> 3))),
        name,
      )
      // Damaged gzip may give its beginning first, or nothing.
      if ([whole, inPieces].some((result) => typeof result === 'string' && damaged.test(result))) return
      assert.deepEqual(inPieces, whole, 'how a population is cut into pieces changes nothing')
    },
  }),
})

export const populations: readonly Target[] = [
  population('NDJSON', 1_000, (random) =>
    Array.from({ length: 1 + random.size(20) }, () =>
      JSON.stringify(mutateJson(random, random.pick(users))),
    ).join(random.pick(['\n', '\r\n', '\n\n'])),
  ),
  population('JSON', 1_000, (random) => {
    const list = users
      .slice(0, 1 + random.size(8))
      .map((user) => (random.once(2) ? user : mutateJson(random, user)))
    const wrapped = random.pick<unknown>([
      list,
      { value: list },
      { schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'], Resources: list },
      { Report_Data: { Report_Entry: list } },
      { d: { results: list } },
      { responses: [{ id: '1', status: 200, body: { value: list } }] },
    ])
    return JSON.stringify(mutateJson(random, wrapped), null, random.pick([0, 2]))
  }),
  population('CSV', 1_000, () => exampleText('workers.csv')),
  population('LDIF', 1_000, () => ldif),
]
