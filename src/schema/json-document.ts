import { createScanner, parseTree } from 'jsonc-parser'
import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { SourceText } from '../text/source-text.js'
import type { Span } from '../text/span.js'
import { useGraphNames } from './pascal-case.js'

/** A node of a JSON text. A `property` has two children: its name and its value. */
export interface JsonNode {
  readonly type: 'object' | 'array' | 'property' | 'string' | 'number' | 'boolean' | 'null'
  /** Offset of the first code unit in the text. */
  readonly offset: number
  readonly length: number
  /** The value of a leaf. Of a number, take the text of the node instead: this one is rounded. */
  readonly value?: unknown
  readonly children?: readonly JsonNode[]
  readonly parent?: JsonNode
}

/** Deeper nesting is refused, because the parser recurses. A stored expression takes 3 levels per call. */
const DEEPEST = 1500

/** The reasons for errors of the JSON parser, by error number. */
const reasons: Readonly<Record<number, string>> = {
  1: 'a word or sign is not part of JSON',
  2: 'a number is malformed',
  3: 'a member name between double quotes is missing',
  4: 'a value is missing',
  5: 'a colon is missing',
  6: 'a comma is missing',
  7: 'a closing brace is missing',
  8: 'a closing bracket is missing',
  9: 'there is text after the end',
  10: 'comments are not part of JSON',
  11: 'a comment does not end',
  12: 'a string does not end',
  13: 'a number is not complete',
  14: 'a \\u escape needs four hexadecimal digits',
  15: 'an escape in a string is unknown',
  16: 'a control character in a string is not escaped',
}

/** Why a text is no JSON, by what it begins with; undefined if it begins like JSON. */
const foreignForm = (body: string): string | undefined => {
  const start = body.trimStart()
  if (/^(?:<|#< CLIXML)/.test(start)) return 'it is XML or HTML, such as a page to sign in'
  if (/^HTTP\/\d/.test(start)) return 'it begins with the headers of an HTTP answer; save the body alone'
  if (/^\w+ * : /.test(start))
    return 'it is what PowerShell prints for the eye; write it with ConvertTo-Json -Depth 100'
  return /^[[{"/]/.test(start)
    ? undefined
    : `it begins with ${JSON.stringify(start.slice(0, 30))}, not with {; delete what stands before the JSON`
}

/** Offset at which the nesting exceeds {@link DEEPEST}, or -1. */
const tooDeepAt = (text: string): number => {
  const scanner = createScanner(text, true)
  let depth = 0
  // Token kinds: 1 and 3 open, 2 and 4 close, 17 is the end of the text.
  for (let token = scanner.scan() as number; token !== 17; token = scanner.scan()) {
    if (token === 1 || token === 3) depth++
    else if (token === 2 || token === 4) depth--
    if (depth > DEEPEST) return scanner.getTokenOffset()
  }
  return -1
}

/** A JSON text with the position of every value in it. Immutable. */
export class JsonDocument {
  readonly source: SourceText
  /** The outermost value, or `undefined` if the text is not JSON. */
  readonly root: JsonNode | undefined
  /** Whether the text uses the member names of Graph PowerShell; those of `root` are Graph's own then. */
  readonly pascalCase: boolean
  /** Why the text is not JSON; empty if it is. */
  readonly diagnostics: readonly Diagnostic[]

  /**
   * @param text JSON text. A byte order mark counts as blank, so that offsets stay those of the file.
   * @param name file name, for messages
   */
  constructor(text: string, name?: string) {
    this.source = new SourceText(text, name)
    const body = text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text
    const fault = (offset: number, length: number, reason: string): Diagnostic =>
      diagnostic('AF4001', { start: offset, end: Math.min(text.length, offset + length) }, { reason })
    this.pascalCase = /"(?:SynchronizationRules|Directories)"\s*:/.test(body)
    const deep = tooDeepAt(body)
    if (deep >= 0) {
      this.root = undefined
      this.diagnostics = [fault(deep, 1, `more than ${DEEPEST} levels are nested`)]
      return
    }
    const errors: { error: number; offset: number; length: number }[] = []
    const root = parseTree(body, errors, { disallowComments: true })
    const first = errors[0]
    if (first !== undefined || root === undefined) {
      this.root = undefined
      this.diagnostics =
        first === undefined || body.trim() === ''
          ? [fault(text.length, 0, 'it is empty')]
          : [
              fault(
                first.offset,
                first.length,
                foreignForm(body) ?? reasons[first.error] ?? 'unexpected text',
              ),
            ]
      return
    }
    if (this.pascalCase) useGraphNames(root)
    this.root = root
    this.diagnostics = []
  }

  /** The text of a node as written in the file. */
  text(node: JsonNode): string {
    return this.source.text.slice(node.offset, node.offset + node.length)
  }
}

/** The value of a member of an object; if a name occurs twice, the last one, as everywhere in JSON. */
export const memberOf = (node: JsonNode, name: string): JsonNode | undefined =>
  node.type === 'object'
    ? node.children?.findLast((property) => property.children?.[0]?.value === name)?.children?.[1]
    : undefined

/** The JSONPath of a node from the root of its document, such as `$.synchronizationRules[0].name`. */
export const jsonPath = (node: JsonNode): string => {
  const parent = node.parent
  if (parent === undefined) return '$'
  if (parent.type === 'array') return `${jsonPath(parent)}[${parent.children?.indexOf(node)}]`
  const path = parent.parent === undefined ? '$' : jsonPath(parent.parent)
  return path + pathStep(String(parent.children?.[0]?.value))
}

/** One member step of a JSONPath: `.name`, or `["odd name"]`. */
export const pathStep = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`

/** The node at a path of member names and indexes. */
export const nodeAt = (
  node: JsonNode | undefined,
  path: readonly (string | number)[],
): JsonNode | undefined => {
  let current = node
  for (const step of path) {
    if (current === undefined) return undefined
    current =
      typeof step === 'string'
        ? memberOf(current, step)
        : current.type === 'array'
          ? current.children?.[step]
          : undefined
  }
  return current
}

/**
 * Converts a range of a JSON string's value to a range of the file: escapes make the two differ.
 * @param raw the string as written in the file, with its quotes
 */
export const spanInString = (raw: string, offset: number, inner: Span): Span => {
  const starts: number[] = []
  let position = 1
  while (position < raw.length - 1) {
    starts.push(offset + position)
    position += raw[position] !== '\\' ? 1 : raw[position + 1] === 'u' ? 6 : 2
  }
  starts.push(offset + raw.length - 1)
  const at = (index: number): number => starts[index] ?? offset + raw.length - 1
  return { start: at(inner.start), end: at(inner.end) }
}

/** The JSON text of plain data. A bigint becomes an integer; `undefined` and functions are omitted. */
export const jsonText = (value: unknown): string => {
  if (typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, v]) => v !== undefined && typeof v !== 'function')
    return `{${members.map(([k, v]) => `${JSON.stringify(k)}:${jsonText(v)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}
