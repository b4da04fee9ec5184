import type { MappingEffect } from './effect.js'

const irregular: Readonly<Record<string, string>> = { are: 'is', were: 'was', do: 'does' }

/** A predicate of several objects, such as `leave the scope`, for a number of them: 1 leaves the scope. */
export const predicate = (count: number, plural: string): string =>
  count === 1
    ? plural.replace(/\b(?:are|were|do|enter|fail|get|leave)\b/g, (verb) => irregular[verb] ?? `${verb}s`)
    : plural

/** A share of all objects, in percent. */
export const shareText = (count: number, { objects }: Pick<MappingEffect, 'objects'>): string => {
  const share = Math.round((1000 * count) / Math.max(1, objects)) / 10
  return share === 0 && count > 0 ? '< 0.1 %' : `${share} %`
}
