import { defineOperator, type FilterOperator } from '../define.js'
import { isFalse, isNotNull, isNull, isTrue } from '../runtime/behaviours.js'

export const presenceOperators: readonly FilterOperator[] = [
  defineOperator({
    name: 'IS TRUE',
    portalLabel: 'IS TRUE',
    words: ['is true', 'is not true'],
    attributeTypes: ['Boolean'],
    published: true,
    doc: 'The attribute is the Boolean true, or the text true in any case.',
    behaviour: isTrue,
    examples: [
      { value: true, verdict: true },
      { value: 'TRUE', verdict: true },
      { value: false, verdict: false },
      { value: 'yes', verdict: false },
      { value: null, verdict: false },
    ],
  }),
  defineOperator({
    name: 'IS FALSE',
    portalLabel: 'IS FALSE',
    words: ['is false', 'is not false'],
    attributeTypes: ['Boolean'],
    published: true,
    negates: 'IS TRUE',
    doc: 'The attribute is the Boolean false, or the text false in any case. Under the complement null policy: it is not true.',
    notes: [
      {
        text: 'Shipped filters test IS FALSE on attributes that ordinary objects do not have, and those objects pass.',
        source: 'default inputFilterGroups of cloud sync: isCriticalSystemObject IS FALSE',
      },
    ],
    behaviour: isFalse,
    examples: [
      { value: false, verdict: true },
      { value: 'False', verdict: true },
      { value: true, verdict: false },
      { value: 'no', verdict: { documented: false, complement: true } },
      { value: null, verdict: { documented: false, complement: true } },
    ],
  }),
  defineOperator({
    name: 'IS NULL',
    portalLabel: 'IS NULL',
    words: ['has no value', 'has a value'],
    attributeTypes: ['String', 'Integer', 'Binary', 'Boolean'],
    published: true,
    doc: 'The attribute is absent, null, the empty text, or a list without values.',
    behaviour: isNull,
    examples: [
      { value: null, verdict: true },
      { value: '', verdict: true },
      { value: [], verdict: true },
      { value: ' ', verdict: false },
      { value: false, verdict: false },
      { value: 0, verdict: false },
    ],
  }),
  defineOperator({
    name: 'IS NOT NULL',
    portalLabel: 'IS NOT NULL',
    words: ['has a value', 'has no value'],
    attributeTypes: ['String', 'Integer', 'Binary', 'Boolean'],
    published: true,
    negates: 'IS NULL',
    doc: 'The attribute has a value.',
    behaviour: isNotNull,
    examples: [
      { value: 'Engineer', verdict: true },
      { value: false, verdict: true },
      { value: ['', 'a'], verdict: true },
      { value: null, verdict: false },
      { value: '', verdict: false },
      { value: [null, ''], verdict: false },
    ],
  }),
]
