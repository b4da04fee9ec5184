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

const disagreements: readonly { readonly reason: string; readonly ids: readonly string[] }[] = [
  {
    reason: '(a)?(?(1)b): versions of .NET disagree on a leading conditional without an alternative; refused',
    ids: [
      'regex_match-3041e908bb80',
      'regex_match-baf32fdb760c',
      'regex_match-e0ad4cf21b79',
      'regex_match-31576efd73b0',
      'regex_replace-cfe39a9bc3db',
      'regex_replace-c06a721861f8',
      'regex_replace-d650b8ece16a',
      'regex_replace-674ecf5e2842',
      'regex_replace-291680785d91',
      'regex_replace-89442001a948',
      'regex_replace-b3ab09a69b1a',
      'regex_replace-b36424d28497',
      'regex_replace-8a501484f3cb',
      'regex_replace-5120a69d84a4',
      'regex_replace-eebe81efe658',
      'regex_replace-399035045356',
      'regex_replace-43f7b27d4d0a',
      'regex_replace-6a4b34e0d304',
      'regex_replace-35b6d2d7bb19',
      'regex_replace-5180becc950e',
      'regex_replace-6098c7ccb9e7',
      'regex_replace-32ce5d73ffdf',
      'regex_replace-58a170424476',
      'regex_replace-02a9c742eedb',
      'regex_replace-394ab26af41f',
    ],
  },
  {
    reason: 'RightToLeft cannot be set from within a pattern',
    ids: ['regex_match-6ca765f1e4be', 'regex_match-2e7d18abab3c', 'regex_match-4c772f8c71ce'],
  },
]

/** Vectors that are knowingly refused, by id, with the reason. Each must be refused on both engines. */
export const KNOWN_DISAGREEMENTS: ReadonlyMap<string, string> = new Map(
  disagreements.flatMap(({ reason, ids }) => ids.map((id) => [id, reason] as const)),
)

/** The inline form of each option; there is none for RightToLeft. */
export const INLINE: Readonly<Record<string, string>> = {
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
      matches: [...regex.matches(source)].map((spans) =>
        spans.map((span) => span && [span.start, span.end - span.start]),
      ),
    }
    const wanted = { isMatch: expected.isMatch, groupNames: expected.groupNames, matches: expected.matches }
    return { agrees: JSON.stringify(got) === JSON.stringify(wanted), refused: false, got }
  } catch (reason) {
    if (!(reason instanceof DotnetFailure)) throw reason
    const agrees = reason.kind === 'argument' && expected.error !== undefined
    return { agrees, refused: reason.kind === 'unsupported', got: reason.message }
  }
}
