import type { EffectCauses } from './causes.js'
import type { CounterexampleSearch } from './counterexample.js'
import {
  type AttributeEffect,
  type EffectTag,
  effectTags,
  type MappingEffect,
  type ValuePair,
} from './effect.js'
import type { SchemaChange } from './schema-change.js'

/** A comparison of two schemas, and of their results for a population. */
export interface SchemaDiff {
  readonly verdict: string
  /** The exceeded limits that nobody has accepted. */
  readonly exceeded: readonly SchemaChange[]
  readonly changes: readonly SchemaChange[]
  readonly effect: MappingEffect | undefined
  /** With a population: the clauses or attributes that caused the effect. */
  readonly causes?: EffectCauses
  /** Without a population: an object that both sides treat differently, or how much the search covered. */
  readonly search?: CounterexampleSearch
}

/** The result of a search as lines of text. */
export const searchLines = ({
  tried,
  counterexample,
  unreached,
}: CounterexampleSearch): readonly string[] => {
  if (counterexample === undefined)
    return [
      `no difference was found among ${tried} generated objects`,
      ...unreached.map(({ where, what, text }) => `not reached: ${where}: ${what}: ${text}`),
    ]
  const { input, operation, effect } = counterexample
  const tags = (Object.keys(effect.tags) as EffectTag[]).filter((tag) => tag !== 'changed')
  return [
    `NEW differs from OLD for ${JSON.stringify(input)} (${operation})`,
    ...tags.map((tag) => `such objects ${effectTags[tag]}`),
    ...effect.attributes.map(
      ({ attribute, pairs }) =>
        `${attribute}: ${JSON.stringify(pairs[0]?.before)} → ${JSON.stringify(pairs[0]?.after)}`,
    ),
  ]
}

/** The causes of a tag on one line, the most frequent first; empty if none is known. */
export const causesText = (causes: EffectCauses | undefined, tag: EffectTag): string =>
  (causes?.[tag] ?? []).map(({ cause, count }) => `${count} by ${cause}`).join(', ')

/** How many objects have this pair. The count may be too low if there are very many different pairs. */
export const pairCount = ({ count }: ValuePair, { missed }: AttributeEffect): string =>
  missed === 0 ? `×${count}` : `×${count} to ${count + missed}`

/**
 * The longest text of a comparison: a comment on GitHub has at most 65,535 characters, and the action may add
 * a line.
 */
export const LONGEST_COMMENT = 65_000

const escaped = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\\`*_{}[\]()#+!|<>~&@-]/g, (sign) =>
      sign === '&' || sign === '<' ? `&#${sign.charCodeAt(0)};` : `\\${sign}`,
    )

const code = (value: unknown): string => {
  const text = (value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value))
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll('|', '\\|')
  const cut = text.length > 200 ? `${text.slice(0, 199)}…` : text
  const fence = cut.includes('`') ? '``' : '`'
  return `${fence}${fence === '``' ? ` ${cut} ` : cut}${fence}`
}

const order = { breaking: 0, risky: 1, safe: 2 } as const

const tagOrder = Object.keys(effectTags) as EffectTag[]

/**
 * A comparison as a comment of a pull request: the verdict, deletions first, cut to the length that GitHub
 * accepts.
 */
export const diffMarkdown = ({ verdict, changes, effect, causes, search }: SchemaDiff): string => {
  const blocks: string[] = [`**${escaped(verdict)}**`]
  if (effect !== undefined) {
    for (const tag of tagOrder) {
      const found = effect.tags[tag]
      if (found === undefined) continue
      const names = found.objects.slice(0, 50).map((one) => `- ${code(one)}`)
      const by = causesText(causes, tag)
      const more = found.count > names.length ? [`- and ${found.count - names.length} more`] : []
      blocks.push(
        `<details><summary>Objects that ${effectTags[tag]}: ${found.count}</summary>\n\n${by === '' ? '' : `${escaped(by)}\n\n`}${[...names, ...more].join('\n')}\n\n</details>`,
      )
    }
    if (effect.attributes.length > 0)
      blocks.push(
        [
          '| attribute | objects | to null | from null | most frequent |',
          '|---|--:|--:|--:|---|',
          ...effect.attributes.map(
            ({ attribute, changed, toNull, fromNull, pairs }) =>
              `| ${code(attribute)} | ${changed} | ${toNull} | ${fromNull} | ${pairs[0] === undefined ? '' : `${code(pairs[0].before)} → ${code(pairs[0].after)}`} |`,
          ),
        ].join('\n'),
      )
  }
  if (search !== undefined)
    blocks.push(
      searchLines(search)
        .map((line) => `- ${code(line)}`)
        .join('\n'),
    )
  const sorted = [...changes].sort((a, b) => order[a.criticality] - order[b.criticality])
  if (sorted.length > 0)
    blocks.push(
      [
        '| change | OLD | NEW | |',
        '|---|---|---|---|',
        ...sorted.map(
          ({ path, what, before, after, criticality, reason }) =>
            `| ${escaped(path)}: ${what} | ${code(before)} | ${code(after)} | ${criticality}: ${reason} |`,
        ),
      ].join('\n'),
    )
  let text = ''
  for (const [index, block] of blocks.entries()) {
    const left = `\n\n${blocks.length - index} more parts do not fit into a comment.\n`
    if (text.length + block.length + 2 + left.length > LONGEST_COMMENT) return text + left
    text += `${block}\n\n`
  }
  return `${text.trimEnd()}\n`
}
