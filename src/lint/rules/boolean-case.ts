import { STRING, within } from '../../values/static-type.js'
import { defineRule, type Rule } from '../define.js'

export const booleanCase: Rule = defineRule({
  id: 'boolean-case',
  code: 'AF9234',
  scope: 'expression',
  run({ analyzed, analysis: { domain }, isMapped }, report) {
    const texts = [...(domain.texts ?? [])]
    if (isMapped || !within(STRING, domain.kinds) || texts.length === 0) return
    if (
      texts.every((text) => /^(?:true|false)$/i.test(text)) &&
      texts.some((text) => !/^[TF][a-z]+$/.test(text))
    )
      report(analyzed.expression.span, { texts: texts.map((text) => JSON.stringify(text)).join(' or ') })
  },
})
