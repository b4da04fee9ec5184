import { defineRule, type Rule } from '../define.js'
import { quotedTexts } from '../texts.js'

export const booleanTarget: Rule = defineRule({
  id: 'boolean-target',
  code: 'AF9306',
  scope: 'mapping',
  rationale: 'The target refuses a text that is no Boolean, or takes every text for true.',
  bad: {
    expression: 'IIF([userType] = "Member", "yes", "no")',
    target: 'active',
    definition: { type: 'Boolean' },
  },
  good: {
    expression: 'IIF([userType] = "Member", "True", "False")',
    target: 'active',
    definition: { type: 'Boolean' },
  },
  run({ expression, mapping, target }, report) {
    const texts = [...(expression?.analysis.domain.texts ?? [])].filter((text) => text !== '')
    if (target?.type !== 'Boolean' || texts.every((text) => /^(?:true|false)$/i.test(text))) return
    report('source', { target: mapping.targetAttributeName, texts: quotedTexts(texts) })
  },
})
