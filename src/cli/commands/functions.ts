import {
  catalogue,
  closest,
  type FunctionDefinition,
  type FunctionExample,
  functionSchema,
  isOptional,
  signatureOf,
  standardLibrary,
} from '../../index.js'
import { type Command, defineCommand } from '../command.js'
import { UsageError } from '../io.js'
import { definitionList, type Style, wrap } from '../style.js'

const exampleResult = (example: FunctionExample): string => {
  if (example.error !== undefined) return `error ${example.error}`
  if (example.marker !== undefined)
    return example.marker === 'ignoreObject' ? 'ignore object' : 'ignore attribute'
  if (example.pattern !== undefined) return `text like /${example.pattern}/`
  return JSON.stringify(example.result)
}

const exampleLines = (example: FunctionExample): string[] => {
  const given = [
    ...Object.entries(example.input ?? {}).map(([name, value]) => `[${name}] is ${JSON.stringify(value)}`),
    ...(example.now === undefined ? [] : [`now is ${example.now}`]),
    ...(example.taken === undefined ? [] : [`taken are ${JSON.stringify(example.taken)}`]),
    ...Object.entries(example.settings ?? {}).map(([name, value]) => `${name} is ${JSON.stringify(value)}`),
  ]
  const where = given.length === 0 ? '' : `   where ${given.join(', ')}`
  return [`  ${example.expression}`, `    → ${exampleResult(example)}${where}`]
}

const parameterText = (parameter: FunctionDefinition['parameters'][number]): string => {
  const facts = [
    parameter.type,
    ...(isOptional(parameter) ? ['optional'] : []),
    ...(parameter.repeating === true ? ['repeats'] : []),
    ...(parameter.values === undefined ? [] : [parameter.values.join(' or ')]),
  ]
  return `${parameter.doc} (${facts.join(', ')})`
}

/** The reference of one function. */
const referenceOf = (definition: FunctionDefinition, width: number, style: Style): string => {
  const { parameters, dialects, notes, examples, errors, purity } = definition
  const title = (text: string): string[] => ['', style.paint('bold', text)]
  const lines = [style.paint('bold', signatureOf(definition)), '', ...wrap(definition.doc, width)]
  if (parameters.length > 0) {
    const rows = parameters.map((parameter) => [parameter.name, parameterText(parameter)] as const)
    lines.push(...title('Parameters'), ...definitionList(rows, width))
  }
  if (notes.length > 0) {
    lines.push(...title('Notes'))
    for (const note of notes) {
      const [first = '', ...rest] = wrap(`${note.text} (${note.source})`, width - 4)
      lines.push(`  - ${first}`, ...rest.map((line) => `    ${line}`))
    }
  }
  lines.push(...title('Examples'), ...examples.flatMap(exampleLines))
  if (errors.length > 0) {
    const rows = errors.map((code) => [code, catalogue[code].message] as const)
    lines.push(...title('Errors'), ...definitionList(rows, width))
  }
  const documented = dialects.length === 0 ? 'nowhere; it is known from templates' : dialects.join(', ')
  lines.push('', `Documented for: ${documented}`)
  if (purity === 'volatile') lines.push('Gives a new value each time it is called.')
  return `${lines.join('\n')}\n`
}

const listOf = (definitions: readonly FunctionDefinition[], width: number, style: Style): string => {
  const families = [...new Set(definitions.map(({ family }) => family))].sort()
  const lines = families.flatMap((family) => {
    const rows = definitions
      .filter((definition) => definition.family === family)
      .map((definition) => [signatureOf(definition), definition.doc] as const)
    return [style.paint('bold', family), ...definitionList(rows, width), '']
  })
  return `${lines.join('\n')}attrflow functions NAME shows one of them in full.\n`
}

export const functionsCommand: Command = defineCommand({
  name: 'functions',
  summary: 'The reference of the functions',
  usage: ['[NAME …]'],
  details: ['With --json, the functions in the form in which Graph lists them.'],
  options: {},
  examples: ['attrflow functions', 'attrflow functions Replace', 'attrflow functions --json'],
  async run(args, io) {
    const all = standardLibrary.all()
    const chosen = args.positionals.map((name) => {
      const found = standardLibrary.getFolded(name)
      if (found !== undefined) return found
      const near = closest(
        name,
        all.map((definition) => definition.name),
      )
      const meant = near === undefined ? 'attrflow functions lists them' : `did you mean ${near}?`
      throw new UsageError(`there is no function ${name}; ${meant}`)
    })
    const width = Math.min(io.stdout.columns ?? 100, 110)
    if (args.format === 'json') {
      const value = (chosen.length === 0 ? all : chosen).map(functionSchema)
      await io.stdout.write(`${JSON.stringify({ value }, null, 2)}\n`)
    } else if (chosen.length === 0) await io.stdout.write(listOf(all, width, args.style))
    else {
      const pages = chosen.map((definition) => referenceOf(definition, width, args.style))
      await io.stdout.write(pages.join('\n'))
    }
    return 0
  },
})
