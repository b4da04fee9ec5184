import { SHORT_TEXT } from '../../functions/runtime/limits.js'
import { isTemplatePart, type TemplateNode } from '../../ir/node.js'
import { type Code, identifier, joined, js, literal } from './code.js'
import { inlineCall } from './inline.js'
import type { ModuleScope } from './module-scope.js'

const inputName = (index: number): Code => identifier(`i${index}`)

/** The condition under which the pieces of a template are its value. */
export const templateTest = ({ pieces }: TemplateNode): Code => {
  const inputs = new Set(pieces.filter(isTemplatePart).map(({ index }) => index))
  const tests = [...inputs].map((index) => {
    const text = inputName(index)
    return js`typeof ${text} === 'string' && ${text} !== '' && ${text}.length <= ${SHORT_TEXT}`
  })
  return joined(tests, ' && ')
}

/** The pieces of a template one after the other. */
export const templateText = ({ pieces }: TemplateNode, scope: ModuleScope): Code => {
  const codes = pieces.map((piece) =>
    isTemplatePart(piece)
      ? piece.steps.reduce((text, step) => {
          const called = (): Code => js`${scope.body(step)}(${text})`
          return inlineCall(step, [text], [], () => scope.body(step), called) ?? called()
        }, inputName(piece.index))
      : literal(piece),
  )
  return joined(codes, ' + ')
}
