import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { standardLibrary } from '../../src/functions/index.js'
import { expressionTextOf, sameTree, withExpression } from '../../src/schema/expression-tree.js'
import { fromSource, type SourceInput } from '../../src/schema/from-source.js'
import type { AttributeMappingSource } from '../../src/schema/model.js'
import { readSchema } from '../../src/schema/read.js'
import { storedForm } from '../../src/schema/stored-form.js'
import { toSource } from '../../src/schema/to-source.js'
import { writeSchema } from '../../src/schema/write.js'
import type { Argument, Expression } from '../../src/syntax/ast.js'
import { sameSyntax } from '../../src/syntax/equality.js'
import { parseExpression } from '../../src/syntax/parser.js'
import { printExpression } from '../../src/syntax/print.js'
import { arbitraryExpression } from '../support/arbitrary-expression.js'
import { where } from '../support/where.js'

/** A copy in which no node has a text. */
const withoutText = ({ type, name, parameters }: AttributeMappingSource): SourceInput => ({
  type,
  name,
  parameters: parameters.map(({ key, value }) => ({ key, value: value && withoutText(value) })),
})

/** The plain JSON of a tree. */
const plain = ({ expression, name, parameters, type }: AttributeMappingSource): unknown => ({
  expression,
  name,
  parameters: parameters.map(({ key, value }) => ({ key, value: value && plain(value) })),
  type,
})

/** Every node of the trees of a schema. */
const nodesOf = (json: string): readonly AttributeMappingSource[] => {
  const nodes: AttributeMappingSource[] = []
  const visit = (source: AttributeMappingSource): void => {
    nodes.push(source)
    for (const { value } of source.parameters) if (value !== null) visit(value)
  }
  for (const rule of readSchema(json).schema!.synchronizationRules)
    for (const objectMapping of rule.objectMappings)
      for (const { source } of objectMapping.attributeMappings) if (source !== null) visit(source)
  return nodes
}

const convert = (text: string) => {
  const { expression, diagnostics } = parseExpression(text)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return toSource(expression, standardLibrary)
}

/** The tree in short: `name(key=…)`, constants between quotes, attributes between brackets. */
const short = (source: AttributeMappingSource): string => {
  if (source.type === 'Attribute') return `[${source.name}]`
  if (source.type === 'Constant') return `'${source.name}'`
  return `${source.name}(${source.parameters.map(({ key, value }) => `${key}=${value && short(value)}`).join(' ')})`
}

describe('toSource', () => {
  it('gives each node its members in the order of the service', () => {
    expect(JSON.stringify(convert('Left([nick], 8)').source)).toBe(
      '{"expression":"Left([nick], 8)","name":"Left","parameters":[' +
        '{"key":"source","value":{"expression":"[nick]","name":"nick","parameters":[],"type":"Attribute"}},' +
        '{"key":"length","value":{"expression":"\\"8\\"","name":"8","parameters":[],"type":"Constant"}}],"type":"Function"}',
    )
  })

  test.each([
    // Keys and blanks
    [
      'Replace([a], "-", , , "_", ,  )',
      "Replace(source=[a] Find='-' Replacement='_')",
      'Replace([a], "-", , , "_", , )',
    ],
    [
      'Join( "-",[a],[b] , "c")',
      "Join(separator='-' source=[a] source=[b] source='c')",
      'Join("-", [a], [b], "c")',
    ],
    ['Join("-", [a], , [b], )', "Join(separator='-' source=[a] source=[b])", 'Join("-", [a], [b])'],
    [
      'Switch([a], , "k", "v", "l", )',
      "Switch(source=[a] switchValue='k' switchValue='v' switchValue='l')",
      'Switch([a], , "k", "v", "l", )',
    ],
    ['Mid([a], 3)', "Mid(source=[a] start='3')", 'Mid([a], 3)'],
    [
      'FormatDateTime([a], "yyyy", "yy")',
      "FormatDateTime(source=[a] inputFormat='yyyy' outputFormat='yy')",
      'FormatDateTime([a], "yyyy", "yy")',
    ],
    ['Now( )', 'Now()', 'Now()'],
    // The slots of IIF
    ['IIF([a] <> "x", "y", )', "IIF(one=[a] two='<>' three='x' four='y')", 'IIF([a]<>"x", "y", )'],
    ['IIF(IsPresent([a]), , "n")', "IIF(one=IsPresent(source=[a]) five='n')", 'IIF(IsPresent([a]), , "n")'],
    ['IIF([a] = 0, [b] = "", "n")', undefined, 'AF4114'],
    // Numbers
    ['IIF([a] = 0, "y", "n")', "IIF(one=[a] two='=' three='0' four='y' five='n')", 'IIF([a]="0", "y", "n")'],
    ['BitAnd("12", &HF)', "BitAnd(left='12' right='&HF')", 'BitAnd(12, &HF)'],
    ['Append([a], &HF)', "Append(source=[a] suffix='15')", 'Append([a], "15")'],
    ['Append([a], 007)', "Append(source=[a] suffix='7')", 'Append([a], "7")'],
    ['Append([a], 1.50)', "Append(source=[a] suffix='1.5')", 'Append([a], "1.5")'],
    ['Left([a], 1.50)', "Left(source=[a] length='1.50')", 'Left([a], 1.50)'],
    ['5', "'5'", '"5"'],
    // Words, placeholders, strings that look like them
    ['Append([a], True)', "Append(source=[a] suffix='True')", 'Append([a], True)'],
    ['Append([a], "True")', "Append(source=[a] suffix='True')", 'Append([a], "True")'],
    ['Append([a], %Domain%)', "Append(source=[a] suffix='%Domain%')", 'Append([a], %Domain%)'],
    ['Append([a], "%Domain%")', "Append(source=[a] suffix='%Domain%')", 'Append([a], "%Domain%")'],
    [
      'InStr([a], "b", , vbTextCompare)',
      "InStr(value1=[a] value2='b' compareType='vbTextCompare')",
      'InStr([a], "b", , vbTextCompare)',
    ],
    ['"a\\"b\\\\c\\d"', "'a\"b\\c\\d'", '"a\\"b\\\\c\\\\d"'],
    // Operators
    [
      '[a] & "-" & [b]',
      "Append(source=Append(source=[a] suffix='-') suffix=[b])",
      'Append(Append([a], "-"), [b])',
    ],
    ['IIF(1, "y", "n")', undefined, 'AF4114'],
    ['IIF(0, "y", "n")', "IIF(one='0' four='y' five='n')", 'IIF("0", "y", "n")'],
    ['[a] = "b"', undefined, 'AF4114'],
    ['Not([a] = "b")', undefined, 'AF4114'],
    // What binds to nothing
    ['Lookup([a])', undefined, 'AF2001'],
    ['Trim([a], [b])', undefined, 'AF3001'],
    ['Switch([a], "d", "k", , "l", "v")', undefined, 'AF4114'],
  ])('%s', (text, tree, expected) => {
    const { source, diagnostics } = convert(text)
    expect(diagnostics.map(({ code }) => code)).toEqual(tree === undefined ? [expected] : [])
    if (tree === undefined) return expect(source).toBeNull()
    expect(short(source!)).toBe(tree)
    expect(source!.expression).toBe(expected)
    const back = fromSource(source!, standardLibrary)
    expect(back.diagnostics).toEqual([])
    expect(printExpression(back.expression)).toBe(expected)
    return expect(toSource(back.expression, standardLibrary).source).toEqual(source)
  })

  it('has no tree for what the parser did not understand', () => {
    const { source } = toSource(parseExpression('Trim([a] [b])').expression, standardLibrary)
    expect(source).toBeNull()
  })
})

describe('fromSource', () => {
  const read = (source: unknown) => {
    const { expression, diagnostics } = fromSource(source as SourceInput, standardLibrary)
    return [printExpression(expression), ...diagnostics.map(({ code, path }) => `${code} ${path}`)]
  }
  const a = { type: 'Attribute', name: 'a' }
  const call = (name: string, ...parameters: [string, unknown][]) => ({
    type: 'Function',
    name,
    parameters: parameters.map(([key, value]) => ({ key, value })),
  })
  const constant = (name: string) => ({ type: 'Constant', name })
  const P = '$.parameters'

  test.each<[string, unknown, string[]]>([
    ['an attribute without a type', { name: 'a' }, ['[a]']],
    ['a function without parameters', { type: 'Function', name: 'Now' }, ['Now()']],
    [
      'all declared positions',
      call('Replace', ['Find', constant('-')], ['source', a]),
      ['Replace([a], "-", , , , , )'],
    ],
    [
      'a number in an integer position',
      call('Item', ['source', a], ['index', constant('1')]),
      ['Item([a], 1)'],
    ],
    ['a placeholder', constant('%Domain%'), ['%Domain%']],
    [
      'an enum value',
      call('InStr', ['compareType', constant('vbTextCompare')]),
      ['InStr(, , , vbTextCompare)'],
    ],
    ['a key without its value', call('Switch', ['source', a], ['switchValue', a]), ['Switch([a], , [a], )']],
    ['a node with text only', { type: 'Function', expression: 'Trim( [a] )' }, ['Trim([a])']],
    ['a faulty text', { type: 'Function', expression: 'Trim([a]' }, ['Trim([a])', 'AF1007 $.expression']],
    ['nothing', {}, ['?', 'AF4112 $']],
    ['an unknown type', { type: 'Lookup', name: 'a' }, ['?', 'AF4004 $.type']],
    ['an unknown function', call('Lookup', ['x', a]), ['Lookup([a])', 'AF2001 $.name']],
    ['an own name', call('constructor'), ['constructor()', 'AF2001 $.name']],
    ['an unknown key', call('Trim', ['Source', a]), ['Trim()', `AF4116 ${P}[0].key`]],
    ['a key given twice', call('Trim', ['source', a], ['source', a]), ['Trim([a])', `AF4117 ${P}[1].key`]],
    ['an argument without a value', call('Trim', ['source', null]), ['Trim(?)', `AF4005 ${P}[0].value`]],
    [
      'an argument of an argument',
      call('Trim', ['source', call('Trim', ['x', a])]),
      ['Trim(Trim())', `AF4116 ${P}[0].value.parameters[0].key`],
    ],
    [
      'a condition in any order',
      call('IIF', ['three', constant('1')], ['four', a], ['two', constant('<')], ['one', a]),
      ['IIF([a]<"1", [a], )'],
    ],
    [
      'an operator that is none',
      call('IIF', ['one', a], ['two', constant('==')], ['three', a]),
      ['IIF([a]=[a], , )', `AF4004 ${P}[1].value`],
    ],
    ['half a comparison', call('IIF', ['one', a], ['three', a]), ['IIF([a], , )', `AF4112 ${P}[0]`]],
  ])('reads %s', (_what, source, expected) => {
    expect(read(source)).toEqual(expected)
  })

  it('does not read trees of any depth', () => {
    let source: unknown = a
    for (let depth = 0; depth < 20_000; depth++) source = call('Trim', ['source', source])
    expect(read(source).slice(1)).toEqual([expect.stringContaining('AF3011')])
  })
})

/** An expression in which functions are known and have as many arguments as they take. */
const known = (node: Expression, pick: readonly string[]): Expression => {
  switch (node.type) {
    case 'FunctionCall': {
      const definition = standardLibrary.get(pick[node.arguments.length % pick.length]!)!
      const args = node.arguments
        .map((argument): Argument => (argument.type === 'OmittedArgument' ? argument : known(argument, pick)))
        .slice(0, definition.parameters.some(({ repeating }) => repeating) ? 9 : definition.parameters.length)
      const none = args.every(({ type }) => type === 'OmittedArgument')
      return { ...node, name: definition.name, arguments: none ? [] : args }
    }
    case 'Comparison':
    case 'Concatenation':
      return { ...node, left: known(node.left, pick), right: known(node.right, pick) }
    default:
      return node
  }
}

const names = standardLibrary.all().map(({ name }) => name)
const arbitraryKnown = fc
  .tuple(arbitraryExpression, fc.array(fc.constantFrom('IIF', ...names), { minLength: 1, maxLength: 4 }))
  .map(([expression, pick]) => known(expression, pick))

describe('every expression', () => {
  it('has a stored form that stays as it is', () => {
    fc.assert(
      fc.property(arbitraryKnown, (expression) => {
        const once = storedForm(expression, standardLibrary)
        fc.pre(once.diagnostics.length === 0)
        const twice = storedForm(once.expression, standardLibrary)
        return twice.diagnostics.length === 0 && sameSyntax(once.expression, twice.expression)
      }),
    )
  })

  it('comes back from its tree in stored form, and the tree from its text', () => {
    let trees = 0
    fc.assert(
      fc.property(arbitraryKnown, (expression) => {
        const { source, diagnostics } = toSource(expression, standardLibrary)
        if (source === null) return diagnostics.length > 0
        trees++
        const back = fromSource(source, standardLibrary)
        const stored = storedForm(expression, standardLibrary).expression
        // Both are the same tree whether they come from the tree, from its text, or from the tree without text.
        const reread = toSource(parseExpression(source.expression!).expression, standardLibrary).source
        const bare = toSource(
          fromSource(withoutText(source), standardLibrary).expression,
          standardLibrary,
        ).source
        return (
          back.diagnostics.length === 0 &&
          sameSyntax(back.expression, stored) &&
          printExpression(stored) === source.expression &&
          reread !== null &&
          sameTree(source, reread) &&
          bare !== null &&
          sameTree(source, bare)
        )
      }),
    )
    expect(trees).toBeGreaterThan(20)
  })
})

describe('withExpression', () => {
  const examples = new URL('../../docs/examples/', import.meta.url)
  const json = readFileSync(new URL('entra-to-scim.schema.json', examples), 'utf8')

  it('rebuilds text and tree, and leaves the rest of the file alone', () => {
    const { schema } = readSchema(json)
    const rule = schema!.synchronizationRules[0]!
    const mapping = rule.objectMappings[0]!
    const index = mapping.attributeMappings.findIndex(({ source }) => source?.type === 'Attribute')
    const old = mapping.attributeMappings[index]!
    const { source, diagnostics } = withExpression(
      old.source!,
      ` Trim( ${old.source!.expression} )`,
      standardLibrary,
    )
    expect(diagnostics).toEqual([])
    const changed = writeSchema({
      ...schema!,
      synchronizationRules: schema!.synchronizationRules.with(0, {
        ...rule,
        objectMappings: rule.objectMappings.with(0, {
          ...mapping,
          attributeMappings: mapping.attributeMappings.with(index, { ...old, source }),
        }),
      }),
    })
    const want = JSON.parse(json)
    const place = want.synchronizationRules[0].objectMappings[0].attributeMappings[index]
    place.source = JSON.parse(JSON.stringify(convert(`Trim(${old.source!.expression})`).source))
    expect(JSON.parse(changed)).toEqual(want)
  })

  it('changes nothing in the file for the text it has', () => {
    const text =
      '{"type": "Function", "name": "Trim", "own": 1, "expression": "Trim([a])", "parameters": [{"key": "source", "note": "x", "value": {"type": "Attribute", "name": "a", "expression": "[a]"}}]}'
    const file = `{"synchronizationRules": [{"objectMappings": [{"attributeMappings": [{"source": ${text}}]}]}]}`
    const [source] = nodesOf(file)
    expect(withExpression(source!, 'Trim( [a] )', standardLibrary).source).toBe(source)
    const next = withExpression(source!, 'Trim([b])', standardLibrary).source!
    expect(plain(next)).toEqual(plain(convert('Trim([b])').source!))
    expect(next).toHaveProperty('parameters.0.value.name', 'b')
  })

  test.each(['Trim([a]', 'Lookup([a])', 'Not([a]="b")'])('gives no source for %s', (text) => {
    const [source] = nodesOf(json)
    const { source: none, diagnostics } = withExpression(source!, text, standardLibrary)
    expect(none).toBeNull()
    expect(diagnostics.length).toBeGreaterThan(0)
  })
})

describe('the example schemas', () => {
  it.each(['entra-to-scim.schema.json', 'workday-to-ad.schema.json'])(
    '%s holds what toSource makes',
    (name) => {
      const nodes = nodesOf(readFileSync(new URL(`../../docs/examples/${name}`, import.meta.url), 'utf8'))
      const functions = nodes.filter(({ type, parameters }) => type === 'Function' && parameters.length > 0)
      expect(functions.length).toBeGreaterThan(3)
      for (const node of functions) {
        const { source } = convert(expressionTextOf(withoutText(node), standardLibrary))
        expect(sameTree(source!, node)).toBe(true)
        expect(sameTree(convert(node.expression!).source!, node)).toBe(true)
      }
    },
  )
})

const samples = new URL('../../../shared/samples/', import.meta.url)
where(existsSync(samples), describe)('real exports', () => {
  it.each([
    ['cloudsync-ad2entra.schema.json', 800],
    ['entra2salesforce.schema.json', 10],
  ])('the trees of %s and their texts convert into each other', (name, least) => {
    const nodes = nodesOf(readFileSync(new URL(name, samples), 'utf8'))
    expect(nodes.length).toBeGreaterThan(least)
    for (const node of nodes) {
      expect(fromSource(node, standardLibrary).diagnostics).toEqual([])
      const text = expressionTextOf(withoutText(node), standardLibrary)
      // Alone, a constant's number is between quotes as its own text is.
      expect(text).toBe(node.expression)
      const { source, diagnostics } = toSource(parseExpression(text).expression, standardLibrary)
      expect(diagnostics).toEqual([])
      expect(JSON.stringify(source)).toBe(JSON.stringify(plain(node)))
    }
  })
})
