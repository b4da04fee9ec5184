import type { DateTime } from '../dotnet/dates/date-time.js'
import type { EvaluationContext } from '../values/context.js'
import { Fault, raise } from '../values/fault.js'
import { isThrown } from '../values/object-fault.js'
import { boolean, type OptionRule, type OptionRules, optionProblems, text } from '../values/options.js'
import { toPlain } from '../values/plain-value.js'
import {
  ANY,
  BOOLEAN,
  DATETIME,
  DECIMAL,
  INTEGER,
  kindType,
  LIST,
  NULL,
  OBJECT,
  overlaps,
  STRING,
  type StaticType,
} from '../values/static-type.js'
import { display } from '../values/text.js'
import { fromInput, kindOf, type List, type ObjectValue, type Value } from '../values/value.js'
import {
  defineFunction,
  type FunctionBody,
  type FunctionDefinition,
  type FunctionExample,
  type ParameterDeclaration,
  type ParameterType,
} from './define.js'

/** A parameter of a user-defined function, when its type alone is not enough. */
export interface OwnParameter {
  readonly type: ParameterType
  /** May be omitted; the body then gets undefined, and for null too. Default false. */
  readonly optional?: boolean
  /** The body gets null; otherwise a call with null for this parameter is null. Default false. */
  readonly acceptsNull?: boolean
  /** The last parameter may be given any number of times; the body gets each as a further argument. Default false. */
  readonly repeating?: boolean
  /** Bare words that an expression may give, such as `vbTextCompare`; the body gets them as text. */
  readonly values?: readonly string[]
  /** What the argument is for, in a sentence: for completion and hover. */
  readonly doc?: string
}

/** A parameter in the tuple form: its name with its type, or with more about it. */
export type OwnParameterEntry = readonly [name: string, type: ParameterType | OwnParameter]

/**
 * The parameters in order, as an object or as a list of entries. TypeScript does not know the order of an
 * object's members, only that required ones come before optional ones. So if two required or two optional
 * parameters have different types, give them as a list.
 */
export type OwnParameters =
  | Readonly<Record<string, ParameterType | OwnParameter>>
  | readonly OwnParameterEntry[]

/** The argument that a body gets for each type of parameter. */
interface ArgumentTypes {
  readonly String: string
  readonly Integer: number
  readonly DateTime: DateTime
  readonly Any: Exclude<Value, null>
}

/** The result that the body may return for each declared kind; null and undefined are null. */
interface ReturnTypes {
  readonly String: string
  readonly Boolean: boolean
  readonly Integer: number | bigint
  readonly Decimal: number
  readonly DateTime: DateTime | Date
  readonly List: List | readonly unknown[]
  readonly Object: ObjectValue | object
  readonly Any: unknown
}

/** The kinds of value that a function can return. */
export type ReturnType = keyof ReturnTypes

type ArgumentOf<P> = P extends ParameterType
  ? ArgumentTypes[P]
  : P extends { readonly type: infer Type extends ParameterType }
    ?
        | ArgumentTypes[Type]
        | (P extends { readonly optional: true } ? undefined : never)
        | (P extends { readonly acceptsNull: true } ? null : never)
    : never

type ArgumentsOf<Types extends readonly unknown[]> = Types extends readonly [infer First, ...infer Rest]
  ? First extends { readonly repeating: true }
    ? ArgumentOf<First>[]
    : [ArgumentOf<First>, ...ArgumentsOf<Rest>]
  : []

type EntryTypes<Entries extends readonly OwnParameterEntry[]> = Entries extends readonly [
  readonly [string, infer First],
  ...infer Rest extends readonly OwnParameterEntry[],
]
  ? [First, ...EntryTypes<Rest>]
  : []

type LastOf<Union> = (Union extends unknown ? (one: () => Union) => void : never) extends (
  one: infer Last,
) => void
  ? Last extends () => infer Found
    ? Found
    : never
  : never

/** The members with these names. They have one type, so that their order, which TypeScript picks, does not matter. */
type MembersOf<Members, Names, Last = LastOf<Names>> = [Names] extends [never]
  ? []
  : [...MembersOf<Members, Exclude<Names, Last>>, Members[Last & keyof Members]]

type RepeatingNames<Members> = {
  [Name in keyof Members]: Members[Name] extends { readonly repeating: true } ? Name : never
}[keyof Members]

type OptionalNames<Members> = Exclude<
  {
    [Name in keyof Members]: Members[Name] extends { readonly optional: true } ? Name : never
  }[keyof Members],
  RepeatingNames<Members>
>

type RequiredNames<Members> = Exclude<keyof Members, RepeatingNames<Members> | OptionalNames<Members>>

/** The names whose types are not those of all these names. */
type MixedNames<Members, Names extends keyof Members> = {
  [Name in Names]: ArgumentOf<Members[Names]> extends ArgumentOf<Members[Name]> ? never : Name
}[Names]

/** Refuses an object whose order decides about the types of the body. */
type Ordered<Parameters> = Parameters extends readonly unknown[]
  ? unknown
  : [
        MixedNames<Parameters, RequiredNames<Parameters>> | MixedNames<Parameters, OptionalNames<Parameters>>,
      ] extends [never]
    ? unknown
    : "parameters of different types must be a list, such as [['text', 'String'], ['start', 'Integer']]"

/** The arguments of a body, by the parameters of its declaration. */
export type BodyArguments<Parameters extends OwnParameters> = Parameters extends readonly OwnParameterEntry[]
  ? ArgumentsOf<EntryTypes<Parameters>>
  : ArgumentsOf<
      [
        ...MembersOf<Parameters, RequiredNames<Parameters>>,
        ...MembersOf<Parameters, OptionalNames<Parameters>>,
        ...MembersOf<Parameters, RepeatingNames<Parameters>>,
      ]
    >

type Purity = FunctionDefinition['purity']

/**
 * The declaration of a user-defined function. Everything but the name, the parameters, `returns` and the body
 * has a default.
 */
export interface OwnFunction<
  Parameters extends OwnParameters,
  Returns extends ReturnType,
  Pure extends Purity = 'pure',
> {
  /**
   * Its name in expressions: a letter, then letters, digits and `_`. It replaces a standard function of that
   * name.
   */
  readonly name: string
  readonly parameters: Parameters & Ordered<Parameters>
  readonly returns: Returns
  /**
   * Gets the arguments, converted as the service converts them for such parameters; returns the value. Null
   * and undefined are null. It runs synchronously. An exception becomes the error AF5015 of the expression.
   */
  readonly evaluate: (
    ...args: Pure extends 'contextual'
      ? [context: EvaluationContext, ...args: BodyArguments<Parameters>]
      : BodyArguments<Parameters>
  ) => ReturnTypes[Returns] | null | undefined
  /**
   * `pure` (the default): the same arguments always give the same value, so that calls with constants are
   * evaluated when the expression is compiled, and equal calls once. `contextual`: the body gets the context,
   * with the clock, as its first argument. `volatile`: each call may give a different value.
   */
  readonly purity?: Pure
  /** A list for a String parameter is mapped over, element by element; null results are dropped. Default: an error. */
  readonly mapsOverLists?: boolean
  /** The value must not be shown in traces, logs and messages. Default false. */
  readonly redacts?: boolean
  /** What it returns, in a sentence: for completion and hover. */
  readonly doc?: string
  /** Expressions with their results; `checkFunction` runs them. */
  readonly examples?: readonly FunctionExample[]
}

const kinds: Readonly<Record<ReturnType, StaticType>> = {
  String: STRING,
  Boolean: BOOLEAN,
  Integer: INTEGER,
  Decimal: DECIMAL | INTEGER,
  DateTime: DATETIME,
  List: LIST,
  Object: OBJECT,
  Any: ANY,
}

const parameterTypes: ReadonlySet<unknown> = new Set<ParameterType>(['String', 'Integer', 'DateTime', 'Any'])

/** An impossible declaration is a mistake of the program, so it is thrown. */
const refuse = (name: unknown, problem: string): never => {
  throw new TypeError(`defineFunction${typeof name === 'string' ? ` ${name}` : ''}: ${problem}`)
}

const list: OptionRule = { takes: 'a list', accepts: Array.isArray }

/** A member that is checked with a wording of its own. */
const checkedApart: OptionRule = { takes: '', accepts: () => true }

const parameterRules: OptionRules<OwnParameter> = {
  type: checkedApart,
  optional: boolean,
  acceptsNull: boolean,
  repeating: boolean,
  values: list,
  doc: text,
}

const declarationRules: OptionRules<OwnFunction<OwnParameters, ReturnType>> = {
  name: checkedApart,
  parameters: checkedApart,
  returns: checkedApart,
  evaluate: checkedApart,
  purity: checkedApart,
  mapsOverLists: boolean,
  redacts: boolean,
  doc: text,
  examples: list,
}

/** Refuses members that a declaration does not have, and values that they do not take. */
const requireMembers = (name: string, given: object, rules: Readonly<Record<string, OptionRule>>): void => {
  const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const [problem] = optionProblems('option', stated, rules)
  if (problem !== undefined) refuse(name, problem)
}

const entriesOf = (name: string, parameters: OwnParameters): readonly OwnParameterEntry[] => {
  if (typeof parameters !== 'object' || parameters === null)
    return refuse(name, "parameters must be an object such as { text: 'String' }, or a list of entries")
  const entries = Array.isArray(parameters)
    ? (parameters as readonly OwnParameterEntry[])
    : Object.entries(parameters)
  for (const entry of entries) {
    if (!Array.isArray(entry) || typeof entry[0] !== 'string')
      return refuse(name, "each entry of parameters must be a name with a type, such as ['text', 'String']")
  }
  return entries
}

const parametersOf = (name: string, parameters: OwnParameters): readonly ParameterDeclaration[] => {
  const declared = entriesOf(name, parameters).map(([parameter, given]): ParameterDeclaration => {
    const { type, optional, acceptsNull, repeating, values, doc }: OwnParameter =
      typeof given === 'string' ? { type: given } : given
    if (typeof given !== 'string') requireMembers(name, given, parameterRules)
    // JavaScript moves members with such names to the front, which would change the order.
    if (!/^[A-Za-z_]\w*$/.test(parameter)) refuse(name, `${parameter} is not a name for a parameter`)
    if (!parameterTypes.has(type))
      refuse(name, `the type of ${parameter} must be 'String', 'Integer', 'DateTime' or 'Any'`)
    return {
      name: parameter,
      type,
      ...(optional === true ? { required: false } : {}),
      ...(acceptsNull === true ? { acceptsNull } : {}),
      ...(repeating === true ? { repeating } : {}),
      ...(values === undefined ? {} : { values }),
      ...(doc === undefined ? {} : { doc }),
    }
  })
  const names = declared.map((one) => one.name.toLowerCase())
  const twice = declared.find((one, index) => names.indexOf(one.name.toLowerCase()) < index)
  if (twice !== undefined) refuse(name, `two parameters are called ${twice.name}`)
  declared.forEach((one, index) => {
    const next = declared[index + 1]
    if (next === undefined) return
    if (one.repeating) refuse(name, `${one.name} repeats, so it must be the last parameter`)
    if (one.required === false && next.required !== false)
      refuse(name, `${next.name} must be optional, because ${one.name} before it is`)
  })
  return declared
}

/** The message of a thrown value. Reading it must not throw again. */
const reasonOf = (thrown: unknown): string => {
  try {
    const text = thrown instanceof globalThis.Error ? thrown.message : String(thrown)
    return text === '' ? 'it threw an error without a message' : text
  } catch {
    return 'it threw something without a text form'
  }
}

const isThenable = (result: unknown): boolean =>
  typeof result === 'object' && result !== null && typeof (result as { then?: unknown }).then === 'function'

/**
 * The body as evaluation calls it: converts the arguments, checks the result, and turns exceptions into
 * outcomes.
 */
const guarded = (
  name: string,
  body: (...args: unknown[]) => unknown,
  parameters: readonly ParameterDeclaration[],
  returns: ReturnType,
  firstArgument: 0 | 1,
): FunctionBody => {
  const allowed = kinds[returns]
  const argument = (value: unknown, index: number): unknown => {
    const parameter = parameters[Math.min(index, parameters.length - 1)]
    if (value === null && parameter?.required === false) return undefined
    if (typeof value === 'bigint' && parameter?.type === 'Integer')
      return raise('AF5001', { function: name, value: display(value), expected: 'an integer below 2^53' })
    return value
  }
  const failed = (reason: string, cause?: unknown): never => {
    throw new Fault('AF5015', { function: name, reason }, undefined, cause)
  }
  return (...args) => {
    const converted = args.map((value, index) =>
      index < firstArgument ? value : argument(value, index - firstArgument),
    )
    let result: unknown
    let value: Value
    try {
      result = body(...converted)
      if (isThenable(result)) return failed('it returned a promise, but functions are synchronous')
      value = fromInput(result)
    } catch (thrown) {
      if (isThrown(thrown, Fault)) throw thrown
      return failed(reasonOf(thrown), thrown)
    }
    if (value === null) {
      if (result === null || result === undefined) return null
      return failed(`it returned ${typeof result === 'number' ? String(result) : `a ${typeof result}`}`)
    }
    if (!overlaps(kindType[kindOf(value)], allowed))
      return failed(`it returned a value of kind ${kindOf(value)}, but declares ${returns}`)
    const plain = toPlain(value)
    return plain instanceof Fault
      ? failed(`it returned a value without a JSON form: ${plain.args.reason}`)
      : plain
  }
}

/**
 * Declares a function that expressions may call. Add it with `standardLibrary.with(…)`, and pass that library as
 * the `library` option.
 *
 * @throws {TypeError} for an impossible declaration; the message says what to change
 * @example
 * const initials = defineFunction({
 *   name: 'Initials',
 *   parameters: { name: 'String', separator: { type: 'String', optional: true } },
 *   returns: 'String',
 *   evaluate: (name, separator = '') => Array.from(name.matchAll(/\b\p{L}/gu), ([letter]) => letter).join(separator),
 * })
 * const library = standardLibrary.with(initials)
 * compileExpression('Initials([displayName], ".")', { library }).evaluate({ displayName: 'Ada Berg' })
 * // { kind: 'value', value: 'A.B' }
 */
export const defineOwnFunction = <
  const Parameters extends OwnParameters,
  Returns extends ReturnType,
  Pure extends Purity = 'pure',
>(
  declaration: OwnFunction<Parameters, Returns, Pure>,
): FunctionDefinition => {
  if (typeof declaration !== 'object' || declaration === null)
    return refuse(undefined, 'it takes a declaration')
  const { name, returns, evaluate, mapsOverLists, redacts, doc, examples } = declaration
  if (typeof name !== 'string' || !/^[A-Za-z_]\w*$/.test(name))
    return refuse(name, 'the name must be a letter, then letters, digits and _')
  if (!Object.hasOwn(kinds, returns))
    return refuse(name, `returns must be one of ${Object.keys(kinds).join(', ')}`)
  if (typeof evaluate !== 'function') return refuse(name, 'evaluate must be a function')
  const purity: Purity = declaration.purity ?? 'pure'
  if (!['pure', 'contextual', 'volatile'].includes(purity))
    return refuse(name, "purity must be 'pure', 'contextual' or 'volatile'")
  requireMembers(name, declaration, declarationRules)
  const parameters = parametersOf(name, declaration.parameters)
  const takesContext = purity === 'contextual'
  return defineFunction({
    name,
    family: 'own',
    parameters,
    returns: kinds[returns] | NULL,
    // Only its author documents it, so both dialects have it.
    dialects: ['provisioning', 'cloud-sync'],
    purity,
    takesContext,
    mapsOverLists: mapsOverLists === true,
    redacts: redacts === true,
    errors: ['AF5015'],
    ...(doc === undefined ? {} : { doc }),
    ...(examples === undefined ? {} : { examples }),
    evaluate: guarded(
      name,
      evaluate as (...args: unknown[]) => unknown,
      parameters,
      returns,
      takesContext ? 1 : 0,
    ),
  })
}
