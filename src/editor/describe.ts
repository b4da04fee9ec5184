import { bindCalls } from '../check/bind.js'
import type { BoundCall, BoundCalls } from '../check/bound.js'
import { languageConstants } from '../functions/constants.js'
import { documented } from '../functions/documentation.js'
import { type FunctionLibrary, requireLibrary } from '../functions/library.js'
import type { Argument, Expression, FunctionCall } from '../syntax/ast.js'
import { requireTree } from '../syntax/require-tree.js'
import {
  attributeWord,
  comparisons,
  intervals,
  letters,
  numberOf,
  numberWord,
  ordinalWord,
  textLiteral,
} from './description-words.js'

/** Longer branches are on lines of their own. */
const LONGEST_INLINE = 70

/**
 * Describes an expression in plain English: one line, or for an expression with branches a list of them.
 * Derived from the phrases of the function declarations. Parts with errors are described by their name or
 * left out.
 * @example
 * describeExpression(parseExpression('Left([givenName], 3)').expression, standardLibrary)
 * // 'the first three characters of givenName'
 */
export const describeExpression = (expression: Expression, library: FunctionLibrary): string => {
  requireTree(expression)
  requireLibrary(library)
  const describer = new Describer(bindCalls(expression, library))
  const lines = describer.block(expression)
  // Describing a choice may add others to the end of the list.
  for (const { label, node } of describer.choices) {
    const [first, ...rest] = describer.block(node, true)
    lines.push(`where ${label} is ${first}`, ...rest)
  }
  return lines.join('\n')
}

/** The place of an argument in a phrase: `{value}`, or with a form, `{count:character}`. */
const holes = /\{(\w+)(?::(\w+))?\}/g

interface Choice {
  readonly label: string
  readonly node: FunctionCall
}

/** The condition of a branch, and its value. */
interface Branch {
  readonly condition: string
  readonly value: Argument | undefined
}

/** The wording of a part of an expression, and whether it needs parentheses inside others. */
interface Wording {
  readonly text: string
  /**
   * Whether it begins with another part, so that words before it would seem to belong to that part: `a in
   * upper case`.
   */
  readonly opensLeft?: boolean
  /**
   * Whether it ends with another part, so that words after it would seem to belong to that part: `the text of
   * a`.
   */
  readonly opensRight?: boolean
  /** Whether it joins parts with words that also join other parts. */
  readonly isLoose?: boolean
}

class Describer {
  /** Parts with branches inside others, described below the sentence. */
  readonly choices: Choice[] = []
  readonly #calls: BoundCalls

  constructor(calls: BoundCalls) {
    this.#calls = calls
  }

  /** The lines of a part that is described separately. */
  block(node: Argument | undefined, isChoice = false): string[] {
    if (node === undefined || node.type === 'OmittedArgument') return ['nothing']
    const branches = this.#branches(node)
    if (branches === undefined) return [this.#wording(node).text]
    const short = isChoice ? undefined : this.#inlineBranches(branches)
    if (short !== undefined) return [short]
    const lines = branches.flatMap(({ condition, value }) => {
      const [first, ...rest] = this.block(value)
      return [`  - ${condition}: ${first}`, ...rest.map((line) => `  ${line}`)]
    })
    return ['one of these:', ...lines]
  }

  /** A part in one line. */
  #wording(node: Argument | undefined): Wording {
    if (node === undefined) return { text: 'nothing' }
    switch (node.type) {
      case 'OmittedArgument':
        return { text: 'nothing' }
      case 'StringLiteral':
        return { text: textLiteral(node.value) }
      case 'IntegerLiteral':
      case 'DecimalLiteral':
        return { text: node.text }
      case 'AttributeReference':
        return { text: attributeWord(node.name) }
      case 'Placeholder':
        return { text: `%${node.name}%` }
      case 'Name':
        return { text: languageConstants.get(node.name)?.phrase ?? node.name }
      case 'InvalidExpression':
        return { text: '(not understood)' }
      case 'Comparison':
        return { text: `whether ${this.#condition(node)}`, opensRight: true }
      case 'Concatenation': {
        const text = `${this.#inside(node.left, false, true)} followed by ${this.#inside(node.right, true, false)}`
        return { text, opensLeft: true, opensRight: true, isLoose: true }
      }
      case 'FunctionCall':
        return this.#call(node)
    }
  }

  /** A part inside a phrase, with words before or after it. */
  #inside(argument: Argument | undefined, before: boolean, after: boolean): string {
    const { text, opensLeft, opensRight, isLoose } = this.#wording(argument)
    return isLoose || (before && opensLeft) || (after && opensRight) ? `(${text})` : text
  }

  /** A part inside a sentence whose words separate the parts clearly. */
  #apart(argument: Argument | undefined): string {
    const { text, isLoose } = this.#wording(argument)
    return isLoose || text.includes('whether ') ? `(${text})` : text
  }

  #call(node: FunctionCall): Wording {
    const branches = this.#branches(node)
    if (branches !== undefined) {
      const short = this.#inlineBranches(branches)
      if (short !== undefined) return { text: `(${short})` }
      const label = `choice ${letters(this.choices.length)}`
      this.choices.push({ label, node })
      return { text: label }
    }
    const call = this.#calls.get(node)
    const phrase = call && phraseFor(call)
    if (call === undefined || phrase === undefined)
      return {
        text: `${node.name} of ${this.#list(node.arguments, true)}`,
        opensRight: true,
        isLoose: node.arguments.length > 1,
      }
    if (call.definition.name === 'Join') return this.#join(node)
    return this.#filled(phrase, call)
  }

  /** The joined values of Join; the separator is only mentioned if there is one. */
  #join(node: FunctionCall): Wording {
    const [separator, ...sources] = node.arguments
    const given = sources.filter(({ type }) => type !== 'OmittedArgument')
    const open = { opensLeft: true, opensRight: true, isLoose: true }
    if (separator?.type !== 'StringLiteral' || separator.value !== '') {
      const text = `${this.#list(given, false)} joined with ${this.#inside(separator, true, false)}`
      return { text, ...open }
    }
    if (given.length < 2)
      return { text: `the values of ${this.#inside(given[0], true, true)} without a separator` }
    return { text: given.map((source) => this.#apart(source)).join(', followed by '), ...open }
  }

  #filled(phrase: string, { definition, arguments: bound }: BoundCall): Wording {
    // The first word of such a text separates it from its parts.
    const isCondition = phrase.startsWith('whether ')
    let isLoose = / followed by |, /.test(phrase)
    let text = ''
    let position = 0
    for (const hole of phrase.matchAll(holes)) {
      const [whole, name, form] = hole
      const end = hole.index + whole.length
      const given = bound.filter(({ parameter }) => parameter.name === name).map(({ argument }) => argument)
      text += phrase.slice(position, hole.index)
      position = end
      const [before, after] = [hole.index > 0, end < phrase.length]
      const [argument] = given
      if (definition.parameters.find((parameter) => parameter.name === name)?.repeating) {
        isLoose ||= given.length > 1
        text += this.#list(given, before)
      } else if (name === 'interval' && argument?.type === 'StringLiteral')
        text += intervals[argument.value.toLowerCase()] ?? argument.value
      else if (form === 'ordinal') text += this.#ordinal(argument)
      else if (form !== undefined) {
        const counted = this.#count(argument, form)
        text += text.endsWith('first ') ? counted.replace(/^one /, '') : counted
      } else if (isEmptyText(argument) && text.endsWith(' replaced by '))
        text = `${text.slice(0, -' replaced by '.length)} removed`
      else text += isCondition ? this.#apart(argument) : this.#inside(argument, before, after)
    }
    text += phrase.slice(position)
    return { text, opensLeft: /^\{\w+\}/.test(phrase), opensRight: phrase.endsWith('}'), isLoose }
  }

  #count(argument: Argument | undefined, noun: string): string {
    const value = numberOf(argument)
    if (value === undefined) return `${this.#inside(argument, true, true)} ${noun}s`
    return `${numberWord(value)} ${noun}${value === 1 ? '' : 's'}`
  }

  #ordinal(argument: Argument | undefined): string {
    const value = numberOf(argument)
    if (value === undefined || value === 0) return `(number ${this.#wording(argument).text})`
    return ordinalWord(value)
  }

  /** Parts separated by commas; `before` says whether words precede the first. */
  #list(given: readonly Argument[], before: boolean): string {
    const parts = given
      .filter(({ type }) => type !== 'OmittedArgument')
      .map((one, index) => this.#inside(one, before || index > 0, true))
    if (parts.length < 2) return parts[0] ?? 'nothing'
    return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
  }

  #condition(node: Argument | undefined): string {
    if (node?.type === 'Comparison')
      return `${this.#apart(node.left)} ${comparisons[node.operator]} ${this.#apart(node.right)}`
    if (node?.type === 'FunctionCall' && this.#calls.get(node)?.definition.negates) {
      return `not (${this.#condition(node.arguments[0])})`
    }
    const { text } = this.#wording(node)
    return text.startsWith('whether ') ? text.slice('whether '.length) : `${this.#apart(node)} is true`
  }

  /** The branches of IIF and Switch; undefined for everything else. */
  #branches(node: Expression): readonly Branch[] | undefined {
    if (node.type !== 'FunctionCall') return undefined
    const call = this.#calls.get(node)
    if (call?.definition.form === 'conditional') {
      const [condition, yes, no] = node.arguments
      return [
        { condition: `if ${this.#condition(condition)}`, value: yes },
        { condition: 'otherwise', value: no },
      ]
    }
    if (call?.definition.form !== 'switch') return undefined
    const [source, otherwise, ...pairs] = call.arguments.map(({ argument }) => argument)
    const subject = this.#apart(source)
    const branches: Branch[] = []
    for (let i = 0; i < pairs.length; i += 2) {
      const key = pairs[i]
      const condition = isEmptyText(key)
        ? `if ${subject} has no value`
        : `if ${subject} is ${this.#apart(key)}`
      branches.push({ condition, value: pairs[i + 1] })
    }
    return [...branches, { condition: 'otherwise', value: otherwise }]
  }

  /** A choice of two in one line; undefined if it has more branches, or is too long. */
  #inlineBranches(branches: readonly Branch[]): string | undefined {
    const [first, second, third] = branches
    if (first === undefined || second === undefined || third !== undefined) return undefined
    const before = this.choices.length
    const text = `${this.#apart(first.value)} ${first.condition}, otherwise ${this.#apart(second.value)}`
    if (text.length <= LONGEST_INLINE && this.choices.length === before) return text
    this.choices.length = before
    return undefined
  }
}

/** The phrase for the given arguments; otherwise the one that needs most of them. */
const phraseFor = ({ definition, arguments: bound }: BoundCall): string | undefined => {
  const given = new Set(
    bound
      .filter(({ argument }) => argument.type !== 'OmittedArgument')
      .map(({ parameter }) => parameter.name),
  )
  const namesIn = (phrase: string): readonly string[] =>
    [...phrase.matchAll(holes)].map(([, name = '']) => name)
  const phrases = documented(definition).phrases ?? []
  const fitting = phrases.filter((phrase) => namesIn(phrase).every((name) => given.has(name)))
  return fitting.sort((a, b) => namesIn(b).length - namesIn(a).length)[0] ?? phrases[0]
}

const isEmptyText = (argument: Argument | undefined): boolean =>
  argument?.type === 'StringLiteral' && argument.value === ''
