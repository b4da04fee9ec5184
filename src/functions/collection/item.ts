import { ANY, LIST, overlaps, STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { topOf } from '../domain.js'
import { item } from '../runtime/collection.js'

export const Item: FunctionDefinition = defineFunction({
  name: 'Item',
  family: 'collection',
  parameters: [
    { name: 'attribute', key: 'source', type: 'Any', takesLists: true, doc: 'The values.' },
    { name: 'index', type: 'Integer', doc: 'Its position, counted from 1.' },
  ],
  returns: ANY,
  passesOn: (source) => {
    const kinds = (source.kinds & ~LIST) | (overlaps(source.kinds, LIST) ? source.elements : 0)
    const isDeep = overlaps(kinds, LIST)
    return {
      ...(isDeep ? topOf(kinds) : source),
      kinds,
      elements: isDeep ? ANY : 0,
      mayBeEmpty: overlaps(kinds, STRING),
      // The elements of a list may exceed the known bounds of a single integer.
      least: Number.NEGATIVE_INFINITY,
      most: Number.POSITIVE_INFINITY,
    }
  },
  dialects: ['provisioning', 'cloud-sync'],
  errors: ['AF5002'],
  evaluate: item,
})

export const ItemDocumentation: FunctionDocumentation = {
  doc: 'Gives one of several values.',
  phrases: ['the {index:ordinal} value of {attribute}'],
  notes: [
    { text: 'A position that does not exist is an error.', source: 'cloud sync reference page' },
    { text: 'A single value is its own first element.', source: 'semantics 19' },
  ],
  examples: [
    { expression: 'Item([postOfficeBox], 1)', input: { postOfficeBox: ['12', '34'] }, result: '12' },
    { expression: 'Item([mail], 1)', input: { mail: 'a' }, result: 'a' },
    { expression: 'Item([postOfficeBox], 1)', input: { postOfficeBox: null }, result: null },
    { expression: 'Item([postOfficeBox], 3)', input: { postOfficeBox: ['12', '34'] }, error: 'AF5002' },
    { expression: 'Item([postOfficeBox], [n])', input: { postOfficeBox: ['12'], n: 'one' }, error: 'AF5001' },
  ],
}
