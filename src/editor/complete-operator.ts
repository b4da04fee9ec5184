import type { AttributeInfo } from '../check/attribute-scope.js'
import type { FilterOperator } from '../filter/define.js'
import { filterOperators } from '../filter/operators.js'
import { requireText } from '../values/misuse.js'
import { type CompletionItem, itemsFor } from './completion-item.js'
import { blocks } from './markdown.js'

/**
 * The possible operators of a filter clause; the whole text is replaced. Operators are also found by their
 * names in the portal, and those for the attribute's type come first. Operators that cannot be evaluated are
 * not proposed.
 * @param typed the operator as typed so far
 * @param attribute the attribute that the clause tests, if known
 */
export const completeOperator = (typed: string, attribute?: AttributeInfo): readonly CompletionItem[] => {
  requireText(typed, 'the name of an operator')
  const fold = (name: string): string => name.toLowerCase().replace(/[\s_]+/g, ' ')
  const wanted = fold(typed).trim()
  const names = ({ name, portalLabel, aliases }: FilterOperator): readonly string[] => [
    name,
    portalLabel,
    ...aliases,
  ]
  const fits = ({ attributeTypes }: FilterOperator): boolean =>
    attribute === undefined || attributeTypes.some((type) => type === attribute.type)
  const found = filterOperators.filter((one) => names(one).some((name) => fold(name).includes(wanted)))
  return itemsFor(
    [...found.filter(fits), ...found.filter((one) => !fits(one))].map((operator) => ({
      label: operator.name,
      kind: 'operator',
      detail: `${operator.arity}, ${operator.attributeTypes.join(', ')}`,
      documentation: blocks(operator.doc, operator.notes.map(({ text }) => `- ${text}`).join('\n')),
      text: operator.name,
    })),
    { span: { start: 0, end: typed.length }, typed: '' },
  )
}
