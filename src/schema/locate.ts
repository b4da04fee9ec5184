import type { Diagnostic, DiagnosticExtras } from '../diagnostics/diagnostic.js'
import type { Span } from '../text/span.js'
import { jsonPath, memberOf, pathStep, spanInString } from './json-document.js'
import { origin, type SchemaObject } from './model.js'
import { nodeSpan } from './node-span.js'

/** A place: the range in the file and the JSON path. */
export interface Place {
  /** Empty at 0 for objects made by hand. */
  readonly span: Span
  readonly path: string
}

/**
 * The place of an object of the model or of one of its members; of an absent member, the place of the object.
 * @param givenPath path for an object made by hand, which has no place in a file
 */
export const placeOf = (object: SchemaObject, givenPath: string, member?: string): Place => {
  const from = object[origin]
  const step = member === undefined ? '' : pathStep(member)
  if (from === undefined) return { span: { start: 0, end: 0 }, path: givenPath + step }
  const node = member === undefined ? from.node : memberOf(from.node, member)
  // A whole object can be pages long: point at its opening brace.
  const span =
    node === undefined || node.type === 'object'
      ? { start: (node ?? from.node).offset, end: (node ?? from.node).offset + 1 }
      : nodeSpan(node)
  return { span, path: jsonPath(from.node) + step }
}

/**
 * The range in the file of a part of the text in a string member. Undefined for an object made by hand, and
 * if the member is not a string or contains a different text.
 */
export const placeInText = (
  object: SchemaObject,
  member: string,
  text: string,
  inner: Span,
): Span | undefined => {
  const from = object[origin]
  const node = from === undefined ? undefined : memberOf(from.node, member)
  return from === undefined || node?.type !== 'string' || node.value !== text
    ? undefined
    : spanInString(from.document.text(node), node.offset, inner)
}

/**
 * Moves a diagnostic about the text of a string member to the file that contains it. Its fixes are moved,
 * too, with their text escaped for JSON.
 */
export const liftDiagnostic = (
  d: Diagnostic,
  object: SchemaObject,
  member: string,
  givenPath: string,
): Diagnostic => {
  const { span, path } = placeOf(object, givenPath, member)
  const from = object[origin]
  const node = from === undefined ? undefined : memberOf(from.node, member)
  if (from === undefined || node?.type !== 'string') return { ...d, span, path }
  const raw = from.document.text(node)
  const lift = (inner: Span): Span => spanInString(raw, node.offset, inner)
  const fixes = d.fixes?.map((fix) => ({
    ...fix,
    edits: fix.edits.map((edit) => ({ span: lift(edit.span), text: JSON.stringify(edit.text).slice(1, -1) })),
  }))
  const extras: DiagnosticExtras = fixes === undefined ? { path } : { path, fixes }
  return { ...d, span: lift(d.span), ...extras }
}
