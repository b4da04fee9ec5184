import { SHORT_TEXT } from '../../functions/runtime/limits.js'
import { isTemplatePart, type TemplateNode } from '../../ir/node.js'
import { type Code, joined, js, literal } from './code.js'
import { inputVariable } from './emission.js'
import { writeCall } from './inline.js'
import type { ModuleScope } from './module-scope.js'

/** The condition under which the concatenated pieces of a template are its value. */
export const templateTest = ({ pieces }: TemplateNode): Code => {
  const inputs = new Set(pieces.filter(isTemplatePart).map(({ index }) => index))
  const tests = [...inputs].map((index) => {
    const text = inputVariable(index)
    return js`typeof ${text} === 'string' && ${text} !== '' && ${text}.length <= ${SHORT_TEXT}`
  })
  return joined(tests, ' && ')
}

/** The concatenated pieces of a template. */
export const templateText = ({ pieces }: TemplateNode, scope: ModuleScope): Code => {
  const codes = pieces.map((piece) =>
    isTemplatePart(piece)
      ? piece.steps.reduce(
          (text, step) => writeCall(step, [text], [], () => js`${scope.body(step)}(${text})`),
          inputVariable(piece.index),
        )
      : literal(piece),
  )
  return joined(codes, ' + ')
}
