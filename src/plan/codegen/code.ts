/**
 * Program text. It can only be created by the literals and the template below, so that anything an
 * administrator writes can only become a quoted literal.
 */
export class Code {
  readonly text: string

  /** Use {@link js}, {@link literal} or {@link identifier}; the argument is trusted. */
  private constructor(text: string) {
    this.text = text
  }

  /** @internal */
  static trusted(text: string): Code {
    return new Code(text)
  }
}

/** The values that a template accepts: code is inserted unchanged, everything else as a literal. */
export type Part = Code | Literal

/** Values with a literal form. */
export type Literal =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | readonly Literal[]
  | { readonly [name: string]: Literal }

const escapedUnit = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/**
 * A text with every character outside ASCII escaped, for programs and JSON, where an escape means the same
 * character.
 */
export const escapeNonAscii = (text: string): string => text.replace(/[\u007f-\uffff]/g, escapedUnit)

/**
 * A string as a literal of printable ASCII only: a line separator cannot end the line, nor `</script>` the
 * page, and a lone surrogate survives any encoding of the file.
 */
export const quote = (text: string): string => JSON.stringify(text).replace(/[<\u007f-\uffff]/g, escapedUnit)

/** A literal. */
export const literal = (value: Literal): Code => Code.trusted(literalText(value))

const literalText = (value: Literal): string => {
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'bigint':
      return `${value}n`
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value)
    case 'object': {
      if (value === null) return 'null'
      if (Array.isArray(value)) return `[${value.map((item: Literal) => literalText(item)).join(', ')}]`
      const members = Object.entries(value).map(([name, item]) => `${memberName(name)}: ${literalText(item)}`)
      return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
    }
    default:
      return String(value)
  }
}

/** A value as JSON has it: members that are undefined, and those with symbols as names, are left out. */
export const jsonLiteral = (value: object): Code => literal(JSON.parse(JSON.stringify(value)))

const isPlainName = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name)

/** A member name in an object literal. A computed one never sets the prototype, as `__proto__:` would. */
const memberName = (name: string): string => {
  if (name === '__proto__') return '["__proto__"]'
  return isPlainName(name) ? name : quote(name)
}

/** A member name in an object literal, as code. */
export const member = (name: string): Code => Code.trusted(memberName(name))

/** Access to a member, as code. */
export const access = (name: string): Code =>
  Code.trusted(isPlainName(name) ? `.${name}` : `[${quote(name)}]`)

/** An identifier of our own. Throws if it is not a plain identifier. */
export const identifier = (name: string): Code => {
  if (!isPlainName(name)) throw new TypeError(`${quote(name)} is not an identifier`)
  return Code.trusted(name)
}

/** The maximum length of a comment line. */
const LONGEST_COMMENT = 160

/**
 * The lines of a text for a comment: printable ASCII that ends neither the comment nor the script around it.
 * Other characters are escaped as in a literal.
 */
const commentLines = (text: string): readonly string[] =>
  text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => {
    const shown = line
      .slice(0, LONGEST_COMMENT)
      .replaceAll('*/', '* /')
      .replace(/<(?=[!/])/g, '< ')
      .replace(/[^\u0020-\u007e]/g, escapedUnit)
    return line.length > LONGEST_COMMENT ? `${shown} ...` : shown
  })

/** Comments of one line each; no text can end them. */
export const comments = (text: string): readonly Code[] =>
  commentLines(text).map((line) => Code.trusted(`// ${line}`.trimEnd()))

/** A documentation comment of several paragraphs; no text can end it. */
export const docComment = (...texts: readonly string[]): readonly Code[] => {
  const lines = texts.flatMap(commentLines)
  if (lines.length === 1) return [Code.trusted(`/** ${lines[0]} */`)]
  return ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'].map(Code.trusted)
}

/** Program text with inserted parts: code unchanged, values as literals. */
export const js = (strings: TemplateStringsArray, ...parts: readonly Part[]): Code => {
  const [first = '', ...rest] = strings
  let text = first
  parts.forEach((part, index) => {
    text += (part instanceof Code ? part.text : literalText(part)) + rest[index]
  })
  return Code.trusted(text)
}

/** Pieces of code with a separator between them. */
export const joined = (
  pieces: readonly Code[],
  separator: ', ' | ' | ' | ' && ' | ' || ' | ' + ' | '\n',
): Code => Code.trusted(pieces.map(({ text }) => text).join(separator))
