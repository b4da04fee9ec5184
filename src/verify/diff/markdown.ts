import { type ReadingFinding, readingText } from '../../mapping/readings.js'
import { plural } from '../../text/plural.js'
import { requireMade } from '../../values/misuse.js'
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
import { predicate } from './wording.js'

/** A comparison of two schemas, and of their results for a population. */
export interface SchemaDiff {
  readonly verdict: string
  /** The exceeded limits that nobody has accepted. */
  readonly exceeded: readonly SchemaChange[]
  readonly changes: readonly SchemaChange[]
  readonly effect: MappingEffect | undefined
  /** With a population: how many of its entries could not be read. */
  readonly unreadable?: number
  /** With a population: the clauses or attributes that caused the effect. */
  readonly causes?: EffectCauses
  /** With a population, if it was asked: the contested points on which the effect depends. */
  readonly readings?: readonly ReadingFinding[]
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
  const { input, operation, mapping, now, taken, effect } = counterexample
  const details = [
    operation,
    ...(mapping === undefined ? [] : [mapping]),
    ...(now === undefined ? [] : [`at ${now}`]),
    ...(taken === undefined
      ? []
      : [`taken in the target: ${taken.map((one) => JSON.stringify(one)).join(', ')}`]),
  ]
  const tags = (Object.keys(effect.tags) as EffectTag[]).filter((tag) => tag !== 'changed')
  return [
    `NEW differs from OLD for ${JSON.stringify(input)} (${details.join(', ')})`,
    ...tags.map((tag) => `such objects ${effectTags[tag]}`),
    ...effect.attributes.map(
      ({ attribute, pairs }) =>
        `${attribute}: ${JSON.stringify(pairs[0]?.before)} → ${JSON.stringify(pairs[0]?.after)}`,
    ),
  ]
}

/** The contested points on which the effect depends, one on each line. */
export const readingLines = (readings: readonly ReadingFinding[]): readonly string[] =>
  readings.length === 0 ? ['The effect depends on no contested point.'] : readings.map(readingText)

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

const onOneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')

const escaped = (text: string): string =>
  onOneLine(text).replace(/[\\`*_{}[\]()#+!|<>~&@-]/g, (sign) =>
    sign === '&' || sign === '<' ? `&#${sign.charCodeAt(0)};` : `\\${sign}`,
  )

const code = (value: unknown): string => {
  const text = onOneLine(
    value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value),
  ).replaceAll('|', '\\|')
  const cut = text.length > 200 ? `${text.slice(0, 199)}…` : text
  if (cut.trim() === '') return cut === '' ? '(empty)' : '(blank)'
  const longest = Math.max(0, ...(cut.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  return longest === 0 ? `\`${cut}\`` : `${fence} ${cut} ${fence}`
}

/** A part of the comment: lines between a head and a foot. Of the lines, the first are the most important. */
interface Block {
  readonly head: string
  readonly lines: readonly string[]
  readonly foot?: string
  /** What the lines are, for the number of those that are left out. */
  readonly noun: string
}

const order = { breaking: 0, risky: 1, safe: 2 } as const

const tagOrder = Object.keys(effectTags) as EffectTag[]

const tagBlocks = (effect: MappingEffect, causes: EffectCauses | undefined): readonly Block[] =>
  tagOrder.flatMap((tag) => {
    const found = effect.tags[tag]
    if (found === undefined) return []
    const by = causesText(causes, tag)
    const names = found.objects.slice(0, 50).map((one) => `- ${code(one)}`)
    const more = found.count > names.length ? [`- and ${found.count - names.length} more`] : []
    const summary = `<details><summary>Objects that ${effectTags[tag]}: ${found.count}</summary>`
    return [
      {
        head: [summary, ...(by === '' ? [] : [escaped(by)]), ''].join('\n\n'),
        lines: [...names, ...more],
        foot: '\n</details>',
        noun: 'line',
      },
    ]
  })

const attributeBlocks = ({ attributes }: MappingEffect): readonly Block[] =>
  attributes.length === 0
    ? []
    : [
        {
          head: '| attribute | objects | to null | from null | most frequent |\n|---|--:|--:|--:|---|\n',
          lines: attributes.map(
            ({ attribute, changed, toNull, fromNull, pairs: [pair] }) =>
              `| ${code(attribute)} | ${changed} | ${toNull} | ${fromNull} | ${pair === undefined ? '' : `${code(pair.before)} → ${code(pair.after)}`} |`,
          ),
          noun: 'attribute',
        },
      ]

const changeBlocks = (changes: readonly SchemaChange[]): readonly Block[] =>
  changes.length === 0
    ? []
    : [
        {
          head: '| change | OLD | NEW | |\n|---|---|---|---|\n',
          lines: [...changes]
            .sort((a, b) => order[a.criticality] - order[b.criticality])
            .map(
              ({ path, what, before, after, criticality, reason }) =>
                `| ${escaped(path)}: ${what} | ${code(before)} | ${code(after)} | ${criticality}: ${reason} |`,
            ),
          noun: 'change',
        },
      ]

/** Room for the head of a block, its first lines and its foot. */
const LEAST = 2000

/** A block, with as many of its lines as fit. */
const withinRoom = ({ head, lines, foot = '', noun }: Block, room: number): string => {
  const kept: string[] = []
  // The note about lines that are left out takes up to 100 characters.
  let left = room - head.length - foot.length - 100
  for (const line of lines) {
    left -= line.length + 1
    if (left < 0) break
    kept.push(line)
  }
  const cut = lines.length - kept.length
  const note =
    cut === 0 ? '' : `\n\n${plural(cut, `more ${noun}`)} ${predicate(cut, 'do')} not fit into a comment.`
  return `${head}${kept.join('\n')}${note}${foot}`
}

/**
 * A comparison as a comment of a pull request: the verdict, deletions first, cut to the length that GitHub
 * accepts.
 */
export const diffMarkdown = (diff: SchemaDiff): string => {
  requireMade(diff, 'verdict', 'a comparison, with verdict and changes')
  const { verdict, changes, effect, causes, readings, search } = diff
  const blocks: readonly Block[] = [
    ...(effect === undefined ? [] : [...tagBlocks(effect, causes), ...attributeBlocks(effect)]),
    ...(readings === undefined
      ? []
      : [
          {
            head: 'Contested points:\n\n',
            lines: readingLines(readings).map((line) => `- ${escaped(line)}`),
            noun: 'point',
          },
        ]),
    ...(search === undefined
      ? []
      : [{ head: '', lines: searchLines(search).map((line) => `- ${code(line)}`), noun: 'line' }]),
    ...changeBlocks(changes),
  ]
  let text = `**${escaped(verdict)}**`
  for (const [index, block] of blocks.entries()) {
    const later = (blocks.length - index - 1) * LEAST
    text += `\n\n${withinRoom(block, LONGEST_COMMENT - text.length - later - 3)}`
  }
  return `${text}\n`
}
