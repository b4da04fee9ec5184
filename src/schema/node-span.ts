import type { Span } from '../text/span.js'
import type { JsonNode } from './json-document.js'

/** The span of a node in its text. */
export const nodeSpan = (node: JsonNode): Span => ({ start: node.offset, end: node.offset + node.length })
