import type { DiagnosticCode } from '../diagnostics/catalogue.js'
import type { FlowMarker } from '../values/marker.js'
import { requireMade } from '../values/misuse.js'
import type { Dialect, Settings } from '../values/settings.js'
import type { StaticType } from '../values/static-type.js'
import type { Value } from '../values/value.js'
import type { Domain } from './domain.js'
import type { Transfer } from './transfer.js'

/**
 * The type of a parameter decides how an argument is converted before the body gets it:
 * - `String`: the text form; lists are mapped over if the function has `mapsOverLists`
 * - `Integer`: an exact integer, also from text
 * - `DateTime`: a DateTime, also from text as CDate reads it
 * - `Any`: the value as it is
 */
export type ParameterType = 'String' | 'Integer' | 'DateTime' | 'Any'

/** The parameter types of Graph's function schema. */
export type GraphParameterType = 'String' | 'Integer' | 'Reference' | 'Binary' | 'Boolean' | 'DateTime'

/** A problem of a literal argument, found before anything is evaluated. */
export interface LiteralProblem {
  readonly code: 'AF3003' | 'AF3009' | 'AF3010' | 'AF3012'
  /** For AF3003 the values that the parameter takes, otherwise the reason. */
  readonly reason: string
  /** The faulty range inside the literal's value, when it is known. */
  readonly start?: number | undefined
  readonly end?: number | undefined
}

/** One declared parameter. */
export interface Parameter {
  /** The name the reference page uses. */
  readonly name: string
  /** The key under which Graph stores the argument in an attributeMappingSource. */
  readonly key: string
  readonly type: ParameterType
  /** The type in Graph's function schema, if it differs from `type` (`Any` counts as String). */
  readonly graphType?: GraphParameterType
  /**
   * How an `Any` parameter reads a value: as the text form of a scalar, so that `1` and `"1"` are the same;
   * as a Boolean; as a date, also from text; or as a date, from text only by the format in another argument.
   */
  readonly reads?: 'text' | 'boolean' | 'date' | 'formattedDate'
  /** For an `Any` parameter: whether it takes lists, either whole or element by element. */
  readonly takesLists?: boolean
  /**
   * For a `String` parameter: the required form of its text, in words such as `a SID`; any other text fails.
   */
  readonly form?: string
  /** Whether it is meant for references and objects. */
  readonly takesReferences?: boolean
  /** Default true. A required argument that is null makes the call null, unless `acceptsNull`. */
  readonly required?: boolean
  /** The body receives null instead of the call being null. Optional parameters always do. */
  readonly acceptsNull?: boolean
  /** May be given any number of times; only the last parameters of a function repeat. */
  readonly repeating?: boolean
  /** The minimum number of times a repeating parameter must be given. Default 1. */
  readonly atLeast?: number
  /** Bare words the parameter takes, such as `vbTextCompare`; they reach the body as text. */
  readonly values?: readonly string[]
  /** Checks a literal argument. */
  readonly checkLiteral?: (text: string) => LiteralProblem | undefined
}

/** A parameter with what people read about it. */
export interface DocumentedParameter extends Parameter {
  /** The purpose of the argument, in a sentence. */
  readonly doc: string
}

/** A remark on surprising behaviour, and its source. */
export interface FunctionNote {
  readonly text: string
  readonly source: string
}

/** An expression with its result; every example runs on every backend. */
export interface FunctionExample {
  readonly expression: string
  readonly input?: Readonly<Record<string, unknown>>
  /** Clock for the example, ISO 8601. */
  readonly now?: string
  /** Candidates already taken, for SelectUniqueValue. */
  readonly taken?: readonly string[]
  readonly settings?: Partial<Settings>
  /** The expected value, in JSON; absent when `error`, `marker` or `pattern` is given. */
  readonly result?: unknown
  /** The expected code of an evaluation error. */
  readonly error?: DiagnosticCode
  readonly marker?: 'ignoreAttribute' | 'ignoreObject'
  /** For random results: a regular expression the text form must match. */
  readonly pattern?: string
}

/** Whether a value is known to be present and not "", or to be missing. */
export type Presence = 'present' | 'absent'

/** The families of functions, one folder each; `own` holds functions declared by programs. */
export type FunctionFamily = 'text' | 'logic' | 'conversion' | 'datetime' | 'collection' | 'directory' | 'own'

/**
 * How a call is evaluated. `call`: all arguments, left to right, then the body. The others are lazy and have
 * their own node in the IR.
 */
export type CallForm = 'call' | 'conditional' | 'switch' | 'coalesce' | 'selectUnique'

/**
 * The body of a function: converted arguments in, value out. Omitted arguments are undefined. Only a function
 * whose `returns` includes a marker returns one.
 */
// biome-ignore lint/suspicious/noExplicitAny: bodies have the parameter types their declaration states
export type FunctionBody = (...args: any[]) => Value | FlowMarker

/** Everything that checking, compiling and evaluating need to know about one function of the language. */
export interface FunctionDefinition {
  readonly name: string
  readonly family: FunctionFamily
  readonly parameters: readonly Parameter[]
  /** The kinds of the result; null is added automatically when a required argument can be null. */
  readonly returns: StaticType | ((args: readonly StaticType[]) => StaticType)
  /**
   * `pure`: the same arguments give the same value; only these fold and may be shared.
   * `contextual`: reads the clock, look-ups or settings; `volatile`: a new value at each call.
   */
  readonly purity: 'pure' | 'contextual' | 'volatile'
  /** Whether the body takes the EvaluationContext as its first argument. Default: when it is not pure. */
  readonly takesContext: boolean
  readonly form: CallForm
  /** Whether a list for a String parameter is mapped over, element by element, dropping null results. */
  readonly mapsOverLists: boolean
  /** Settings whose values are appended to the arguments, after all declared positions. */
  readonly settings: readonly (keyof Settings)[]
  /** The dialects whose documentation lists it; empty if it is known from templates only. */
  readonly dialects: readonly Dialect[]
  /** Other spellings that Microsoft's own pages use; they are taken, with a warning. */
  readonly aliases?: readonly string[]
  /** Advice in place of an undocumented function: a sentence for the warning. */
  readonly instead?: string
  /** Codes of the evaluation errors that a call can raise; empty means that it never fails. */
  readonly errors: readonly DiagnosticCode[]
  /** Shorter forms: with `count` arguments, each binds to the declared position listed for it. */
  readonly alternatives?: readonly { readonly count: number; readonly positions: readonly number[] }[]
  /** Facts about the value beyond its kinds. Absent: none are known. */
  readonly yields?: Transfer
  /** For a function that returns its first argument or an element of it: maps the domain of that argument. */
  readonly passesOn?: (source: Domain) => Domain
  /** The kinds of the elements of a list that the function makes. Default: any. */
  readonly elements?: StaticType
  /**
   * For a test whether its argument is missing: whether the argument is present when the test is true, and
   * when it is false.
   */
  readonly tests?: { readonly whenTrue: Presence; readonly whenFalse: Presence | undefined }
  /** Whether the value is the opposite of the argument. */
  readonly negates?: boolean
  /** Names that spreadsheets, databases and programming languages have for it, in lower case. */
  readonly foreignNames?: readonly string[]
  /** Whether the value must be kept out of traces, logs and other output. */
  readonly redacts: boolean
  /** The operation with which a SCIM PATCH writes the function's values; absent if it does not matter. */
  readonly patchOperation?: 'add' | 'replace'
  /** Whether it returns the text unchanged if nothing in it is found; tests should cover both cases. */
  readonly keepsUnmatched?: boolean
  /** Checks which arguments are given together; returns what was given, in words, when no mode fits. */
  readonly checkModes?: (given: readonly boolean[]) => string | undefined
  /** Absent for the lazy forms, which the backends know. */
  readonly evaluate?: FunctionBody
}

/** What people read about a function; in the file of the function, apart from its definition. */
export interface FunctionDocumentation {
  /** One paragraph: the result. */
  readonly doc: string
  /**
   * The wording of a call, for each combination of arguments: `{name}` is the argument, `{name:noun}` a count
   * of something, `{name:ordinal}` a position. Absent for calls that choose between branches, and for
   * user-defined functions, which are described by their name.
   */
  readonly phrases?: readonly string[]
  readonly notes?: readonly FunctionNote[]
  readonly examples: readonly FunctionExample[]
}

/** A function with its documentation; `documented` finds it for any definition. */
export interface DocumentedFunction extends FunctionDefinition, FunctionDocumentation {
  readonly parameters: readonly DocumentedParameter[]
  readonly notes: readonly FunctionNote[]
}

/** The declaration of a parameter; the key defaults to the name. */
export type ParameterDeclaration = Omit<Parameter, 'key'> & Partial<Pick<DocumentedParameter, 'key' | 'doc'>>

/** The declaration of a function; everything else has defaults. */
export type FunctionDeclaration = Pick<FunctionDefinition, 'name' | 'family' | 'returns' | 'dialects'> &
  Partial<Omit<DocumentedFunction, 'parameters'>> & {
    readonly parameters: readonly ParameterDeclaration[]
    /** Codes of the errors that the body raises; those of converting the arguments follow from the parameters. */
    readonly errors?: readonly DiagnosticCode[]
  }

/** The errors of converting an argument to the type of its parameter. */
const conversionErrors: Readonly<Record<ParameterType, readonly DiagnosticCode[]>> = {
  String: ['AF5003', 'AF5008'],
  Integer: ['AF5001', 'AF5003'],
  DateTime: ['AF5001', 'AF5003', 'AF5008'],
  Any: [],
}

/**
 * Declares a function. Defaults: pure, called eagerly, mapping over no lists; the key of a parameter is its
 * name. The errors are those of converting the arguments and the declared ones.
 */
export const defineFunction = (declaration: FunctionDeclaration): FunctionDefinition => {
  const purity = declaration.purity ?? 'pure'
  const parameters = declaration.parameters.map((parameter) => ({ key: parameter.name, ...parameter }))
  const conversions = parameters.flatMap(({ type }) => conversionErrors[type])
  return {
    purity,
    takesContext: purity !== 'pure',
    form: 'call',
    mapsOverLists: false,
    settings: [],
    redacts: false,
    ...declaration,
    parameters,
    errors: [...new Set([...conversions, ...(declaration.errors ?? [])])].sort(),
  }
}

/** The parameter that an argument position binds to; undefined past the last one. */
export const parameterAt = <Kind extends Parameter>(
  { parameters }: { readonly parameters: readonly Kind[] },
  position: number,
): Kind | undefined => {
  if (position < parameters.length) return parameters[position]
  // Only the last parameters repeat.
  let first = parameters.length
  while (first > 0 && parameters[first - 1]?.repeating) first--
  const repeating = parameters.length - first
  return repeating === 0 ? undefined : parameters[first + ((position - first) % repeating)]
}

/** Whether a parameter takes a date, also where its type is `Any`. */
export const takesDate = ({ type, reads }: Parameter): boolean =>
  type === 'DateTime' || reads === 'date' || reads === 'formattedDate'

/** Whether an argument may be left out. */
export const isOptional = (parameter: Parameter): boolean => parameter.required === false

/** Whether null for this parameter makes the call null. */
export const isStrict = ({ required, acceptsNull }: Parameter): boolean =>
  required !== false && acceptsNull !== true

/**
 * Requires a function.
 * @throws {TypeError} for anything else, such as its name
 */
export const requireDefinition = (definition: unknown): void =>
  requireMade(definition, 'parameters', "a function, such as standardLibrary.get('Join')")

/** The signature as the reference prints it: `Join(separator, source1, …)`. */
export const signatureOf = (definition: FunctionDefinition): string => {
  requireDefinition(definition)
  const parts = definition.parameters.map((p) => (isOptional(p) ? `${p.name}?` : p.name))
  return `${definition.name}(${parts.join(', ')}${definition.parameters.some((p) => p.repeating) ? ', …' : ''})`
}
