import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.js'
import type { FunctionLibrary } from '../functions/library.js'
import { parseExpression } from '../syntax/parser.js'
import { printExpression } from '../syntax/print.js'
import { fromSource, type SourceInput } from './from-source.js'
import type { AttributeMappingParameter, AttributeMappingSource } from './model.js'
import { parsedText } from './parsed-text.js'
import { toSource } from './to-source.js'

/** The text of a stored expression: its own if it has one, else the canonical text of its tree. */
export const expressionTextOf = (source: SourceInput, library: FunctionLibrary): string => {
  const text = source.expression ?? ''
  return text.trim() === '' ? printExpression(fromSource(source, library).expression) : text
}

/** Whether two trees have the same meaning; the texts of their nodes are ignored. */
export const sameTree = (a: AttributeMappingSource, b: AttributeMappingSource): boolean =>
  a.type === b.type && a.name === b.name && sameParameters(a, b, sameTree)

const sameParameters = (
  a: AttributeMappingSource,
  b: AttributeMappingSource,
  same: typeof sameTree,
): boolean =>
  a.parameters.length === b.parameters.length &&
  a.parameters.every(({ key, value }, index) => {
    const other = b.parameters[index]
    return (
      other !== undefined &&
      key === other.key &&
      (value === null || other.value === null ? value === other.value : same(value, other.value))
    )
  })

const sameTreeAndText = (a: AttributeMappingSource, b: AttributeMappingSource): boolean =>
  a.type === b.type &&
  a.name === b.name &&
  a.expression === b.expression &&
  sameParameters(a, b, sameTreeAndText)

/** The result of {@link withExpression}. */
export interface ExpressionChange {
  /** Null if the text is faulty or cannot be stored as a tree. */
  readonly source: AttributeMappingSource | null
  /** Positions are those of the new text. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Gives a source another expression: its canonical text and the matching tree. Unchanged nodes keep their
 * place in the file and the members that the model does not know.
 */
export const withExpression = (
  source: AttributeMappingSource,
  text: string,
  library: FunctionLibrary,
): ExpressionChange => {
  const parsed = parseExpression(text)
  if (hasErrors(parsed.diagnostics)) return { source: null, diagnostics: parsed.diagnostics }
  const built = toSource(parsed.expression, library)
  return {
    source: built.source && adopt(built.source, source),
    diagnostics: [...parsed.diagnostics, ...built.diagnostics],
  }
}

/** Replaces a tree by a new one. */
const adopt = (next: AttributeMappingSource, old: AttributeMappingSource): AttributeMappingSource => {
  if (sameTreeAndText(next, old)) return old
  const parameters = next.parameters.map((parameter, index): AttributeMappingParameter => {
    const former = old.parameters[index]
    if (former === undefined || former.key !== parameter.key) return parameter
    const value = former.value && parameter.value && adopt(parameter.value, former.value)
    return value === former.value ? former : { ...former, value: value ?? parameter.value }
  })
  return { ...old, ...next, parameters }
}

/** The comparison of a source's text with its tree. */
export interface TreeAgreement {
  /** The text of the tree, if it is a different expression from the source's own text. */
  readonly tree: string | undefined
  /** Why the text cannot be stored as a tree; positions are those of the text. */
  readonly text: readonly Diagnostic[]
  /** Faults of the tree, with JSON paths. */
  readonly faults: readonly Diagnostic[]
}

/**
 * Compares the text of a source with its tree. A function without parameters is a tree that a client omitted.
 * A text with syntax errors is not compared, unless the source should be a plain attribute or constant.
 * @param givenPath the JSON path of the source, for one made by hand
 */
export const compareTree = (
  source: AttributeMappingSource,
  library: FunctionLibrary,
  givenPath = '$',
): TreeAgreement => {
  const isCall = source.type === 'Function'
  const parsed = source.expression?.trim() ? parsedText(source) : undefined
  const readable = parsed !== undefined && !hasErrors(parsed.diagnostics)
  const text = readable ? toSource(parsed.expression, library) : undefined
  const hasTree = source.name !== null && (!isCall || source.parameters.length > 0)
  const read = hasTree ? fromSource(source, library, givenPath) : undefined
  const faults = read?.diagnostics ?? []
  const tree = read && faults.length === 0 ? toSource(read.expression, library).source : undefined
  const comparable = parsed !== undefined && (readable ? text?.source != null : !isCall)
  const differs = tree && comparable && !(text?.source && sameTree(text.source, tree))
  return { tree: differs ? (tree.expression ?? undefined) : undefined, text: text?.diagnostics ?? [], faults }
}

/** The text of what the service evaluates: its tree where text and tree disagree, else {@link expressionTextOf}. */
export const evaluatedTextOf = (source: AttributeMappingSource, library: FunctionLibrary): string =>
  compareTree(source, library).tree ?? expressionTextOf(source, library)
