import { DotnetFailure } from '../../../src/dotnet/failure.js'
import { compileRegex } from '../../../src/dotnet/regex/regex.js'

export interface RegexVector {
  readonly id: string
  readonly op: 'regexMatch' | 'regexReplace' | 'regexGroupReplace'
  readonly input: {
    readonly source: string
    readonly pattern: string
    readonly options?: string
    readonly replacement?: string
    readonly group?: string
  }
  readonly expected: {
    readonly error?: string
    readonly value?: string
    readonly isMatch?: boolean
    readonly groupNames?: readonly string[]
    readonly matches?: readonly (readonly (readonly [number, number] | null)[])[]
  }
  readonly tags?: readonly string[]
}

const INLINE: Readonly<Record<string, string>> = {
  Multiline: '(?m)',
  ExplicitCapture: '(?n)',
  IgnorePatternWhitespace: '(?x)',
  Singleline: '(?s)',
  IgnoreCase: '(?i)',
  CultureInvariant: '',
}

export interface VectorAnswer {
  readonly agrees: boolean
  readonly refused: boolean
  readonly got: unknown
}

/** What attrflow answers to a vector, and whether that is what .NET answers. */
export const answer = ({ op, input, expected }: RegexVector, engine: 'any' | 'matcher'): VectorAnswer => {
  const { source, pattern, replacement, group } = input
  try {
    const inline = (input.options?.split(', ') ?? []).map((option) => {
      if (INLINE[option] === undefined) throw new DotnetFailure('unsupported', option)
      return INLINE[option]
    })
    const regex = compileRegex(inline.join('') + pattern, { engine })
    if (op !== 'regexMatch') {
      const got =
        op === 'regexReplace'
          ? regex.replace(source, replacement!)
          : regex.replaceGroup(source, group!, replacement!)
      return { agrees: got === expected.value, refused: false, got }
    }
    const got = {
      isMatch: regex.isMatch(source),
      groupNames: regex.groupNames,
      matches: regex
        .matches(source)
        .map((spans) => spans.map((span) => span && [span.start, span.end - span.start])),
    }
    const wanted = { isMatch: expected.isMatch, groupNames: expected.groupNames, matches: expected.matches }
    return { agrees: JSON.stringify(got) === JSON.stringify(wanted), refused: false, got }
  } catch (reason) {
    if (!(reason instanceof DotnetFailure)) throw reason
    const agrees = reason.kind === 'argument' && expected.error !== undefined
    return { agrees, refused: reason.kind === 'unsupported', got: reason.message }
  }
}
