import {
  type DocumentedFunction,
  type DocumentedParameter,
  isOptional,
  type Parameter,
} from '../functions/define.js'
import { type EditorContext, requireContext } from './context.js'
import { calleeOf, type Expectation, expectationsAt } from './expectation.js'
import { functionDoc, parameterDoc } from './markdown.js'
import { positionAt } from './position.js'

/** A parameter in a signature. */
export interface ParameterHelp {
  /** Its range in the label of the signature, as offsets. */
  readonly label: readonly [start: number, end: number]
  /** In Markdown. */
  readonly documentation: string
}

/** One way to call the function. */
export interface SignatureInformation {
  readonly label: string
  /** In Markdown. */
  readonly documentation: string
  readonly parameters: readonly ParameterHelp[]
}

/** The signatures of the call around the cursor. */
export interface SignatureHelp {
  /** The declared one, then the shorter forms. */
  readonly signatures: readonly SignatureInformation[]
  /** The index of the signature that matches the arguments so far. */
  readonly activeSignature: number
  /** The parameter at the cursor; undefined past the last one. Repeated ones stay active. */
  readonly activeParameter: number | undefined
}

const signatureInformation = (
  definition: DocumentedFunction,
  parameters: readonly DocumentedParameter[],
): SignatureInformation => {
  let label = `${definition.name}(`
  const helps = parameters.map((parameter, index): ParameterHelp => {
    if (index > 0) label += ', '
    const start = label.length
    label +=
      isOptional(parameter) && parameters === definition.parameters ? `${parameter.name}?` : parameter.name
    return { label: [start, label.length], documentation: parameterDoc(parameter) }
  })
  if (parameters.some(({ repeating }) => repeating)) label += ', …'
  return { label: `${label})`, documentation: functionDoc(definition), parameters: helps }
}

const indexIn = (
  expectation: Expectation | undefined,
  parameters: readonly Parameter[],
): number | undefined => {
  const index = expectation === undefined ? -1 : parameters.indexOf(expectation.parameter)
  return index < 0 ? undefined : index
}

/**
 * The signature of the innermost call around an offset, and the parameter at the offset; blank arguments
 * count. Undefined outside calls and in calls of unknown functions. Never throws for a text.
 * @throws {TypeError} for an invalid context
 */
export const signatureHelp = (
  text: string,
  offset: number,
  context: EditorContext,
): SignatureHelp | undefined => {
  requireContext(context)
  const { environment } = context
  const { call } = positionAt(text, offset)
  const definition = call && calleeOf(call, environment)
  if (call === undefined || definition === undefined) return undefined
  const shorter = (definition.alternatives ?? []).map(({ positions }) =>
    positions.flatMap((position) => definition.parameters[position] ?? []),
  )
  const forms = [definition.parameters, ...shorter]
  const likely = expectationsAt(call, environment)[0]
  const activeSignature = likely?.alternative === undefined ? 0 : likely.alternative + 1
  return {
    signatures: forms.map((parameters) => signatureInformation(definition, parameters)),
    activeSignature,
    activeParameter: indexIn(likely, forms[activeSignature] ?? []),
  }
}
