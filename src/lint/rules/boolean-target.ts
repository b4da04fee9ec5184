import { defineRule, type Rule } from '../define.js'
import { quotedTexts } from '../texts.js'

export const booleanTarget: Rule = defineRule({
  id: 'boolean-target',
  code: 'AF9306',
  scope: 'mapping',
  run({ expression, mapping, target }, report) {
    const texts = [...(expression?.analysis.domain.texts ?? [])].filter((text) => text !== '')
    if (target?.type !== 'Boolean' || texts.every((text) => /^(?:true|false)$/i.test(text))) return
    report('source', { target: mapping.targetAttributeName, texts: quotedTexts(texts) })
  },
})
