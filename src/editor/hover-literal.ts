import { type FunctionDefinition, signatureOf } from '../functions/define.js'
import type { EditorContext } from './context.js'
import { intervalMeanings, longFormat, sampleIn, sampleText, specifiersIn } from './date-formats.js'
import { type Expectation, expectationsAt, literalKind, tokenValue } from './expectation.js'
import { blocks, code, parameterDoc } from './markdown.js'
import { type EnclosingCall, positionAt } from './position.js'
import { groupNames, groupUse, patternOf } from './regex-groups.js'
import type { OpenToken } from './scan.js'

/** Explains a literal: its parameter, its value if escapes hide it, and the meaning of the value. */
export const hoverLiteral = (text: string, token: OpenToken, context: EditorContext): string => {
  const { call } = positionAt(text, token.span.end)
  const expectation = call && expectationsAt(call, context.environment)[0]
  const isArgument = call?.arguments[call.argumentIndex]?.tokens.length === 1
  return blocks(
    expectation && isArgument
      ? `${parameterDoc(expectation.parameter)} (${code(signatureOf(expectation.definition))})`
      : undefined,
    ownValue(token),
    expectation && isArgument && token.kind === 'String'
      ? meaningOf(tokenValue(token), call, expectation)
      : undefined,
  )
}

const ownValue = (token: OpenToken): string | undefined => {
  if (token.kind === 'Hexadecimal') return `Number: ${code(String(BigInt(`0x${token.text.slice(2)}`)))}`
  if (token.kind !== 'String' || !token.text.includes('\\')) return undefined
  const value = tokenValue(token)
  const isPlain = token.text.slice(1, token.closed ? -1 : undefined) === value
  return isPlain ? undefined : `Text: ${code(value)}`
}

const meaningOf = (
  value: string,
  call: EnclosingCall,
  { definition, parameter }: Expectation,
): string | undefined => {
  switch (literalKind(parameter)) {
    case 'interval': {
      const meaning = intervalMeanings.find(([name]) => name === value.toLowerCase())?.[1]
      return meaning && `${code(value)}: ${meaning}`
    }
    case 'inputFormat':
    case 'outputFormat': {
      const written = sampleIn(value)
      const example = written === undefined ? undefined : `${sampleText} is ${code(written)}.`
      const long = longFormat(value)
      return blocks(
        long && `Short for ${code(long)}.`,
        example,
        specifiersIn(value)
          .map(([specifier, meaning]) => `- ${code(specifier)}: ${meaning}`)
          .join('\n'),
      )
    }
    case 'regex':
      return groupList(value)
    default:
      return groupMeaning(value, call, definition, parameter.key)
  }
}

const groupList = (pattern: string): string | undefined => {
  const names = groupNames(pattern)
  return names.length === 0 ? undefined : `Groups: ${names.map(code).join(', ')}`
}

/** The groups that a text with references can refer to. */
const groupMeaning = (
  value: string,
  call: EnclosingCall,
  definition: FunctionDefinition,
  key: string,
): string | undefined => {
  const pattern = patternOf(call, definition)
  const use = groupUse(call, definition, key)
  if (pattern === undefined || use === undefined) return undefined
  const names = groupNames(pattern)
  const unknown =
    use === 'name'
      ? [value].filter((name) => name !== '0' && !names.includes(name))
      : [...value.matchAll(/\$\{(\w+)\}/g)]
          .map(([, name = '']) => name)
          .filter((name) => !names.includes(name))
  return blocks(groupList(pattern), ...unknown.map((name) => `The pattern has no group ${code(name)}.`))
}
