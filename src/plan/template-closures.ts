import { SHORT_TEXT } from '../functions/runtime/limits.js'
import type { TemplateNode, TemplatePart } from '../ir/node.js'
import type { Evaluate } from './evaluate.js'

type TextStep = (text: string) => string

/** Whether a template takes the value as it is. */
const isShortText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= SHORT_TEXT

/** What becomes of an input's text; undefined when it stays as it is. */
const transformation = ({ steps }: TemplatePart): TextStep | undefined => {
  const [first, second, third, ...others] = steps.map(({ evaluate }) => evaluate as TextStep)
  if (second === undefined) return first
  if (third === undefined) return (text) => second(first!(text))
  const three: TextStep = (text) => third(second(first!(text)))
  return others.length === 0 ? three : (text) => others.reduce((changed, step) => step(changed), three(text))
}

/** Two inputs with literals around them, which is what most names and addresses are. */
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

/** Texts put together from literals and inputs. */
export const templateClosure = (node: TemplateNode, otherwise: Evaluate): Evaluate => {
  const { pieces } = node
  const parts = pieces.filter((piece) => typeof piece !== 'string')
  const [first, second] = parts
  if (parts.length === 2) return twoParts(node, first!, second!, otherwise)
  const indexes = parts.map(({ index }) => index)
  const texts = pieces.map((piece) => (typeof piece === 'string' ? piece : transformation(piece)))
  const inputs = pieces.map((piece) => (typeof piece === 'string' ? -1 : piece.index))
  return (frame) => {
    const { values } = frame
    for (let i = 0; i < indexes.length; i++) if (!isShortText(values[indexes[i]!])) return otherwise(frame)
    let result = ''
    for (let i = 0; i < texts.length; i++) {
      const text = texts[i]
      const input = inputs[i]!
      if (input < 0) result += text as string
      else
        result += text === undefined ? (values[input] as string) : (text as TextStep)(values[input] as string)
    }
    return result
  }
}
