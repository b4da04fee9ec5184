import { SHORT_TEXT } from '../functions/runtime/limits.js'
import { isTemplatePart, type TemplateNode, type TemplatePart } from '../ir/node.js'
import type { Evaluate } from './evaluate.js'
import type { Frame } from './frame.js'

type TextStep = (text: string) => string

/** Whether a template can use the value unchanged. */
const isShortText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= SHORT_TEXT

/** Maps an input's text; undefined if it stays unchanged. */
const transformation = ({ steps }: TemplatePart): TextStep | undefined =>
  steps.reduce<TextStep | undefined>((before, { evaluate }) => {
    const step = evaluate as TextStep
    return before === undefined ? step : (text) => step(before(text))
  }, undefined)

/** Two inputs with literals around them, the form of most names and addresses. */
const twoParts = (
  node: TemplateNode,
  first: TemplatePart,
  second: TemplatePart,
  otherwise: Evaluate,
): Evaluate => {
  const { pieces } = node
  const literal = (at: number): string => {
    const piece = pieces[at]
    return typeof piece === 'string' ? piece : ''
  }
  const start = pieces.indexOf(first)
  const before = literal(start - 1)
  const between = literal(start + 1)
  const behind = literal(pieces.indexOf(second) + 1)
  const [a, b] = [first.index, second.index]
  const [f, g] = [transformation(first), transformation(second)]
  if (f === undefined && g === undefined && before === '' && behind === '') {
    return (frame) => {
      const x = frame.values[a]
      const y = frame.values[b]
      return isShortText(x) && isShortText(y) ? x + between + y : otherwise(frame)
    }
  }
  return (frame) => {
    const x = frame.values[a]
    const y = frame.values[b]
    if (!isShortText(x) || !isShortText(y)) return otherwise(frame)
    return before + (f === undefined ? x : f(x)) + between + (g === undefined ? y : g(y)) + behind
  }
}

/** A concatenation of literals and inputs. */
export const templateClosure = (node: TemplateNode, otherwise: Evaluate): Evaluate => {
  const { pieces } = node
  const parts = pieces.filter(isTemplatePart)
  const [first, second] = parts
  if (parts.length === 2) return twoParts(node, first!, second!, otherwise)
  const inputs = parts.map(({ index }) => index)
  const texts = pieces.map((piece): ((values: Frame['values']) => string) => {
    if (!isTemplatePart(piece)) return () => piece
    const { index } = piece
    const change = transformation(piece)
    return change === undefined
      ? (values) => values[index] as string
      : (values) => change(values[index] as string)
  })
  return (frame) => {
    const { values } = frame
    for (let i = 0; i < inputs.length; i++) if (!isShortText(values[inputs[i]!])) return otherwise(frame)
    let result = ''
    for (let i = 0; i < texts.length; i++) result += texts[i]!(values)
    return result
  }
}
