import { hasErrors, parseExpression } from '../../index.js'
import type {
  AttributeOutline,
  GroupOutline,
  ObjectMappingOutline,
  SchemaOutline,
} from '../../mapping/index.js'
import { prettyExpression } from '../../print.js'
import { plural } from '../../text/plural.js'
import { shown } from '../../text/shown.js'
import { pad, type Style } from '../style.js'

/** The special settings of an attribute mapping. */
const remarks = ({ matchingPriority, flowType, flowBehavior, defaultValue }: AttributeOutline): string =>
  [
    ...(matchingPriority === null ? [] : [`matching ${matchingPriority}`]),
    ...(flowType === 'Always' ? [] : [flowType]),
    ...(flowBehavior === 'FlowWhenChanged' ? [] : [flowBehavior]),
    ...(defaultValue === null ? [] : [`default ${JSON.stringify(defaultValue)}`]),
  ].join(', ')

/** An expression on one line if it fits, else formatted; a faulty one unchanged. Safe to show. */
const expressionLines = (text: string, width: number): readonly string[] => {
  if (text.length <= width && !text.includes('\n')) return [shown(text)]
  const { expression, diagnostics } = parseExpression(text)
  return (hasErrors(diagnostics) ? text : prettyExpression(expression, { width })).split('\n').map(shown)
}

const attributeLines = (attributes: readonly AttributeOutline[], width: number, style: Style): string[] => {
  const column = Math.min(40, Math.max(0, ...attributes.map(({ target }) => target.length)))
  return attributes.flatMap((attribute) => {
    const { expression } = attribute
    const target = shown(attribute.target)
    const room = Math.max(30, width - column - 7)
    const [first = '', ...rest] = expressionLines(expression ?? '(no source)', room)
    const note = remarks(attribute)
    const below = target.length > column ? [`    ${target}`, `    ${' '.repeat(column)} ← ${first}`] : []
    return [
      ...(below.length > 0 ? below : [`    ${pad(target, column)} ← ${first}`]),
      ...rest.map((line) => `    ${' '.repeat(column)}   ${line}`),
      ...(note === '' ? [] : [`    ${' '.repeat(column)}   ${style.paint('dim', note)}`]),
    ]
  })
}

const groupLines = ({ name, clauses }: GroupOutline, index: number): string[] => [
  `      ${index === 0 ? '' : 'or '}group “${shown(String(name ?? index + 1))}”`,
  ...clauses.map((clause, position) => `        ${position === 0 ? '' : 'and '}${shown(clause)}`),
]

const scopeLines = (scope: ObjectMappingOutline['scope']): string[] =>
  Object.entries(scope).flatMap(([set, groups]) => [`    ${set}`, ...groups.flatMap(groupLines)])

const mappingLines = (mapping: ObjectMappingOutline, width: number, style: Style): string[] => {
  const state = mapping.enabled ? mapping.flowTypes.join(', ') || 'no operations' : 'disabled'
  const title = shown(`${mapping.source || '(no source)'} → ${mapping.target}`)
  return [
    '',
    `  ${style.paint('bold', title)}${mapping.name === null ? '' : `  ${shown(mapping.name)}`}  ${style.paint('dim', `${state}, ${plural(mapping.attributes.length, 'attribute')}`)}`,
    ...scopeLines(mapping.scope),
    ...attributeLines(mapping.attributes, width, style),
  ]
}

/** The rules and mappings of a schema as text. */
export const outlineView = (outline: SchemaOutline, width: number, style: Style): string =>
  `${outline.rules
    .flatMap((rule, index) => [
      ...(index === 0 ? [] : ['']),
      `${style.paint('bold', shown(`Rule ${rule.name ?? rule.id ?? 'without a name'}`))}: ${shown(`${rule.source} → ${rule.target}`)}`,
      ...rule.objectMappings.flatMap((mapping) => mappingLines(mapping, width, style)),
    ])
    .join('\n')}\n`
