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
  /** Includes operators that exist but are not in Graph's published answer. Default false. */
  readonly unpublished?: boolean
}

/**
 * The rows of Graph's `filterOperators` answer. `multivaluedComparisonType` is `All` for each, as in Graph;
 * the operator reference and the settings say how attrflow handles several values.
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
