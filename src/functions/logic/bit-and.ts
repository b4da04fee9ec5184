import { INTEGER } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { anyText, factsOf, integerDomain } from '../domain.js'
import { bitAnd } from '../runtime/logic.js'
import type { Transfer } from '../transfer.js'

/** All the numbers whose bits are among those of a mask with few bits. */
const submasks = (mask: number): string[] | undefined => {
  const bits = Array.from({ length: 31 }, (_, i) => 2 ** i).filter((bit) => (mask & bit) !== 0)
  if (mask < 0 || bits.length > 6 || mask >= 2 ** 31) return undefined
  return bits.reduce((sums, bit) => sums.flatMap((sum) => [sum, sum + bit]), [0]).map(String)
}

const masked: Transfer = ([value, other]) => {
  const mask = other?.integer ?? value?.integer
  if (mask === undefined || mask < 0) return {}
  const listed = submasks(mask)
  return { ...integerDomain(0, mask), ...(listed === undefined ? anyText : factsOf(listed)) }
}

export const BitAnd: FunctionDefinition = defineFunction({
  name: 'BitAnd',
  family: 'logic',
  parameters: [
    { name: 'value1', key: 'left', type: 'Integer', doc: 'A number.' },
    { name: 'value2', key: 'right', type: 'Integer', doc: 'A number.' },
  ],
  returns: INTEGER,
  yields: masked,
  dialects: ['provisioning', 'cloud-sync'],
  errors: ['AF5002'],
  evaluate: bitAnd,
})

export const BitAndDocumentation: FunctionDocumentation = {
  doc: 'Gives the number whose bits are set in both numbers.',
  phrases: ['the bits that {value1} and {value2} share'],
  notes: [
    { text: "Numbers are 64 bits wide, in two's complement; more is an error.", source: 'semantics 20' },
  ],
  examples: [
    { expression: 'BitAnd(&HF, &H17)', result: 7 },
    { expression: 'BitAnd([userAccountControl], 2)', input: { userAccountControl: '514' }, result: 2 },
    { expression: 'BitAnd([userAccountControl], 2)', input: { userAccountControl: null }, result: null },
    { expression: 'BitAnd([userAccountControl], 2)', input: { userAccountControl: 'none' }, error: 'AF5001' },
  ],
}
