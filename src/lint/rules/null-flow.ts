import type { Presence } from '../../functions/define.js'
import { NULL, STRING, within } from '../../values/static-type.js'
import { analyzeDomains } from '../analysis.js'
import { defineRule, type Rule } from '../define.js'

export const nullFlow: Rule = defineRule({
  id: 'null-flow',
  code: 'AF9308',
  scope: 'mapping',
  run({ expression, mapping }, report) {
    if (expression === undefined || mapping.source?.type !== 'Function') return
    if ((mapping.defaultValue ?? '') !== '') return
    const { analyzed, environment, analysis } = expression
    const { attributes } = analyzed
    const decisive = attributes.filter((absent) => {
      if (environment.attributes?.lookup(absent)?.required === true) return false
      const given = new Map(
        attributes.map((name): [string, Presence] => [name, name === absent ? 'absent' : 'present']),
      )
      const { kinds, texts } = analyzeDomains(analyzed, environment, { given }).domain
      const isMissing =
        within(kinds, NULL) || (within(kinds, NULL | STRING) && texts?.size === 1 && texts.has(''))
      return kinds !== 0 && isMissing
    })
    if (decisive.length === 0 || analysis.domain.kinds === NULL) return
    const names = decisive.map((name) => `[${name}]`).join(' or ')
    report('source', { target: mapping.targetAttributeName, attributes: names })
  },
})
