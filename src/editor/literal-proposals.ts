import { checkExpression } from '../check/checker.js'
import { DATE_TIME_STYLE_NAMES } from '../dotnet/dates/index.js'
import { cultureNames } from '../dotnet/text/cultures.js'
import { parseExpression } from '../syntax/parser.js'
import { BOOLEAN, MARKER, NULL, within } from '../values/static-type.js'
import type { Proposal } from './completion-item.js'
import type { EditorContext } from './context.js'
import { commonFormats, intervalMeanings, sampleIn } from './date-formats.js'
import { type Expectation, literalKind } from './expectation.js'
import type { EnclosingCall } from './position.js'
import { groupNames, groupUse, patternOf } from './regex-groups.js'

const culture = (label: string): Proposal => ({ label, kind: 'culture', detail: 'culture', text: label })

const formats = (): readonly Proposal[] =>
  commonFormats.map(([label, meaning]) => ({
    label,
    kind: 'format',
    detail: sampleIn(label) ?? '',
    documentation: meaning,
    text: label,
  }))

const intervals: readonly Proposal[] = intervalMeanings.map(([label, detail]) => ({
  label,
  kind: 'interval',
  detail,
  text: label,
}))

/** The names of DateTimeStyles. */
export const styleProposals: readonly Proposal[] = DATE_TIME_STYLE_NAMES.map((label) => ({
  label,
  kind: 'enum',
  detail: 'DateTimeStyles',
  text: label,
}))

/** Groups of a pattern, each in the form to insert. */
export const groupProposals = (pattern: string, write: (name: string) => string): readonly Proposal[] =>
  groupNames(pattern).map((name) => ({
    label: write(name),
    kind: 'group',
    detail: `group of ${pattern}`,
    text: write(name),
  }))

const booleans: readonly Proposal[] = ['True', 'False'].map((label) => ({
  label,
  kind: 'constant',
  detail: 'text of a Boolean',
  text: label,
}))

/** Whether an argument is certainly a Boolean. */
const isBoolean = (text: string, { environment, attributes }: EditorContext): boolean => {
  const { expression, diagnostics } = parseExpression(text)
  if (diagnostics.length > 0) return false
  if (expression.type === 'AttributeReference')
    return (attributes ?? environment.attributes)?.lookup(expression.name)?.type === 'Boolean'
  const type = checkExpression(expression, environment).types.get(expression) ?? 0
  return (type & BOOLEAN) !== 0 && within(type, BOOLEAN | NULL | MARKER)
}

/**
 * The possible values of a string argument, without quotes. Styles and groups inside a text are not whole
 * values.
 */
export const literalProposals = (
  text: string,
  call: EnclosingCall,
  { definition, parameter, position }: Expectation,
  context: EditorContext,
): readonly Proposal[] => {
  const { form } = definition
  if (form === 'switch' && position >= 2 && position % 2 === 0) {
    const [source] = call.arguments
    return source !== undefined && isBoolean(text.slice(source.span.start, source.span.end), context)
      ? booleans
      : []
  }
  const pattern = groupUse(call, definition, parameter.key) === 'name' && patternOf(call, definition)
  if (pattern) return groupProposals(pattern, (name) => name)
  switch (literalKind(parameter)) {
    case 'culture':
      return cultureNames().map(culture)
    case 'interval':
      return intervals
    case 'styles':
      return styleProposals
    case 'inputFormat':
    case 'outputFormat':
      return formats()
    default:
      return []
  }
}
