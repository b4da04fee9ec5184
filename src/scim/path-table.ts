import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { normalPath, parseScimPath, qualifiedName, type ScimPath, type ScimPathResult } from './path.js'

/** A target attribute path, parsed, with its normal form. */
export interface ScimPathEntry extends ScimPathResult {
  /** The path in normal form; empty if the text is not a path. */
  readonly key: string
}

const entryOf = (text: string): ScimPathEntry => {
  const result = parseScimPath(text)
  return { ...result, key: result.path === undefined ? '' : normalPath(result.path) }
}

/**
 * The conflicts of a set of paths: the same place twice, or an attribute as a whole and a part of it.
 * Names in SCIM ignore case.
 */
export const findConflicts = (paths: readonly ScimPath[]): readonly Diagnostic[] => {
  const found: Diagnostic[] = []
  const places = new Map<string, ScimPath>()
  const parts = new Map<string, ScimPath>()
  for (const path of paths) {
    const place = normalPath(path).toLowerCase()
    const name = qualifiedName(path).toLowerCase()
    const isPart = place !== name
    const other = places.get(place) ?? (isPart ? places.get(name) : parts.get(name))
    if (other !== undefined) {
      const args = { path: path.text, other: other.text }
      found.push(diagnostic('AF4203', { start: 0, end: path.text.length }, args, { path: path.text }))
    }
    places.set(place, path)
    if (isPart) parts.set(name, path)
  }
  return found
}

/** The target attribute paths of a mapping, parsed once for all objects. */
export class ScimPathTable {
  readonly #entries: ReadonlyMap<string, ScimPathEntry>
  /** Whether no two paths conflict, so that no selection of them does. */
  readonly conflictFree: boolean

  constructor(texts: Iterable<string>) {
    this.#entries = new Map([...texts].map((text) => [text, entryOf(text)]))
    const paths = [...this.#entries.values()].flatMap(({ path }) => (path === undefined ? [] : [path]))
    this.conflictFree = findConflicts(paths).length === 0
  }

  /** The path of a text; parsed now if it is not in the table. */
  get(text: string): ScimPathEntry {
    return this.#entries.get(text) ?? entryOf(text)
  }

  /** Whether the table has all of these texts. */
  covers(texts: Iterable<string>): boolean {
    for (const text of texts) if (!this.#entries.has(text)) return false
    return true
  }
}
