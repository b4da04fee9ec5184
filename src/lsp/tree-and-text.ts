import type { TextEdit } from '../diagnostics/diagnostic.js'
import { standardLibrary } from '../functions/index.js'
import type { FunctionLibrary } from '../functions/library.js'
import { compareTree, withExpression } from '../schema/expression-tree.js'
import type { ExpressionPlace } from '../schema/index.js'
import type { AttributeMappingSource, SynchronizationSchema } from '../schema/model.js'
import { origin } from '../schema/model.js'
import { writeSchema } from '../schema/write.js'
import { changeBetween } from './text.js'

/** A way to make the text of an expression and its stored tree agree (AF4115). */
export interface Agreement {
  readonly title: string
  readonly edit: TextEdit
}

/** The two ways to make text and tree agree; none if they agree, or the schema is older than the text. */
export const agreements = (
  schema: SynchronizationSchema,
  place: ExpressionPlace,
  library: FunctionLibrary = standardLibrary,
): readonly Agreement[] => {
  const source = sourceAt(schema, place)
  if (source === undefined || source === null) return []
  const { tree } = compareTree(source, library)
  if (tree === undefined) return []
  const found: Agreement[] = [
    {
      title: `Replace the text by the stored tree: ${shortened(tree)}`,
      edit: { span: place.span, text: JSON.stringify(tree) },
    },
  ]
  const { source: next } = withExpression(source, source.expression ?? '', library)
  const text = schema[origin]?.document.source.text
  if (next !== null && text !== undefined) {
    const edit = changeBetween(text, writeSchema(withSource(schema, place, next)))
    found.unshift({ title: 'Replace the stored tree by that of the text', edit })
  }
  return found
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

const sourceAt = (
  schema: SynchronizationSchema,
  { rule, objectMapping, attributeMapping }: ExpressionPlace,
): AttributeMappingSource | null | undefined =>
  schema.synchronizationRules[rule]?.objectMappings[objectMapping]?.attributeMappings[attributeMapping]
    ?.source

const withSource = (
  schema: SynchronizationSchema,
  place: ExpressionPlace,
  source: AttributeMappingSource,
): SynchronizationSchema => ({
  ...schema,
  synchronizationRules: schema.synchronizationRules.map((rule, r) =>
    r !== place.rule
      ? rule
      : {
          ...rule,
          objectMappings: rule.objectMappings.map((mapping, m) =>
            m !== place.objectMapping
              ? mapping
              : {
                  ...mapping,
                  attributeMappings: mapping.attributeMappings.map((one, a) =>
                    a === place.attributeMapping ? { ...one, source } : one,
                  ),
                },
          ),
        },
  ),
})
