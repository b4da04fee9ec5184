import type { JsonDocument, JsonNode } from './json-document.js'

/** The layout of JSON that is new to a file. */
export interface Layout {
  /** The indentation of a level; undefined if everything stays on one line. */
  readonly unit: string | undefined
  readonly lineEnd: string
  /** The blanks after a colon, and after a comma within a line. */
  readonly blank: string
}

/** The place at which a value is written. */
export interface WritePlace extends Layout {
  /** The indentation of the line on which the value begins. */
  readonly indent: string
}

/** The place at the start of a new document. */
export const ownPlace: WritePlace = { unit: '  ', lineEnd: '\n', blank: ' ', indent: '' }

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1

const indentAt = (text: string, offset: number): string =>
  text.slice(lineStart(text, offset), offset).replace(/[^ \t].*/s, '')

/** Whether only blanks precede a node on its line. */
const beginsLine = (document: JsonDocument, { offset }: JsonNode): boolean => {
  const { text } = document.source
  return text.slice(lineStart(text, offset), offset).trim() === ''
}

/** The outermost node whose first child has a line of its own. */
const firstBroken = (document: JsonDocument, node: JsonNode): JsonNode | undefined => {
  const children = node.children ?? []
  if (node.type !== 'property' && children[0] !== undefined && beginsLine(document, children[0])) return node
  for (const child of children) {
    const found = firstBroken(document, child)
    if (found !== undefined) return found
  }
  return undefined
}

const findLayout = (document: JsonDocument): Layout => {
  const { text } = document.source
  const { root } = document
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  const isOneLine = root === undefined || !document.text(root).includes('\n')
  const broken = isOneLine ? undefined : firstBroken(document, root)
  const [name, value] = root?.children?.[0]?.children ?? []
  const tight =
    name !== undefined &&
    value !== undefined &&
    !/\s/.test(text.slice(name.offset + name.length, value.offset))
  const blank = tight ? '' : ' '
  const first = broken?.children?.[0]
  if (broken === undefined || first === undefined) return { unit: undefined, lineEnd, blank }
  const [outer, inner] = [indentAt(text, broken.offset), indentAt(text, first.offset)]
  return { unit: inner.startsWith(outer) ? inner.slice(outer.length) : inner, lineEnd, blank }
}

const layouts = new WeakMap<JsonDocument, Layout>()

/** The place of a node in its document. */
export const writePlaceOf = (document: JsonDocument, { offset }: JsonNode): WritePlace => {
  const layout = layouts.get(document) ?? findLayout(document)
  layouts.set(document, layout)
  return { ...layout, indent: layout.unit === undefined ? '' : indentAt(document.source.text, offset) }
}

/** The place of a node's replacement; the replacement of a node on one line stays on one line. */
export const placeInstead = (document: JsonDocument, node: JsonNode): WritePlace => {
  const place = writePlaceOf(document, node)
  const hasParts = node.children !== undefined && node.children.length > 0
  return hasParts && !document.text(node).includes('\n') ? { ...place, unit: undefined } : place
}

/** The place after a node, in the same object or list: on its own line if the node has one. */
export const placeAfter = (document: JsonDocument, node: JsonNode): WritePlace => {
  const place = writePlaceOf(document, node)
  return beginsLine(document, node) ? place : { ...place, unit: undefined }
}

/** The text between a node and the value written after it. */
export const separatorAfter = (place: WritePlace): string =>
  place.unit === undefined ? `,${place.blank}` : `,${place.lineEnd}${place.indent}`

/** The place of the parts of a value. */
export const placeInside = (place: WritePlace): WritePlace =>
  place.unit === undefined ? place : { ...place, indent: place.indent + place.unit }

/** A list or an object, from the texts of its parts. */
export const enclosed = (brackets: '[]' | '{}', parts: readonly string[], place: WritePlace): string => {
  const { unit, lineEnd, blank, indent } = place
  const [open, close] = brackets
  if (parts.length === 0) return brackets
  if (unit === undefined) return `${open}${parts.join(`,${blank}`)}${close}`
  const line = lineEnd + placeInside(place).indent
  return `${open}${line}${parts.join(`,${line}`)}${lineEnd}${indent}${close}`
}

/** A member of an object. */
export const memberText = (name: string, value: string, { blank }: Layout): string =>
  `${JSON.stringify(name)}:${blank}${value}`

/** Re-indents a text of several lines for another place. */
export const moved = (text: string, from: WritePlace, to: WritePlace): string =>
  from.indent === to.indent || to.unit === undefined
    ? text
    : text.replaceAll(`\n${from.indent}`, `\n${to.indent}`)
