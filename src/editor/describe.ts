import { bindArguments } from '../check/arguments.js'
import type { FunctionDefinition } from '../functions/define.js'
import { documented } from '../functions/documentation.js'
import type { FunctionLibrary } from '../functions/library.js'
import type { Argument, ComparisonOperator, Expression, FunctionCall } from '../syntax/ast.js'

const comparisons: Readonly<Record<ComparisonOperator, string>> = {
  '=': 'is',
  '<>': 'is not',
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is greater than',
  '>=': 'is at least',
}

const names: Readonly<Record<string, string>> = {
  NULL: 'nothing',
  IgnoreAttributeFlow: 'no flow to this attribute',
  IgnoreObjectFlow: 'no flow of the whole object',
}

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const ordinals = [
  '',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
]

const intervals: Readonly<Record<string, string>> = {
  yyyy: 'years',
  q: 'quarters',
  m: 'months',
  y: 'days',
  d: 'days',
  w: 'weeks',
  ww: 'calendar weeks',
  h: 'hours',
  n: 'minutes',
  s: 'seconds',
}

/** Branches longer than this stand on lines of their own. */
const LONGEST_INLINE = 70

/**
 * What an expression says, in plain English: one line, or for an expression with branches a list of them. Derived
 * from the phrases of the function declarations. Parts with errors are described by their name or left out.
 *
 * @example describeExpression(parseExpression('Left([givenName], 3)').expression, standardLibrary)
 * // 'the first three characters of givenName'
 */
export const describeExpression = (expression: Expression, library: FunctionLibrary): string => {
  const describer = new Describer(library)
  const lines = describer.block(expression)
  for (let i = 0; i < describer.choices.length; i++) {
    const { label, node } = describer.choices[i]!
    const [first, ...rest] = describer.block(node, true)
    lines.push(`where ${label} is ${first}`, ...rest)
  }
  return lines.join('\n')
}

interface Choice {
  readonly label: string
  readonly node: FunctionCall
}

/** A condition of a branch and what it yields. */
interface Branch {
  readonly condition: string
  readonly value: Argument | undefined
}

class Describer {
  /** Branching parts inside others, to be described below. */
  readonly choices: Choice[] = []
  readonly #library: FunctionLibrary

  constructor(library: FunctionLibrary) {
    this.#library = library
  }

  /** The lines of a part that stands on its own. */
  block(node: Argument | undefined, isChoice = false): string[] {
    if (node === undefined || node.type === 'OmittedArgument') return ['nothing']
    const branches = this.#branches(node)
    if (branches === undefined) return [this.inline(node)]
    const short = isChoice ? undefined : this.#inlineBranches(branches)
    if (short !== undefined) return [short]
    const lines = branches.flatMap(({ condition, value }) => {
      const [first, ...rest] = this.block(value)
      return [`  - ${condition}: ${first}`, ...rest.map((line) => `  ${line}`)]
    })
    return ['one of these:', ...lines]
  }

  /** A part in one line. */
  inline(node: Argument | undefined): string {
    if (node === undefined) return 'nothing'
    switch (node.type) {
      case 'OmittedArgument':
        return 'nothing'
      case 'StringLiteral':
        return textLiteral(node.value)
      case 'IntegerLiteral':
      case 'DecimalLiteral':
        return node.text
      case 'AttributeReference':
        return node.name === '' ? '(no name)' : node.name
      case 'Placeholder':
        return `%${node.name}%`
      case 'Name':
        return Object.hasOwn(names, node.name) ? names[node.name]! : node.name
      case 'InvalidExpression':
        return '(not understood)'
      case 'Comparison':
        return `whether ${this.#condition(node)}`
      case 'Concatenation':
        return `${this.#grouped(node.left)} followed by ${this.#grouped(node.right)}`
      case 'FunctionCall':
        return this.#call(node)
    }
  }

  #call(node: FunctionCall): string {
    const branches = this.#branches(node)
    if (branches !== undefined) {
      const short = this.#inlineBranches(branches)
      if (short !== undefined) return `(${short})`
      const label = `choice ${letters(this.choices.length)}`
      this.choices.push({ label, node })
      return label
    }
    const definition = this.#library.get(node.name)
    const phrase = definition && phraseFor(definition, node)
    if (definition === undefined || phrase === undefined)
      return `${node.name} of ${this.#list(node.arguments)}`
    if (definition.name === 'Join') return this.#join(node)
    return this.#filled(phrase, definition, node)
  }

  /** The values of Join one after the other; the separator is only worth a word when there is one. */
  #join(node: FunctionCall): string {
    const [separator, ...sources] = node.arguments
    const given = sources.filter(({ type }) => type !== 'OmittedArgument')
    if (separator?.type === 'StringLiteral' && separator.value === '') {
      const parts = given.map((source) => this.#grouped(source))
      return parts.length < 2
        ? `the values of ${parts.join('')} without a separator`
        : parts.join(', followed by ')
    }
    return `${this.#list(given)} joined with ${this.inline(separator)}`
  }

  #filled(phrase: string, definition: FunctionDefinition, node: FunctionCall): string {
    const bound = bindArguments(definition, node)
    const text = phrase.replace(/\{(\w+)(?::(\w+))?\}/g, (_whole, name: string, form: string | undefined) => {
      const given = bound.filter(({ parameter }) => parameter.name === name).map(({ argument }) => argument)
      if (definition.parameters.find((parameter) => parameter.name === name)?.repeating)
        return this.#list(given)
      const [argument] = given
      if (name === 'interval' && argument?.type === 'StringLiteral')
        return intervals[argument.value.toLowerCase()] ?? argument.value
      if (form === undefined) return this.#grouped(argument)
      return form === 'ordinal' ? this.#ordinal(argument) : this.#count(argument, form)
    })
    return text.replace(/\bfirst one /g, 'first ').replace(/ replaced by empty text/g, ' removed')
  }

  #count(argument: Argument | undefined, noun: string): string {
    const value = numberOf(argument)
    if (value === undefined) return `${this.#grouped(argument)} ${noun}s`
    return `${numbers[value] ?? value} ${noun}${value === 1 ? '' : 's'}`
  }

  #ordinal(argument: Argument | undefined): string {
    const value = numberOf(argument)
    if (value === undefined || value === 0) return `(number ${this.inline(argument)})`
    return (
      ordinals[value] ??
      `${value}th`
        .replace(/(?<!1)1th$/, '1st')
        .replace(/(?<!1)2th$/, '2nd')
        .replace(/(?<!1)3th$/, '3rd')
    )
  }

  /** A part inside a phrase: in parentheses where its own words could be taken for the phrase's. */
  #grouped(argument: Argument | undefined): string {
    const text = this.inline(argument)
    return / followed by | joined with |, /.test(text) && !isQuoted(text) && !text.startsWith('(')
      ? `(${text})`
      : text
  }

  #list(given: readonly Argument[]): string {
    const parts = given.filter(({ type }) => type !== 'OmittedArgument').map((one) => this.#grouped(one))
    if (parts.length < 2) return parts[0] ?? 'nothing'
    return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
  }

  #condition(node: Argument | undefined): string {
    if (node?.type === 'Comparison')
      return `${this.#grouped(node.left)} ${comparisons[node.operator]} ${this.#grouped(node.right)}`
    if (node?.type === 'FunctionCall' && node.name === 'Not') {
      return `not (${this.#condition(node.arguments[0])})`
    }
    const text = this.inline(node)
    return text.startsWith('whether ') ? text.slice('whether '.length) : `${text} is true`
  }

  /** The branches of IIF and Switch; undefined for everything else. */
  #branches(node: Expression): readonly Branch[] | undefined {
    if (node.type !== 'FunctionCall') return undefined
    const definition = this.#library.get(node.name)
    if (definition?.form === 'conditional') {
      const [condition, yes, no] = node.arguments
      return [
        { condition: `if ${this.#condition(condition)}`, value: yes },
        { condition: 'otherwise', value: no },
      ]
    }
    if (definition?.form !== 'switch') return undefined
    const [source, otherwise, ...pairs] = bindArguments(definition, node).map(({ argument }) => argument)
    const subject = this.#grouped(source)
    const branches: Branch[] = []
    for (let i = 0; i < pairs.length; i += 2) {
      const key = pairs[i]
      const isEmpty = key?.type === 'StringLiteral' && key.value === ''
      const condition = isEmpty ? `if ${subject} has no value` : `if ${subject} is ${this.#grouped(key)}`
      branches.push({ condition, value: pairs[i + 1] })
    }
    return [...branches, { condition: 'otherwise', value: otherwise }]
  }

  /** A choice of two in one line; undefined when it has more branches, or is too long to be read so. */
  #inlineBranches(branches: readonly Branch[]): string | undefined {
    const [first, second, third] = branches
    if (first === undefined || second === undefined || third !== undefined) return undefined
    const before = this.choices.length
    const text = `${this.inline(first.value)} ${first.condition}, otherwise ${this.inline(second.value)}`
    if (text.length <= LONGEST_INLINE && this.choices.length === before) return text
    this.choices.length = before
    return undefined
  }
}

/** The phrase made for the arguments that are given; else the one that needs most of them. */
const phraseFor = (definition: FunctionDefinition, node: FunctionCall): string | undefined => {
  const given = new Set(
    bindArguments(definition, node)
      .filter(({ argument }) => argument.type !== 'OmittedArgument')
      .map(({ parameter }) => parameter.name),
  )
  const namesIn = (phrase: string): readonly string[] =>
    [...phrase.matchAll(/\{(\w+)(?::\w+)?\}/g)].map((match) => match[1]!)
  const phrases = documented(definition).phrases ?? []
  const fitting = phrases.filter((phrase) => namesIn(phrase).every((name) => given.has(name)))
  return fitting.sort((a, b) => namesIn(b).length - namesIn(a).length)[0] ?? phrases[0]
}

const numberOf = (argument: Argument | undefined): number | undefined => {
  if (argument?.type === 'IntegerLiteral' && argument.value >= 0n && argument.value <= 1000n)
    return Number(argument.value)
  return argument?.type === 'StringLiteral' && /^\d{1,3}$/.test(argument.value)
    ? Number(argument.value)
    : undefined
}

const isQuoted = (text: string): boolean => /^"[^"]*"$/.test(text)

const textLiteral = (value: string): string => {
  if (value === '') return 'empty text'
  return value === ' ' ? 'a blank' : JSON.stringify(value)
}

/** A, B, …, Z, A1, B1, … */
const letters = (index: number): string => {
  const round = Math.floor(index / 26)
  return String.fromCharCode(65 + (index % 26)) + (round === 0 ? '' : String(round))
}
