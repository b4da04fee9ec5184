import type { CheckEnvironment } from '../check/environment.js'
import type { EditorContext } from '../editor/index.js'
import { type Diagnostic, environmentOf, type FunctionLibrary } from '../index.js'
import { diagnosisSteps } from '../lint/diagnose.js'
import { diagnoseExpression, type LintSchemaOptions } from '../lint/index.js'
import { mappingEnvironment } from '../lint/mapping-environment.js'
import { placesBelow } from '../schema/expression-places.js'
import {
  type ExpressionPlace,
  expressionPlaces,
  innerOffset,
  outerSpan,
  type SynchronizationSchema,
} from '../schema/index.js'
import { JsonDocument } from '../schema/json-document.js'
import { readDocument } from '../schema/read.js'
import type { Span } from '../text/span.js'
import { bySpan } from '../text/span.js'

/** The options with which texts are checked. */
export interface TextOptions extends LintSchemaOptions {
  readonly library?: FunctionLibrary
}

/** An expression of a text, and its place there. */
export interface Part {
  readonly expression: string
  readonly context: EditorContext
  /** Undefined if the whole file is the expression. */
  readonly place: ExpressionPlace | undefined
  /** The range of the text for a range of the expression. */
  toText(span: Span): Span
  /** A piece of the expression as written in the text: escaped in JSON. */
  written(text: string): string
}

/** A file that is open in an editor: one expression, or a schema with many. */
export interface OpenText {
  readonly kind: 'expression' | 'schema'
  readonly text: string
  readonly parts: readonly Part[]
  /** The schema; if the JSON is faulty, the last one that could be read. */
  readonly schema: SynchronizationSchema | undefined
  /** All findings, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[]
  /**
   * Whether `diagnostics` belong to exactly this text; after a keystroke some are older ones with moved
   * positions.
   */
  readonly settled: boolean
}

/** A change of a text: a range replaced. */
export interface Change {
  readonly span: Span
  readonly text: string
}

const partOfFile = (text: string, options: TextOptions): Part => ({
  expression: text.trimEnd(),
  context: { environment: environmentOf(options) },
  place: undefined,
  toText: (span) => span,
  written: (piece) => piece,
})

const partAt = (place: ExpressionPlace, context: EditorContext): Part => ({
  expression: place.expression,
  context,
  place,
  toText: (span) => outerSpan(place, span),
  written: (piece) => JSON.stringify(piece).slice(1, -1),
})

/** The findings about one expression, at their places in the text. */
const findingsOf = (part: Part): readonly Diagnostic[] => {
  const { diagnostics } = diagnoseExpression(part.expression, part.context.environment)
  return diagnostics.map((d) => ({
    ...d,
    span: part.toText(d.span),
    ...(d.fixes === undefined
      ? {}
      : {
          fixes: d.fixes.map((fix) => ({
            ...fix,
            edits: fix.edits.map((edit) => ({ span: part.toText(edit.span), text: part.written(edit.text) })),
          })),
        }),
  }))
}

/** The context of each object mapping, created once for all of its expressions. */
const contexts = (
  schema: SynchronizationSchema | undefined,
  options: TextOptions,
): ((place: ExpressionPlace) => EditorContext) => {
  const known = new Map<string, EditorContext>()
  const plain = { environment: environmentOf(options) as CheckEnvironment }
  return ({ rule, objectMapping }) => {
    const key = `${rule}/${objectMapping}`
    const found = known.get(key)
    if (found !== undefined) return found
    const inRule = schema?.synchronizationRules[rule]
    const mapping = inRule?.objectMappings[objectMapping]
    let context: EditorContext = plain
    if (schema !== undefined && inRule !== undefined && mapping !== undefined) {
      const { environment, ends } = mappingEnvironment(schema, inRule, mapping, options)
      context = { environment, attributes: ends.source }
    }
    known.set(key, context)
    return context
  }
}

/**
 * Reads and checks a whole text in steps, none of which takes long, so that a keystroke need not wait for all of
 * them.
 */
export function* readingSteps(
  text: string,
  kind: OpenText['kind'],
  options: TextOptions,
  before?: OpenText,
): Generator<undefined, OpenText> {
  if (kind === 'expression') {
    const part = partOfFile(text, options)
    return { kind, text, parts: [part], schema: undefined, diagnostics: findingsOf(part), settled: true }
  }
  const document = new JsonDocument(text)
  yield
  const reading = readDocument(document)
  const schema = reading.schema ?? before?.schema
  yield
  const contextOf = contexts(schema, options)
  const { root } = document
  const places = root === undefined ? expressionPlaces(text) : placesBelow(root, text)
  const parts = places.map((place) => partAt(place, contextOf(place)))
  yield
  const found: Diagnostic[] = [...reading.diagnostics]
  const steps = reading.schema === undefined ? partSteps(parts) : diagnosisSteps(reading.schema, options)
  for (const diagnostics of steps) {
    found.push(...diagnostics)
    yield
  }
  return { kind, text, parts, schema, diagnostics: found.sort(bySpan), settled: true }
}

/** How many expressions are checked in one step. */
const PARTS_OF_STEP = 100

function* partSteps(parts: readonly Part[]): Generator<readonly Diagnostic[], undefined> {
  for (let at = 0; at < parts.length; at += PARTS_OF_STEP)
    yield parts.slice(at, at + PARTS_OF_STEP).flatMap(findingsOf)
}

/** Reads and checks a whole text. */
export const openText = (text: string, kind: OpenText['kind'], options: TextOptions): OpenText => {
  const steps = readingSteps(text, kind, options)
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

/** The single change that makes one text the other. */
export const changeBetween = (before: string, after: string): Change => {
  let start = 0
  while (start < before.length && before[start] === after[start]) start++
  let [end, last] = [before.length, after.length]
  while (end > start && last > start && before[end - 1] === after[last - 1]) {
    end--
    last--
  }
  return { span: { start, end }, text: after.slice(start, last) }
}

/** The place of an expression in which a change lies, changed; undefined if it is no JSON string any more. */
const changedPlace = (place: ExpressionPlace, { span, text }: Change): ExpressionPlace | undefined => {
  const raw =
    place.raw.slice(0, span.start - place.span.start) + text + place.raw.slice(span.end - place.span.start)
  try {
    const expression: unknown = JSON.parse(raw)
    return typeof expression === 'string' ? { ...place, raw, expression } : undefined
  } catch {
    return undefined
  }
}

/**
 * A schema after a keystroke: only the expression in which it was made is checked again, and everything else is moved.
 * What the change cuts through is left out until the whole text is read again.
 */
export const withChange = (open: OpenText, change: Change): OpenText => {
  const { span } = change
  const delta = change.text.length - (span.end - span.start)
  const move = ({ start, end }: Span): Span =>
    end <= span.start
      ? { start, end }
      : { start: start >= span.end ? start + delta : Math.min(start, span.start), end: end + delta }
  const isApart = (other: Span): boolean => other.end <= span.start || other.start >= span.end
  const parts: Part[] = []
  let edited: Part | undefined
  for (const part of open.parts) {
    const { place } = part
    if (place === undefined) continue
    const holds = place.span.start < span.start && span.end < place.span.end
    const changed = holds ? changedPlace(place, change) : isApart(place.span) ? place : undefined
    if (changed === undefined) continue
    const moved = partAt(
      {
        ...changed,
        span: move(place.span),
        mappingSpan: move(place.mappingSpan),
        objectMappingSpan: move(place.objectMappingSpan),
      },
      part.context,
    )
    parts.push(moved)
    if (holds) edited = moved
  }
  const elsewhere = open.diagnostics
    .filter((d) => edited !== undefined || isApart(d.span))
    .map((d) => ({ ...d, span: move(d.span), ...(d.fixes === undefined ? {} : { fixes: [] }) }))
    .filter(({ span: { start, end } }) => {
      const within = edited?.place?.span
      return within === undefined || end <= within.start || start >= within.end
    })
  return {
    ...open,
    text: open.text.slice(0, span.start) + change.text + open.text.slice(span.end),
    parts,
    diagnostics: [...elsewhere, ...(edited === undefined ? [] : findingsOf(edited))].sort(bySpan),
    settled: false,
  }
}

/** The expression at an offset of the text, and the offset in it. */
export const partAtOffset = (
  open: OpenText,
  offset: number,
): { readonly part: Part; readonly offset: number } | undefined => {
  for (const part of open.parts) {
    const inner = part.place === undefined ? offset : innerOffset(part.place, offset)
    if (inner !== undefined) return { part, offset: Math.min(inner, part.expression.length) }
  }
  return undefined
}
