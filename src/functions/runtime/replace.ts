import type { Limits } from '../../values/settings.js'
import { textOf } from '../../values/text.js'
import { isList, type Value } from '../../values/value.js'
import { extractGroup, replaceGroup, replaceMatches } from './pattern.js'
import { replaceText } from './replace-text.js'

const replaceGiven = (
  text: string | null,
  oldValue: string | null,
  newValue: string | null,
): string | null =>
  text === null || oldValue === null || newValue === null ? null : replaceText(text, oldValue, newValue)

/** The group's text in the attribute; if it has several values, in the first one that matches. */
const extractFrom = (
  attribute: Value,
  pattern: string | null,
  groupName: string | null,
  limits: Limits,
): string | null => {
  if (pattern === null || groupName === null) return null
  for (const value of isList(attribute) ? attribute : [attribute]) {
    const text = textOf(value)
    const found = text === null ? null : extractGroup(text, pattern, groupName, limits)
    if (found !== null) return found
  }
  return null
}

const replacePattern = (
  source: string | null,
  pattern: string | null,
  groupName: string | null | undefined,
  replacement: string | null,
  limits: Limits,
): string | null => {
  if (source === null || pattern === null || replacement === null || groupName === null) return null
  return groupName === undefined
    ? replaceMatches(source, pattern, replacement, limits)
    : replaceGroup(source, pattern, groupName, replacement, limits)
}

/**
 * Replace: the given arguments decide the mode; the checker has verified that there is one. Null in an
 * argument that the mode needs gives null, except for a source that another attribute replaces.
 */
export const replace = (
  source: string | null,
  oldValue: string | null | undefined,
  pattern: string | null | undefined,
  groupName: string | null | undefined,
  replacement: string | null | undefined,
  otherAttribute: Value | undefined,
  template: string | null | undefined,
  limits: Limits,
): string | null => {
  if (template !== undefined) return replaceGiven(template, oldValue ?? null, source)
  if (oldValue !== undefined) return replaceGiven(source, oldValue, replacement ?? null)
  if (otherAttribute === undefined) {
    return replacePattern(source, pattern ?? null, groupName, replacement ?? null, limits)
  }
  if (source !== null && source !== '') return source
  return extractFrom(otherAttribute, pattern ?? null, groupName ?? null, limits)
}
