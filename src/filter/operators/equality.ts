import { defineOperator, type FilterOperator } from '../define.js'
import { endsWith, equals, includes, notEquals } from '../runtime/behaviours.js'

export const equalityOperators: readonly FilterOperator[] = [
  defineOperator({
    name: 'EQUALS',
    portalLabel: 'EQUALS',
    words: ['equals', 'does not equal'],
    attributeTypes: ['String', 'Integer'],
    published: true,
    doc: 'The text of the attribute is exactly the value, with the same case.',
    notes: [
      {
        text: 'Values compare by their text, so a Boolean attribute equals True or False.',
        source: 'Graph’s own sample of a filter tests the Boolean dirSyncEnabled with EQUALS True',
      },
    ],
    behaviour: equals,
    examples: [
      { value: 'sales', operands: ['sales'], verdict: true },
      { value: 'Sales', operands: ['sales'], verdict: false },
      { value: true, operands: ['True'], verdict: true },
      { value: 1234, operands: ['1234'], verdict: true },
      { value: null, operands: ['sales'], verdict: false },
      { value: ['finance', 'sales'], operands: ['sales'], verdict: true },
    ],
  }),
  defineOperator({
    name: 'NOT EQUALS',
    portalLabel: 'NOT EQUALS',
    words: ['does not equal', 'equals'],
    attributeTypes: ['String', 'Integer'],
    published: true,
    negates: 'EQUALS',
    doc: 'The text of the attribute is not exactly the value.',
    notes: [
      {
        text: 'Whether an object without the attribute passes depends on the null policy.',
        source:
          'Learn’s page on scoping filters says no; the default filters of cloud sync only work if it does',
      },
    ],
    behaviour: notEquals,
    examples: [
      { value: 'Engineering', operands: ['Sales'], verdict: true },
      { value: 'Sales', operands: ['Sales'], verdict: false },
      { value: null, operands: ['Sales'], verdict: { documented: false, complement: true } },
      { value: ['Sales', 'Engineering'], operands: ['Sales'], verdict: false },
    ],
  }),
  defineOperator({
    name: 'INCLUDES',
    portalLabel: 'Includes',
    words: ['contains', 'does not contain'],
    attributeTypes: ['String'],
    doc: 'The text of the attribute contains the value, with the same case.',
    notes: [
      {
        text: 'Ordinal, as String.Contains of .NET.',
        source: 'Learn’s page on scoping filters links to System.String.Contains',
      },
    ],
    behaviour: includes,
    examples: [
      { value: 'Senior Engineer', operands: ['Engineer'], verdict: true },
      { value: 'Senior Engineer', operands: ['engineer'], verdict: false },
      { value: '', operands: ['Engineer'], verdict: false },
    ],
  }),
  defineOperator({
    name: 'ENDS_WITH',
    portalLabel: 'ENDS_WITH',
    words: ['ends with', 'does not end with'],
    attributeTypes: ['String'],
    doc: 'The text of the attribute ends with the value, with the same case.',
    behaviour: endsWith,
    examples: [
      { value: 'ada@fabrikam.com', operands: ['@fabrikam.com'], verdict: true },
      { value: 'ada@fabrikam.com.example', operands: ['@fabrikam.com'], verdict: false },
      { value: 'ada@FABRIKAM.COM', operands: ['@fabrikam.com'], verdict: false },
      { value: null, operands: ['@fabrikam.com'], verdict: false },
    ],
  }),
]
