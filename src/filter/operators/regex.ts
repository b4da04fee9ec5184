import { defineOperator, type FilterOperator, type OperatorNote } from '../define.js'
import { notRegexMatch, regexMatch } from '../runtime/pattern-behaviours.js'

const search: OperatorNote = {
  text: 'The pattern is searched for anywhere in the text; only ^ and $ bind it to the ends.',
  source: 'the patterns of cloud sync’s default filters, such as ^User_ and MSOL',
}

export const regexOperators: readonly FilterOperator[] = [
  defineOperator({
    name: 'REGEX MATCH',
    portalLabel: 'REGEX MATCH',
    words: ['matches', 'does not match'],
    attributeTypes: ['String', 'Integer'],
    published: true,
    doc: 'The .NET regular expression matches somewhere in the text of the attribute, with the same case.',
    notes: [search],
    behaviour: regexMatch,
    examples: [
      { value: 'ada@fabrikam.com', operands: ['.*\\@fabrikam.com'], verdict: true },
      { value: 'ada@contoso.com', operands: ['.*\\@fabrikam.com'], verdict: false },
      { value: 'svc_backup', operands: ['^SVC_'], verdict: false },
      { value: 1234, operands: ['([1-9][0-9])'], verdict: true },
      { value: 1234, operands: ['^([1-9][0-9])$'], verdict: false },
      { value: null, operands: ['.*'], verdict: false },
    ],
  }),
  defineOperator({
    name: 'NOT REGEX MATCH',
    portalLabel: 'NOT REGEX MATCH',
    words: ['does not match', 'matches'],
    attributeTypes: ['String', 'Integer'],
    published: true,
    negates: 'REGEX MATCH',
    doc: 'The .NET regular expression matches nowhere in the text of the attribute.',
    notes: [
      search,
      {
        text: 'Learn says false for null; the shipped filters of cloud sync need true.',
        source: 'Learn’s page on scoping filters; default inputFilterGroups of cloud sync: adminDescription',
      },
    ],
    behaviour: notRegexMatch,
    examples: [
      { value: 'ada', operands: ['^svc_'], verdict: true },
      { value: 'svc_backup', operands: ['^svc_'], verdict: false },
      { value: null, operands: ['^svc_'], verdict: { documented: false, complement: true } },
      { value: '', operands: ['^svc_'], verdict: { documented: false, complement: true } },
    ],
  }),
]
