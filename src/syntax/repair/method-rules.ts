import { diagnostic } from '../../diagnostics/diagnostic.js'
import { replaceFix } from '../../diagnostics/fix.js'
import { groupAfter, startOfOperand } from '../operands.js'
import { endsOperand, kindOf } from '../tokens.js'
import { type LexicalRule, matchAt } from './lexical-rule.js'
import { beginning, containing } from './text-conditions.js'
import { nameCharacter, nameStart } from './token-rules.js'

/**
 * The replacement of a method: a function that writes the call from the value and the arguments, or advice.
 */
type Method = string | ((value: string, parts: readonly string[]) => string | undefined)

/** Converts a position counted from 0 to one counted from 1. */
const oneBased = (index: string | undefined): string | undefined =>
  index !== undefined && /^\d{1,9}$/.test(index) ? String(Number(index) + 1) : undefined

const call =
  (name: string): Method =>
  (value, parts) =>
    `${name}(${[value, ...parts].join(', ')})`

const part: Method = (value, [index, ...rest]) => {
  const start = oneBased(index)
  return start === undefined ? undefined : `Mid(${[value, start, ...rest].join(', ')})`
}

const condition =
  (write: typeof beginning): Method =>
  (value, [text]) =>
    text === undefined ? undefined : write(value, text, false)

const noLength = 'Count counts values, and no function gives the length of a text'

/** Methods and members of other languages, in lower case. A method that is not listed keeps its name. */
const methods: Readonly<Record<string, Method>> = {
  tolowercase: call('ToLower'),
  tolowerinvariant: call('ToLower'),
  lower: call('ToLower'),
  touppercase: call('ToUpper'),
  toupperinvariant: call('ToUpper'),
  upper: call('ToUpper'),
  tostring: call('CStr'),
  concat: call('Append'),
  substr: part,
  substring: part,
  replace: (value, [old, next]) =>
    old === undefined || next === undefined ? undefined : `Replace(${value}, ${old}, , , ${next}, , )`,
  join: (value, [separator = '","']) => `Join(${separator}, ${value})`,
  indexof: call('InStr'),
  contains: condition(containing),
  includes: condition(containing),
  startswith: condition(beginning),
  equals: (value, [other]) => (other === undefined ? undefined : `${value} = ${other}`),
  length: noLength,
  count: noLength,
  size: noLength,
}

const capitalised = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1)

const name = `[${nameStart}][${nameCharacter}]*`
/** A name, or several joined with dots if none of them is called. */
const access = new RegExp(
  `\\??\\.\\s*(?:${name}(?:\\.${name}(?![${nameCharacter}]|\\s*\\())*|\\[[^\\[\\]"\\\\\\r\\n]+\\])`,
  'y',
)

/** The replacement text, and its wording in the message. */
interface Instead {
  readonly written: string | undefined
  readonly instead: string
}

const asAttribute = (value: string, word: string): Instead => {
  if (!/^\[[^[\]"]+\]$/.test(value)) return { written: undefined, instead: 'call a function with the value' }
  const written = `[${value.slice(1, -1)}.${word.replace(/^\[|\]$/g, '')}]`
  return { written, instead: `write ${written} if the schema has it` }
}

const asCall = (method: Method, value: string, parts: readonly string[]): Instead => {
  if (typeof method === 'string') return { written: undefined, instead: method }
  const written = method(value, parts)
  const isShort = written !== undefined && written.length <= 60
  return { written, instead: isShort ? `write ${written}` : 'call a function with the value' }
}

/** `[mail].ToLower()`, `[mail]?.length` and `[manager].[mail]`: the value stays, and the rest is skipped. */
export const member: LexicalRule = (scanner, start) => {
  const { text, tokens } = scanner
  const last = tokens.at(-1)
  if (last === undefined || !endsOperand(last) || last.endOffset !== start - 1) return -1
  // A word before a dot begins a text without quotes.
  if (kindOf(last) === 'Name') return -1
  const found = matchAt(access, text, start)
  if (found === undefined) return -1
  const end = start + found.length
  const word = found.replace(/^\??\.\s*/, '')
  const first = startOfOperand(tokens)
  const value = text.slice(first, start)
  const known = Object.hasOwn(methods, word.toLowerCase()) ? methods[word.toLowerCase()] : undefined
  const group = word.startsWith('[') ? undefined : groupAfter(text, end)
  const stop = group?.end ?? end
  const { written, instead } =
    group === undefined && known === undefined
      ? asAttribute(value, word)
      : asCall(known ?? call(capitalised(word)), value, group?.parts ?? [])
  const fix =
    written === undefined
      ? replaceFix('Remove it', start, stop, '', false)
      : replaceFix(
          written.length > 60 ? 'Call the function' : `Write ${written}`,
          first,
          stop,
          written,
          false,
        )
  const code = group === undefined ? 'AF1041' : 'AF1040'
  scanner.report(diagnostic(code, { start, end }, { found, instead }, { fixes: [fix] }))
  scanner.extendLast(stop)
  return stop
}
