import { some } from '../../dotnet/regex/ast.js'
import { NULL, STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { notEmpty, regularExpression } from '../literals.js'
import { replace } from '../runtime/replace.js'
import { regexOf, type Transfer } from '../transfer.js'

const optionalNames = [
  'oldValue',
  'regexPattern',
  'regexGroupName',
  'replacementValue',
  'replacementAttributeName',
  'template',
] as const

/** The five valid combinations of optional arguments. */
const modes: readonly string[] = [
  'oldValue + replacementValue',
  'oldValue + template',
  'regexPattern + replacementValue',
  'regexPattern + regexGroupName + replacementValue',
  'regexPattern + regexGroupName + replacementAttributeName',
]

const checkModes = (given: readonly boolean[]): string | undefined => {
  const names = optionalNames.filter((_name, index) => given[index + 1] === true)
  const mode = names.join(' + ')
  if (modes.includes(mode)) return undefined
  return names.length === 0 ? 'the source alone' : mode
}

/**
 * Whether a replacement is a single group of the pattern, so that the result is never longer than the source.
 * A lookaround can capture text outside the match.
 */
const isWholeExtraction = (pattern: string, replacement: string): boolean => {
  const [, inBraces, name = inBraces] = /^\$(?:\{(\w+)\}|(\d))$/.exec(replacement) ?? []
  const regex = name === undefined ? undefined : regexOf(pattern)
  return (
    name !== undefined &&
    regex?.groupNames.includes(name) === true &&
    !some(regex.ast, (node) => node.type === 'look')
  )
}

const replaced: Transfer = ([source, old, pattern, group, replacement, other, template]) => {
  if (source === undefined || template !== undefined) return {}
  const { maxLength, ascii } = source.domain
  if (other !== undefined)
    return { maxLength: Math.max(maxLength, other.domain.maxLength), ascii: ascii && other.domain.ascii }
  const isAscii = ascii && replacement?.domain.ascii === true
  const text = replacement?.text
  if (text === undefined) return { ascii: isAscii }
  if (old !== undefined)
    return old.text !== undefined && text.length <= old.text.length
      ? { maxLength, ascii: isAscii }
      : { ascii: isAscii }
  if (text === '' && pattern !== undefined) return { maxLength, ascii }
  if (group === undefined && pattern?.text !== undefined && isWholeExtraction(pattern.text, text))
    return { maxLength, ascii }
  return group === undefined && text.includes('$') ? {} : { ascii: isAscii }
}

export const Replace: FunctionDefinition = defineFunction({
  name: 'Replace',
  family: 'text',
  parameters: [
    { name: 'source', type: 'String', acceptsNull: true, doc: 'The text to change.' },
    {
      name: 'oldValue',
      key: 'Find',
      type: 'String',
      required: false,
      checkLiteral: notEmpty,
      doc: 'The text to replace.',
    },
    {
      name: 'regexPattern',
      key: 'RegularExpression',
      type: 'String',
      required: false,
      checkLiteral: regularExpression,
      doc: 'A .NET regular expression for what to replace.',
    },
    {
      name: 'regexGroupName',
      key: 'RegularExpressionGroupName',
      type: 'String',
      required: false,
      doc: 'The group of the pattern to replace, or to take from the other attribute.',
    },
    {
      name: 'replacementValue',
      key: 'Replacement',
      type: 'String',
      required: false,
      doc: 'The new text. With a pattern and no group it may refer to groups, such as $1.',
    },
    {
      name: 'replacementAttributeName',
      key: 'ReplacementPropertyName',
      type: 'Any',
      required: false,
      doc: 'Another attribute, from which the group is taken when the source has no value.',
    },
    {
      name: 'template',
      key: 'Template',
      type: 'String',
      required: false,
      doc: 'A text in which oldValue is replaced by the source.',
    },
  ],
  returns: STRING | NULL,
  mapsOverLists: true,
  settings: ['limits'],
  dialects: ['provisioning', 'cloud-sync'],
  errors: ['AF5009', 'AF5010', 'AF5012', 'AF5013', 'AF5014'],
  checkModes,
  keepsUnmatched: true,
  yields: replaced,
  foreignNames: ['regexreplace'],
  evaluate: replace,
})

export const ReplaceDocumentation: FunctionDocumentation = {
  doc: 'Replaces parts of a text, in one of five modes that depend on which arguments are given.',
  phrases: [
    '{source} with every {oldValue} replaced by {replacementValue}',
    '{template} with every {oldValue} replaced by {source}',
    '{source} with every match of the pattern {regexPattern} replaced by {replacementValue}',
    '{source} with the group {regexGroupName} of the pattern {regexPattern} replaced by {replacementValue}',
    '{source}, or if it has no value the group {regexGroupName} of the pattern {regexPattern} in {replacementAttributeName}',
  ],
  notes: [
    {
      text: '"" counts as given, a blank does not. Any other combination is an error.',
      source: 'semantics 24',
    },
    {
      text: 'The replacement for oldValue is the fifth argument, not the third.',
      source: 'reference page',
    },
  ],
  examples: [
    { expression: 'Replace([phone], "-", , , " ", , )', input: { phone: '12-34-56' }, result: '12 34 56' },
    {
      expression: 'Replace([login], "NAME", , , , , "user:NAME")',
      input: { login: 'ada' },
      result: 'user:ada',
    },
    {
      expression: 'Replace([phone], , "[^0-9]", , "", , )',
      input: { phone: '(12) 34-56' },
      result: '123456',
    },
    {
      expression: `Replace([name], , "(?<first>\\w+) (?<last>\\w+)", , "\${last}, \${first}", , )`,
      input: { name: 'Ada Berg' },
      result: 'Berg, Ada',
    },
    {
      expression: 'Replace([mail], , "(?<user>[^@]+)@", "user", "info", , )',
      input: { mail: 'ada@example.org' },
      result: 'info@example.org',
    },
    {
      expression: 'Replace([alias], , "(?<user>[^@]+)@", "user", , [mail], )',
      input: { alias: null, mail: 'ada@example.org' },
      result: 'ada',
    },
    { expression: 'Replace([phone], "-", , , "", , )', input: { phone: null }, result: null },
    {
      expression: 'Replace([phone], , [pattern], , "", , )',
      input: { phone: '12', pattern: '(' },
      error: 'AF5009',
    },
    {
      expression: 'Replace([phone], [old], , , "", , )',
      input: { phone: '12', old: '' },
      error: 'AF5013',
    },
  ],
}
