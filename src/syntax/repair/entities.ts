/** HTML entities that replace characters of expressions in the source of web pages. */
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  comma: ',',
  equals: '=',
  lpar: '(',
  rpar: ')',
  ldquo: '"',
  rdquo: '"',
  lsquo: "'",
  rsquo: "'",
}

/** Text that looks like an entity. */
export const entityPattern: RegExp = /&(?:[A-Za-z]{2,8}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});/y

/** The character that an entity stands for; undefined if expressions do not need it. */
export const decodeEntity = (entity: string): string | undefined => {
  const name = entity.slice(1, -1)
  if (!name.startsWith('#')) return Object.hasOwn(entities, name) ? entities[name] : undefined
  const hexadecimal = /^#[xX]/.test(name)
  const code = Number.parseInt(name.slice(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10)
  return code > 0 && code <= 0xffff ? String.fromCharCode(code) : undefined
}
