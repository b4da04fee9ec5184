import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { generateMappingModule } from '../../../src/codegen.js'
import { compileFirst, exampleSchema, schemaOf } from './mapping-of.js'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const config = ts.readConfigFile(resolve(root, 'tsconfig.json'), ts.sys.readFile).config as unknown
const options: ts.CompilerOptions = {
  ...ts.parseJsonConfigFileContent(config, ts.sys, root).options,
  noEmit: true,
  isolatedDeclarations: false,
  declaration: false,
  types: [],
  paths: { 'attrflow/runtime': [resolve(root, 'src/runtime/index.ts')] },
}

/** The messages of the type checker about files that exist in memory only, with the name of each one's file. */
const check = (
  files: Readonly<Record<string, string>>,
): readonly (readonly [file: string, message: string])[] => {
  const texts = new Map(Object.entries(files).map(([name, text]) => [resolve(root, name), text]))
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (name) => texts.has(name) || fileExists(name)
  host.readFile = (name) => texts.get(name) ?? readFile(name)
  host.getSourceFile = (name, ...rest) => {
    const text = texts.get(name)
    return text === undefined
      ? getSourceFile(name, ...rest)
      : ts.createSourceFile(name, text, ts.ScriptTarget.ES2023)
  }
  const program = ts.createProgram([...texts.keys()], options, host)
  return [...texts.keys()].flatMap((name) => {
    const file = program.getSourceFile(name)
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      (d) => [relative(root, name), ts.flattenDiagnosticMessageText(d.messageText, '\n')] as const,
    )
  })
}

const declarationsOf = (schema: unknown): string =>
  generateMappingModule(compileFirst(schema)).module!.declarations

const kinds = schemaOf(
  [
    { target: 'text', expression: '[s]' },
    { target: 'lower', expression: 'ToLower([s])' },
    { target: 'flag', expression: '[b]' },
    { target: 'number', expression: '[i]' },
    { target: 'many', expression: '[m]' },
    { target: 'choice', expression: 'IIF(IsPresent([s]), [s], [i])' },
    { target: 'marked', expression: 'IIF(IsPresent([s]), [s], IgnoreAttributeFlow)' },
    { target: 'constant', expression: '"x"' },
    { target: '__proto__', expression: '[s]' },
    { target: '*/ constructor', expression: 'Trim([m])' },
  ],
  {
    source: [
      { name: 's' },
      { name: 'b', type: 'Boolean' },
      { name: 'i', type: 'Integer' },
      { name: 'd', type: 'DateTime' },
      { name: 'm', multivalued: true },
    ],
  },
)

describe('the declarations of a module', () => {
  it('name what is read and what it comes to', () => {
    const text = declarationsOf(kinds)
    const members = [...text.matchAll(/^ {2}(?!\*| \*|\/\*)(.+)$/gm)].map(([, line]) => line)
    expect(members).toEqual([
      'readonly s?: string | null | undefined',
      'readonly b?: boolean | null | undefined',
      'readonly i?: number | bigint | null | undefined',
      'readonly m?: string | readonly string[] | null | undefined',
      'readonly [attribute: string]: unknown',
      'text: string | null',
      'lower: string | null | EvaluationError',
      'flag: boolean | null',
      'number: number | bigint | null',
      'many: string | readonly Value[] | null',
      'choice: string | number | bigint | null | EvaluationError',
      'marked: string | FlowMarker | null | EvaluationError',
      'constant: string',
      '["__proto__"]: string | null',
      '"*/ constructor": string | readonly Value[] | null | EvaluationError',
    ])
  })

  it('promise nothing without definitions', () => {
    const text = declarationsOf(schemaOf([{ target: 'a', expression: '[unknown thing]' }]))
    expect(text).toContain('  readonly "unknown thing"?: unknown\n')
    expect(text).toContain('  a: Value\n')
  })

  it('hold for programs that use them, and against those that misuse them', { timeout: 120_000 }, () => {
    const use = (names: string, lines: readonly string[]): string =>
      [`import { ${names} } from './kinds.mjs'`, ...lines].join('\n')
    const found = check({
      'kinds.d.mts': declarationsOf(kinds),
      'users.d.mts': declarationsOf(exampleSchema('entra-to-scim')),
      'workers.d.mts': declarationsOf(exampleSchema('workday-to-ad')),
      'right.mts': use('map, newContext, type Source', [
        "const source: Source = { s: 'x', b: true, i: 1n, m: ['y'], other: {} }",
        'const row = map(source, newContext({ now: 0 }))',
        "if ('diagnostics' in row) throw new Error(row.diagnostics[0]?.message)",
        'export const text: string | null = row.text',
        "export const own: string | null = row['__proto__']",
        'map({})',
        "map({ s: null }, { now: '2024-02-29' })",
      ]),
      'wrong.mts': use('map', [
        'map({ b: 5 })',
        'const row = map({})',
        'row.text',
        "if ('diagnostics' in row) throw row",
        'export const n: number = row.text',
        'row.nowhere',
      ]),
    })
    expect(found.map(([file]) => file)).toEqual(Array(4).fill('wrong.mts'))
  })
})
