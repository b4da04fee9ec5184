import { isActiveDirectory } from '../../mapping/attribute-rules.js'
import { overlaps, STRING } from '../../values/static-type.js'
import { defineRule, type Rule } from '../define.js'
import { quotedTexts } from '../texts.js'

export const booleanDirectory: Rule = defineRule({
  id: 'boolean-directory',
  code: 'AF9307',
  scope: 'mapping',
  run({ expression, rule, target }, report) {
    // The service itself reads accountDisabled, and Microsoft's mapping gives it "True" and "False".
    if (target?.name === 'accountDisabled') return
    const domain = expression?.analysis.domain
    const texts = [...(domain?.texts ?? [])]
    // A Boolean, unlike its text, is written in the form of the directory.
    if (domain === undefined || !overlaps(domain.kinds, STRING)) return
    if (target?.type !== 'Boolean' || !isActiveDirectory(rule.targetDirectoryName)) return
    const wrong = texts.filter((text) => /^(?:true|false)$/i.test(text) && text !== text.toUpperCase())
    if (wrong.length > 0) report('source', { texts: quotedTexts(wrong) })
  },
})
