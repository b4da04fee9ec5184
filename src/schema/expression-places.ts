import { parseTree } from 'jsonc-parser'
import type { Span } from '../text/span.js'
import { type JsonNode, memberOf, spanInString } from './json-document.js'
import { nodeSpan } from './node-span.js'

/** The place of an attribute mapping's expression in the text of a schema. */
export interface ExpressionPlace {
  /** Indexes into the rules, their object mappings and their attribute mappings. */
  readonly rule: number
  readonly objectMapping: number
  readonly attributeMapping: number
  readonly targetAttributeName: string
  /** The JSON string with its quotes. */
  readonly span: Span
  /** The JSON string as written. */
  readonly raw: string
  /** The expression. */
  readonly expression: string
  /** The whole attribute mapping. */
  readonly mappingSpan: Span
  /** The whole object mapping. */
  readonly objectMappingSpan: Span
}

const elements = (node: JsonNode | undefined): readonly JsonNode[] =>
  node?.type === 'array' ? (node.children ?? []) : []

/**
 * The object that contains the rules: the root, or the schema of a job, a template or a list with one of
 * them.
 */
const schemaNode = (node: JsonNode | undefined, depth = 0): JsonNode | undefined => {
  if (node === undefined || depth > 6) return undefined
  if (node.type === 'array') return node.children?.map((one) => schemaNode(one, depth + 1)).find(Boolean)
  if (memberOf(node, 'synchronizationRules') !== undefined) return node
  return ['schema', 'value', 'responses', 'body']
    .map((name) => schemaNode(memberOf(node, name), depth + 1))
    .find(Boolean)
}

/**
 * The expressions in the text of a schema, in the order of the text. Invalid JSON is read as far as possible,
 * because an editor needs the expressions even while a comma is missing elsewhere. Never throws.
 */
export const expressionPlaces = (text: string): readonly ExpressionPlace[] =>
  placesBelow(parseTree(text, [], { allowTrailingComma: true }) as JsonNode | undefined, text)

/** The expressions in the text of a schema that is parsed already, in the order of the text. */
export const placesBelow = (root: JsonNode | undefined, text: string): readonly ExpressionPlace[] => {
  const found: ExpressionPlace[] = []
  const schema = schemaNode(root)
  const rules = schema === undefined ? undefined : memberOf(schema, 'synchronizationRules')
  elements(rules).forEach((ruleNode, rule) => {
    elements(memberOf(ruleNode, 'objectMappings')).forEach((mappingNode, objectMapping) => {
      elements(memberOf(mappingNode, 'attributeMappings')).forEach((node, attributeMapping) => {
        const source = memberOf(node, 'source')
        const string = source === undefined ? undefined : memberOf(source, 'expression')
        if (string?.type !== 'string') return
        found.push({
          rule,
          objectMapping,
          attributeMapping,
          targetAttributeName: String(memberOf(node, 'targetAttributeName')?.value ?? ''),
          span: nodeSpan(string),
          raw: text.slice(string.offset, string.offset + string.length),
          expression: String(string.value),
          mappingSpan: nodeSpan(node),
          objectMappingSpan: nodeSpan(mappingNode),
        })
      })
    })
  })
  return found
}

/** Converts an offset in the text to an offset in the expression; undefined outside its string. */
export const innerOffset = ({ span, raw }: ExpressionPlace, offset: number): number | undefined => {
  if (offset <= span.start || offset >= span.end) return undefined
  let inner = 0
  for (let at = 1; at < raw.length - 1; inner++) {
    if (span.start + at >= offset) return inner
    at += raw[at] !== '\\' ? 1 : raw[at + 1] === 'u' ? 6 : 2
  }
  return inner
}

/** Converts a range of an expression to a range of the text; escapes make the two differ. */
export const outerSpan = ({ span, raw }: ExpressionPlace, inner: Span): Span =>
  spanInString(raw, span.start, inner)
