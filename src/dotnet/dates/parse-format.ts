import { DotnetFailure } from '../failure.js'
import { isWhiteSpace, skipWhiteSpace, startsWithIgnoringCase, trimmedLength } from './characters.js'
import {
  ALLOW_INNER_WHITE,
  ALLOW_LEADING_WHITE,
  ALLOW_TRAILING_WHITE,
  type DateTimeStyles,
} from './date-time-styles.js'
import { GREATEST_FRACTION_LENGTH, quotedText, runLength, STANDARD_FORMATS } from './standard-formats.js'

// The kinds of step in a plan. Plain constants, because the interpreter switches on them for every character.
export const STEP_LITERAL = 0
export const STEP_DIGITS = 1
export const STEP_ONE_OR_TWO_DIGITS = 2
export const STEP_FRACTION = 3
export const STEP_OPTIONAL_FRACTION = 4
export const STEP_MONTH_NAME = 5
export const STEP_ABBREVIATED_MONTH_NAME = 6
export const STEP_DAY_NAME = 7
export const STEP_ABBREVIATED_DAY_NAME = 8
export const STEP_ERA = 9
export const STEP_TIME_MARK = 10
export const STEP_TIME_MARK_LETTER = 11
export const STEP_OFFSET_HOURS = 12
export const STEP_OFFSET = 13
export const STEP_KIND = 14
export const STEP_UTC_MARK = 15
export const STEP_GMT = 16
export const STEP_OPTIONAL_SPACE = 17
export const STEP_SKIP_WHITE_SPACE = 18
export const STEP_DOT = 19
export const STEP_NOTHING = 20
export const STEP_INVALID = 21

// The numbers that a text can supply, as positions in the interpreter's array of fields.
export const FIELD_YEAR = 0
export const FIELD_MONTH = 1
export const FIELD_DAY = 2
export const FIELD_HOUR = 3
export const FIELD_MINUTE = 4
export const FIELD_SECOND = 5
export const FIELD_DAY_OF_WEEK = 6

/**
 * One step. The plan is a chain of them; it branches where .NET may skip a fraction because its dot is
 * missing.
 */
export type ParseStep = {
  readonly operation: number
  /** A character code, a number of digits, for `STEP_KIND` 1 if an offset must have its colon, or a length. */
  readonly argument: number
  /** The field the step reads, or for `STEP_INVALID` the place in the format. */
  readonly field: number
  next: ParseStep | undefined
  otherwise: ParseStep | undefined
}

/** A format and its styles, compiled for use on any number of texts. */
export type ParsePlan = {
  readonly first: ParseStep | undefined
  readonly styles: DateTimeStyles
  readonly twoDigitYear: boolean
  readonly twelveHours: boolean
  /** The standard format `U`: the text is UTC without saying so. */
  readonly universal: boolean
}

const TIME_FIELDS = { h: FIELD_HOUR, H: FIELD_HOUR, m: FIELD_MINUTE, s: FIELD_SECOND }

/**
 * Reads a format for DateTime.ParseExact, custom or one of the standard letters, as .NET applies it under these
 * styles. Fails with `format`, and the place of the fault, if no text could ever match it.
 */
export function compileParseFormat(format: string, styles: DateTimeStyles): ParsePlan {
  if (format.length === 0) throw new DotnetFailure('format', 'the format is empty', 0, 0)
  const custom = format.length === 1 ? STANDARD_FORMATS.get(format) : format
  if (custom === undefined)
    throw new DotnetFailure('format', `"${format}" is not a standard date format`, 0, 1)
  // .NET reads the round-trip format more strictly if no styles are set.
  const strictOffset = (format === 'o' || format === 'O') && styles === 0
  return new ParseFormatCompiler(custom, styles, strictOffset).compile(format === 'U')
}

class ParseFormatCompiler {
  private readonly format: string
  private readonly start: number
  /** How many units were cut from the start of the format, to report places in the format as given. */
  private readonly cut: number
  private readonly styles: DateTimeStyles
  private readonly strictOffset: boolean
  private readonly stepsByPosition = new Map<number, ParseStep | undefined>()
  private twoDigitYear = false
  private twelveHours = false

  constructor(format: string, styles: DateTimeStyles, strictOffset: boolean) {
    const tailless = (styles & ALLOW_TRAILING_WHITE) !== 0 ? withoutTrailingWhite(format) : format
    const leading = (styles & ALLOW_LEADING_WHITE) !== 0
    this.start = leading ? skipWhiteSpace(tailless, 0) : 0
    this.format = leading ? withoutLeadingQuotedWhite(tailless) : tailless
    this.cut = tailless.length - this.format.length
    this.styles = styles
    this.strictOffset = strictOffset
  }

  compile(universal: boolean): ParsePlan {
    const first = this.chainFrom(this.start)
    rejectUnmatchable(first)
    return {
      first,
      styles: this.styles,
      twoDigitYear: this.twoDigitYear,
      twelveHours: this.twelveHours,
      universal,
    }
  }

  /** Compiles from a position to the end, including the branches that a skipped fraction leads to. */
  private chainFrom(start: number): ParseStep | undefined {
    const branches: { dot: ParseStep; position: number }[] = []
    const chain = (from: number): ParseStep | undefined => {
      const head: { next: ParseStep | undefined } = { next: undefined }
      let last = head
      let position = from
      while (position < this.format.length) {
        if (this.stepsByPosition.has(position)) {
          last.next = this.stepsByPosition.get(position)
          return head.next
        }
        const steps: ParseStep[] = []
        if ((this.styles & ALLOW_INNER_WHITE) !== 0) steps.push(step(STEP_SKIP_WHITE_SPACE))
        const end = this.compileSpecifier(position, steps)
        const final = steps.at(-1)
        if (final?.operation === STEP_DOT && this.format[position + 2] === 'F') {
          const after = position + 2
          branches.push({ dot: final, position: after + runLength(this.format, after) })
        }
        for (const added of steps) {
          last.next = added
          last = added
        }
        if (steps.length > 0) this.stepsByPosition.set(position, steps[0])
        if (final?.operation === STEP_INVALID) break
        position = end
      }
      return head.next
    }
    const first = chain(start)
    for (let branch = branches.shift(); branch !== undefined; branch = branches.shift()) {
      branch.dot.otherwise = chain(branch.position) ?? END
    }
    return first
  }

  /** Appends the steps of the specifier at `position` and returns the position after it. */
  private compileSpecifier(position: number, steps: ParseStep[]): number {
    const { format } = this
    const specifier = format.charAt(position)
    const count = runLength(format, position)
    const end = position + count
    switch (specifier) {
      case 'y':
        if (count <= 2) this.twoDigitYear = true
        steps.push(digits(FIELD_YEAR, count))
        return end
      case 'M':
        if (count <= 2) steps.push(digits(FIELD_MONTH, count))
        else steps.push(step(count === 3 ? STEP_ABBREVIATED_MONTH_NAME : STEP_MONTH_NAME, 0, FIELD_MONTH))
        return end
      case 'd':
        if (count <= 2) steps.push(digits(FIELD_DAY, count))
        else steps.push(step(count === 3 ? STEP_ABBREVIATED_DAY_NAME : STEP_DAY_NAME, 0, FIELD_DAY_OF_WEEK))
        return end
      case 'h':
      case 'H':
      case 'm':
      case 's':
        if (specifier === 'h') this.twelveHours = true
        steps.push(digits(TIME_FIELDS[specifier], Math.min(count, 2)))
        return end
      case 'f':
      case 'F': {
        const operation = specifier === 'f' ? STEP_FRACTION : STEP_OPTIONAL_FRACTION
        steps.push(count <= GREATEST_FRACTION_LENGTH ? step(operation, count) : this.invalid(position, count))
        return end
      }
      case 'g':
        steps.push(step(STEP_ERA))
        return end
      case 't':
        steps.push(step(count === 1 ? STEP_TIME_MARK_LETTER : STEP_TIME_MARK))
        return end
      case 'z':
        steps.push(step(count <= 2 ? STEP_OFFSET_HOURS : STEP_OFFSET, count))
        return end
      default:
        return this.compileSingle(position, steps)
    }
  }

  /** The specifiers that do not repeat, and literal characters. */
  private compileSingle(position: number, steps: ParseStep[]): number {
    const { format } = this
    const after = position + 1
    switch (format[position]) {
      case 'Z':
        steps.push(step(STEP_UTC_MARK))
        return after
      case 'K':
        steps.push(step(STEP_KIND, this.strictOffset ? 1 : 0))
        return after
      case '.':
        steps.push(step(STEP_DOT, format.charCodeAt(position)))
        return after
      case '%':
        if (after >= format.length || format[after] === '%') steps.push(this.invalid(position))
        return after
      case '\\':
        steps.push(after < format.length ? literal(format.charCodeAt(after)) : this.invalid(position))
        return after + 1
      case '"':
      case "'":
        return this.compileQuoted(position, steps)
      case ' ':
        if ((this.styles & ALLOW_INNER_WHITE) !== 0) return after
        steps.push((this.styles & ALLOW_TRAILING_WHITE) !== 0 ? step(STEP_OPTIONAL_SPACE) : literal(0x20))
        return after
      default:
        if (startsWithIgnoringCase(format, position, 'GMT')) {
          steps.push(step(STEP_GMT))
          return position + 3
        }
        steps.push(literal(format.charCodeAt(position)))
        return after
    }
  }

  private compileQuoted(position: number, steps: ParseStep[]): number {
    const quoted = quotedText(this.format, position)
    if (quoted === undefined) {
      steps.push(this.invalid(position))
      return this.format.length
    }
    const skipsBlanks = (this.styles & ALLOW_INNER_WHITE) !== 0
    for (let index = 0; index < quoted.text.length; index++) {
      const code = quoted.text.charCodeAt(index)
      steps.push(code === 0x20 && skipsBlanks ? step(STEP_SKIP_WHITE_SPACE) : literal(code))
    }
    return quoted.end
  }

  private invalid(position: number, length = 1): ParseStep {
    return step(STEP_INVALID, length, position + this.cut)
  }
}

/** The end of a format, where a branch needs a step to lead to. */
const END: ParseStep = step(STEP_NOTHING)

function step(operation: number, argument = 0, field = 0): ParseStep {
  return { operation, argument, field, next: undefined, otherwise: undefined }
}

function digits(field: number, count: number): ParseStep {
  return step(count === 1 ? STEP_ONE_OR_TWO_DIGITS : STEP_DIGITS, count, field)
}

function literal(code: number): ParseStep {
  return step(STEP_LITERAL, code)
}

/** A fault counts only if no branch leads around it. */
function rejectUnmatchable(first: ParseStep | undefined): void {
  for (let current = first; current !== undefined; current = current.next) {
    if (current.otherwise !== undefined) return
    if (current.operation === STEP_INVALID) throw invalidFormat(current)
  }
}

/** The failure of a step that no text can satisfy. */
export function invalidFormat(invalid: ParseStep): DotnetFailure {
  return new DotnetFailure(
    'format',
    'the format is not a valid date format here',
    invalid.field,
    invalid.field + invalid.argument,
  )
}

/** .NET ignores white space at the format's end, even in front of a closing quote. */
function withoutTrailingWhite(format: string): string {
  const trimmed = format.slice(0, trimmedLength(format))
  const last = trimmed.length - 1
  const quote = trimmed[last]
  if (last <= 1 || (quote !== "'" && quote !== '"')) return trimmed
  return trimmed.slice(0, Math.max(trimmedLength(trimmed.slice(0, last)), 0)) + quote
}

/** .NET ignores white space behind a quote that opens the format. */
function withoutLeadingQuotedWhite(format: string): string {
  const quote = format[0]
  if (format.length <= 2 || (quote !== "'" && quote !== '"')) return format
  return isWhiteSpace(format.charCodeAt(1)) ? quote + format.slice(skipWhiteSpace(format, 1)) : format
}
