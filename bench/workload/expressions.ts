import { full } from './mapping.js'

const COUNT = 1000

/**
 * A thousand different expressions: those of the full mapping over other attributes and, where they have one,
 * with another pattern for the phone. None is equal to another, so that no cache by text can help.
 */
export const benchExpressions = (): readonly string[] => {
  const templates = Object.values(full.attributes).filter((text) => text.includes('['))
  return Array.from({ length: COUNT }, (_, index) => {
    const variant = Math.floor(index / templates.length)
    return templates[index % templates.length]!.replace(/\[([A-Za-z]+)\]/g, `[$1${variant}]`).replace(
      '\\s-]+',
      `\\s-]{1,${variant + 2}}`,
    )
  })
}
