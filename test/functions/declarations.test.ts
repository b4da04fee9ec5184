import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/diagnostics/catalogue.js'
import { type FunctionSchema, functionSchemas } from '../../src/functions/graph-schema.js'
import { documented, standardLibrary } from '../../src/functions/index.js'
import { functionReference } from '../../src/functions/reference.js'
import { describeFunction, listFunctions } from '../../src/functions/terminal.js'
import { parseExpression } from '../../src/syntax/parser.js'
import { visit } from '../../src/syntax/walk.js'
import { where } from '../support/where.js'

const all = standardLibrary.all().map(documented)

describe('every declaration', () => {
  it('is there once', () => {
    expect(all.length).toBe(57)
    expect(new Set(all.map(({ name }) => name.toLowerCase())).size).toBe(57)
  })
  it.each(all.map((definition) => [definition.name, definition] as const))(
    '%s is complete',
    (_name, definition) => {
      const { parameters, doc, notes, errors, examples } = definition
      expect(doc).toMatch(/\.$/)
      expect(examples.length).toBeGreaterThan(0)
      for (const parameter of parameters) expect(parameter.doc).toMatch(/\.$/)
      for (const note of notes) expect(note.text + note.source).not.toBe('')
      for (const error of errors) expect(catalogue[error].severity).toBe('error')
      const required = parameters.map((parameter) => parameter.repeating === true)
      expect(required.lastIndexOf(false)).toBeLessThan(
        required.indexOf(true) < 0 ? parameters.length : required.indexOf(true),
      )
      expect(new Set(examples.map((example) => JSON.stringify(example))).size).toBe(examples.length)
    },
  )
  it.each(all.filter(({ parameters }) => parameters.length > 0).map((d) => [d.name, d] as const))(
    '%s has an example for null',
    (_name, { examples }) => {
      const withNull = examples.filter(({ expression, input = {} }) => {
        const names = [...expression.matchAll(/\[(\w+)\]/g)].map(([, name]) => name!)
        return names.some((name) => input[name] === undefined || input[name] === null)
      })
      expect(withNull.length).toBeGreaterThan(0)
    },
  )
})

describe('the errors', () => {
  it.each(all.map((d) => [d.name, d] as const))(
    'of %s cover the conversion of its arguments',
    (_name, definition) => {
      const { parameters, errors } = definition
      for (const { type } of parameters) {
        if (type === 'Any') continue
        if (type !== 'String') expect(errors).toContain('AF5001')
        if (type !== 'Integer') expect(errors).toContain('AF5008')
        // A list, or a list in a list.
        expect(errors).toContain('AF5003')
      }
    },
  )
})

describe('the examples', () => {
  it.each(all.map((d) => [d.name, d] as const))(
    'of %s show a failure, if it can fail',
    (_name, definition) => {
      const { errors, examples } = definition
      expect(examples.some(({ error }) => error !== undefined)).toBe(errors.length > 0)
    },
  )
  it.each(all.map((d) => [d.name, d] as const))('of %s use every optional argument', (name, definition) => {
    const given = new Set<number>()
    for (const { expression } of definition.examples) {
      visit(parseExpression(expression).expression, (node) => {
        if (node.type !== 'FunctionCall' || node.name !== name) return
        const form = definition.alternatives?.find(({ count }) => count === node.arguments.length)
        node.arguments.forEach((argument, index) => {
          if (argument.type !== 'OmittedArgument') given.add(form?.positions[index] ?? index)
        })
      })
    }
    const unused = definition.parameters.filter(
      (parameter, index) => parameter.required === false && !given.has(index),
    )
    expect(unused).toEqual([])
  })
})

describe('the reference', () => {
  const markdown = functionReference(standardLibrary)

  it('has a section and a link for each function', () => {
    for (const { name } of all) {
      expect(markdown).toContain(`\n### ${name}\n`)
      expect(markdown).toContain(`[${name}](#${name.toLowerCase()})`)
    }
  })
  it('is what docs/functions.md holds (npm run generate writes it)', () => {
    expect(readFileSync('docs/functions.md', 'utf8')).toBe(markdown)
  })
  it('shows every example', () => {
    const examples = all.flatMap(({ examples }) => examples)
    expect(markdown.match(/^- `.*\)`(, where .*)?: `/gm)).toHaveLength(examples.length)
  })
  it('fits a terminal', () => {
    const list = listFunctions(standardLibrary, 80)
    for (const { name } of all) expect(list).toContain(`\n  ${name} `)
    for (const line of list.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    const one = describeFunction(standardLibrary.get('DateAdd')!)
    expect(one.split('\n')[0]).toBe('DateAdd(interval, value, dateTime)')
    expect(one).toContain('      → "3/6/2024 12:00:00 AM"')
  })
})

const sample = '../shared/samples/functions.response.json'

describe('the function schema of Graph', () => {
  it('merges parameters that share a key', () => {
    const schemas = new Map(functionSchemas(standardLibrary).map((schema) => [schema.name, schema]))
    expect(schemas.get('Switch')?.parameters.map(({ name }) => name)).toEqual([
      'source',
      'defaultValue',
      'switchValue',
    ])
    expect(schemas.get('IIF')?.parameters.map(({ name }) => name)).toEqual([
      'one',
      'two',
      'three',
      'four',
      'five',
    ])
  })

  where(existsSync(sample), it)('agrees with what Graph has answered', () => {
    const { value } = JSON.parse(readFileSync(sample, 'utf8')) as { value: FunctionSchema[] }
    expect(value.length).toBeGreaterThan(0)
    /** Newer or more tolerant here: an optional dateTimeStyle and length, a required delimiter. */
    const differing = ['FormatDateTime', 'Mid', 'Split']
    for (const schema of value) {
      const own = functionSchemas(standardLibrary).find(({ name }) => name === schema.name)
      if (differing.includes(schema.name)) expect(own).not.toEqual(schema)
      else expect(own).toEqual(schema)
    }
  })
})
