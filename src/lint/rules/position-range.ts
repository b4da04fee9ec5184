import { callsOf, sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

const literal = (node: ReturnType<ReturnType<typeof callsOf>[number]['at']>): number | undefined =>
  node?.type === 'IntegerLiteral'
    ? Number(node.value)
    : node?.type === 'StringLiteral' && /^-?\d+$/.test(node.value)
      ? Number(node.value)
      : undefined

export const positionRange: Rule = defineRule({
  id: 'position-range',
  code: 'AF9239',
  scope: 'expression',
  run(context, report) {
    const fails = 'which fails for every object'
    const checks = [
      { name: 'Item', position: 1, least: 1, consequence: fails },
      { name: 'Mid', position: 1, least: 1, consequence: fails },
      { name: 'Mid', position: 2, least: 0, consequence: fails },
      { name: 'InStr', position: 2, least: 1, consequence: fails },
      { name: 'Word', position: 1, least: 1, consequence: 'which gives ""' },
      { name: 'Left', position: 1, least: 0, consequence: 'which leaves the text as it is' },
      { name: 'DNComponent', position: 1, least: 1, consequence: fails },
    ]
    for (const { name, position, least, consequence } of checks) {
      for (const call of callsOf(context, name)) {
        const argument = call.at(position)
        const value = literal(argument)
        if (argument !== undefined && value !== undefined && value < least)
          report(argument.span, { function: name, argument: sourceOf(context, argument), consequence })
      }
    }
  },
})
