import type { FilterOperator } from '../filter/define.js'
import { filterOperators } from '../filter/operators.js'
import type { AttributeType } from '../schema/enums.js'

/** Graph `filterOperatorSchema`. */
export interface FilterOperatorSchema {
  readonly arity: 'Binary' | 'Unary'
  readonly multivaluedComparisonType: 'All' | 'Any'
  readonly name: string
  readonly supportedAttributeTypes: readonly AttributeType[]
}

/** Which operators Graph's answer contains. */
export interface FilterOperatorSchemasOptions {
  /** Also those that exist, but are absent from the answer Graph publishes. Default false. */
  readonly unpublished?: boolean
}

/**
 * The rows of Graph's `filterOperators` answer. `multivaluedComparisonType` is `All` for each, as Graph says it;
 * what attrflow does with several values is in the operator reference and the settings.
 */
export const filterOperatorSchemas = ({
  unpublished = false,
}: FilterOperatorSchemasOptions = {}): readonly FilterOperatorSchema[] =>
  filterOperators.filter(({ published }) => unpublished || published).map(schemaOf)

const schemaOf = ({ name, arity, attributeTypes }: FilterOperator): FilterOperatorSchema => ({
  arity: arity === 'unary' ? 'Unary' : 'Binary',
  multivaluedComparisonType: 'All',
  name,
  supportedAttributeTypes: attributeTypes,
})
