import { defineOperator, type FilterOperator, type OperatorNote } from '../define.js'
import { greaterThan, greaterThanOrEquals, sharesBits, sharesNoBits } from '../runtime/behaviours.js'

const bits: OperatorNote = {
  text: 'A bit test on 64-bit two’s complement, although Learn describes it as a test on text.',
  source: 'default filters of cloud sync: groupType & -2147483648, msExchRecipientTypeDetails !& 566259712',
}

const order: OperatorNote = {
  text: 'Anything but an integer is an evaluation error: nothing is compared as text.',
  source: 'Learn’s page on scoping filters asks for integers on both sides and leaves the rest open',
}

export const integerOperators: readonly FilterOperator[] = [
  defineOperator({
    name: '&',
    portalLabel: '&',
    words: ['shares a bit with', 'shares no bit with'],
    attributeTypes: ['Integer'],
    doc: 'The attribute and the value, both integers, have a bit in common.',
    notes: [bits],
    behaviour: sharesBits,
    examples: [
      { value: -2147483646, operands: ['-2147483648'], verdict: true },
      { value: 2, operands: ['-2147483648'], verdict: false },
      { value: 2147483648, operands: ['-2147483648'], verdict: true },
      { value: 'two', operands: ['2'], verdict: 'error' },
      { value: null, operands: ['2'], verdict: false },
    ],
  }),
  defineOperator({
    name: '!&',
    portalLabel: '!&',
    words: ['shares no bit with', 'shares a bit with'],
    attributeTypes: ['Integer'],
    negates: '&',
    doc: 'The attribute and the value, both integers, have no bit in common.',
    notes: [bits],
    behaviour: sharesNoBits,
    examples: [
      { value: 1, operands: ['566259712'], verdict: true },
      { value: 536870912, operands: ['566259712'], verdict: false },
      { value: null, operands: ['566259712'], verdict: { documented: false, complement: true } },
    ],
  }),
  defineOperator({
    name: 'Greater_Than',
    portalLabel: 'Greater_Than',
    words: ['is greater than', 'is not greater than'],
    attributeTypes: ['Integer'],
    doc: 'The attribute, an integer, is greater than the value.',
    notes: [order],
    behaviour: greaterThan,
    examples: [
      { value: 11, operands: ['10'], verdict: true },
      { value: 10, operands: ['10'], verdict: false },
      { value: '9', operands: ['10'], verdict: false },
      { value: 9007199254740993n, operands: ['9007199254740992'], verdict: true },
      { value: 'eleven', operands: ['10'], verdict: 'error' },
      { value: null, operands: ['10'], verdict: false },
    ],
  }),
  defineOperator({
    name: 'Greater_Than_OR_EQUALS',
    portalLabel: 'Greater_Than_OR_EQUALS',
    words: ['is at least', 'is less than'],
    attributeTypes: ['Integer'],
    doc: 'The attribute, an integer, is the value or greater.',
    notes: [order],
    behaviour: greaterThanOrEquals,
    examples: [
      { value: 10, operands: ['10'], verdict: true },
      { value: 9, operands: ['10'], verdict: false },
      { value: 10.5, operands: ['10'], verdict: 'error' },
      { value: '', operands: ['10'], verdict: false },
    ],
  }),
]
