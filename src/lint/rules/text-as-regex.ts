import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

const meanings: Readonly<Record<string, string>> = {
  '.': 'any character',
  $: 'the end of the text',
  '^': 'the start of the text',
  '|': 'an alternative of two empty texts',
}

export const textAsRegex: Rule = defineRule({
  id: 'text-as-regex',
  code: 'AF9216',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Replace')) {
      const character = call.textAt(2)
      const meaning =
        character !== undefined && Object.hasOwn(meanings, character) ? meanings[character] : undefined
      if (meaning !== undefined && call.at(3) === undefined)
        report(call.spanAt(2), { character: JSON.stringify(character), meaning })
    }
  },
})
