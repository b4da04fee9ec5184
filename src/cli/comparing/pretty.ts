import { shown } from '../../text/shown.js'
import { readingLines } from '../../verify/diff/markdown.js'
import { predicate, shareText } from '../../verify/diff/wording.js'
import {
  causesText,
  type EffectTag,
  effectTags,
  pairCount,
  type SchemaDiff,
  searchLines,
} from '../../verify/index.js'
import { cut, pad, type Style } from '../style.js'

const colors = { breaking: 'red', risky: 'yellow', safe: 'green' } as const

const sideText = (value: unknown): string =>
  value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value)

/** A comparison as shown on a terminal. */
export const prettyDiff = (
  { verdict, changes, effect, causes, readings, search }: SchemaDiff,
  width: number,
  style: Style,
): string => {
  const lines = [style.paint('bold', shown(verdict))]
  if (effect !== undefined && Object.keys(effect.tags).length > 0) lines.push('')
  for (const tag of Object.keys(effectTags) as EffectTag[]) {
    const found = effect?.tags[tag]
    if (found === undefined) continue
    const some = found.objects.slice(0, 3).join(', ')
    lines.push(
      cut(
        `  ${String(found.count).padStart(6)}  ${predicate(found.count, effectTags[tag])}: ${some}${found.count > 3 ? ', …' : ''}`,
        width,
      ),
    )
    const by = causesText(causes, tag)
    if (by !== '') lines.push(style.paint('dim', cut(`          ${by}`, width)))
  }
  if (effect !== undefined && effect.attributes.length > 0) {
    lines.push('', style.paint('bold', 'attributes'))
    for (const one of effect.attributes) {
      const { attribute, changed, toNull, fromNull, pairs } = one
      const nulls = [
        ...(toNull > 0 ? [`${toNull} to null`] : []),
        ...(fromNull > 0 ? [`${fromNull} from null`] : []),
      ].join(', ')
      lines.push(
        `  ${pad(cut(attribute, 50), 40)} ${changed} (${shareText(changed, effect)})${nulls === '' ? '' : `, ${nulls}`}`,
      )
      for (const pair of pairs)
        lines.push(
          `    ${cut(`${JSON.stringify(pair.before)} → ${JSON.stringify(pair.after)}  ${pairCount(pair, one)}  ${pair.samples.join(', ')}`, width - 4)}`,
        )
    }
  }
  if (readings !== undefined)
    lines.push(
      '',
      style.paint('bold', 'contested points'),
      ...readingLines(readings).map((line) => `  ${shown(line)}`),
    )
  if (search !== undefined)
    lines.push(
      '',
      style.paint('bold', search.counterexample === undefined ? 'search' : 'counterexample'),
      ...searchLines(search).map((line) => `  ${shown(line)}`),
    )
  if (changes.length > 0) {
    lines.push('', style.paint('bold', 'changes of the schema'))
    for (const { path, what, before, after, criticality, reason } of changes) {
      lines.push(`  ${style.paint(colors[criticality], criticality)} ${shown(`${path}: ${what}`)}`)
      lines.push(`    OLD ${cut(sideText(before), width - 8)}`, `    NEW ${cut(sideText(after), width - 8)}`)
      lines.push(`    ${style.paint('dim', shown(reason))}`)
    }
  }
  return `${lines.join('\n')}\n`
}
