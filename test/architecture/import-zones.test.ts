import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { readSources } from './sources.js'
import { type Sources, violationsIn } from './violations.js'
import { packageNames, zoneNames, zoneOf } from './zones.js'

describe('the house', () => {
  const sources = readSources()

  it('is read whole', () => {
    expect(sources.size).toBeGreaterThan(50)
    expect([...sources.keys()]).toEqual(expect.arrayContaining(['text/span.ts', 'web/app.tsx']))
  })

  it('has a storey for every folder', () => {
    expect([...new Set([...sources.keys()].map(zoneOf))].filter((zone) => !zoneNames.includes(zone))).toEqual(
      [],
    )
  })

  it('has imports that point only downward, and no forbidden names', () => {
    expect(violationsIn(sources)).toEqual([])
  })

  it('has every package it imports among those it bundles or names as optional peers, so that users need none', () => {
    expect(Object.keys(manifest.devDependencies)).toEqual(expect.arrayContaining([...packageNames]))
    expect(manifest).not.toHaveProperty('dependencies')
  })
})

/** A small house in order, with one file replaced or added. */
const withFile = (file: string, text: string): Sources =>
  new Map([
    ['text/span.ts', 'export interface Span {}'],
    ['values/value.ts', "import type { Span } from '../text/span.js'\nexport const value: Span = {}"],
    ['syntax/parser.ts', "import { createToken } from 'chevrotain'\nexport { createToken }"],
    ['functions/define.ts', "export { value } from '../values/value.js'"],
    ['functions/runtime/text.ts', "export { value } from '../../values/value.js'"],
    ['plan/codegen/module.ts', 'export const compile = (text: string) => new Function(text)'],
    ['cli/main.ts', "import { argv } from 'node:process'\nprocess.exitCode = argv.length"],
    [file, text],
  ])

describe('the checker', () => {
  it('finds nothing in a house in order', () => {
    expect(violationsIn(withFile('index.ts', "export * from './syntax/parser.js'"))).toEqual([])
  })

  it.each([
    [
      'an import upward',
      'text/a.ts',
      "import { value } from '../values/value.js'",
      'text must not see values',
    ],
    [
      'a type-only import upward',
      'text/a.ts',
      "import type { V } from '../values/value.js'",
      'text must not see values',
    ],
    ['a re-export upward', 'text/a.ts', "export * from '../values/value.js'", 'text must not see values'],
    [
      'an import type upward',
      'text/a.ts',
      "export type V = import('../values/value.js').V",
      'text must not see values',
    ],
    ['a dynamic import upward', 'text/a.ts', "void import('../values/value.js')", 'text must not see values'],
    [
      'syntax that sees functions',
      'syntax/a.ts',
      "import '../functions/define.js'",
      'syntax must not see functions',
    ],
    [
      'functions that see syntax',
      'functions/a.ts',
      "import '../syntax/parser.js'",
      'functions must not see syntax',
    ],
    [
      'bodies that see declarations',
      'functions/runtime/a.ts',
      "import '../define.js'",
      'must not see functions',
    ],
    [
      'a runtime that sees declarations',
      'runtime/index.ts',
      "import '../functions/define.js'",
      'must not see functions',
    ],
    ['a folder without a storey', 'attic/a.ts', "import '../text/span.js'", 'attic is not a zone'],
    ['a missing file', 'values/a.ts', "import '../text/gone.js'", 'no such file'],
    [
      'Chevrotain above syntax',
      'check/a.ts',
      "import { Lexer } from 'chevrotain'",
      'only syntax may import chevrotain',
    ],
    ['an unknown package', 'cli/a.ts', "import x from '@scope/x/y'", '@scope/x is not a package'],
    ['a module of Node in the core', 'mapping/a.ts', "import { join } from 'node:path'", 'run on Node'],
    [
      'a global of Node in the core',
      'values/a.ts',
      'export const a = Buffer.from("")',
      'Buffer is a global of Node',
    ],
    [
      'a hidden global of Node',
      'values/a.ts',
      'export const a = globalThis.process',
      'process is a global of Node',
    ],
    ['eval', 'plan/a.ts', 'export const a = eval("1")', 'only plan/codegen may use eval'],
    [
      'new Function',
      'plan/closures.ts',
      'export const a = new Function("")',
      'only plan/codegen may use Function',
    ],
    [
      'Function by another name',
      'cli/a.ts',
      'const F = globalThis.Function',
      'only plan/codegen may use Function',
    ],
    ['a computed import', 'cli/a.ts', 'void import(String(1))', 'computes its specifier'],
    ['a cycle', 'text/span.ts', "import type { A } from './span.js'", 'cycle: text/span.ts → text/span.ts'],
  ])('catches %s', (_, file, text, reason) => {
    expect(violationsIn(withFile(file, text))).toEqual([expect.stringContaining(reason)])
  })

  it('catches a long cycle', () => {
    const sources = new Map([
      ...withFile('values/value.ts', "import './b.js'"),
      ['values/b.ts', "import './value.js'"],
    ])
    expect(violationsIn(sources)).toEqual([expect.stringMatching(/^cycle: /)])
  })

  it.each([
    [
      'a member named like a global',
      'export const a = (x: { process: 1; eval: 2 }) => [x.process, { eval: 1 }]',
    ],
    ['a type named Function', 'export type F = Function'],
    ['a parameter named like a global', 'export const a = (module: string) => module'],
    ['a comment or a string', '// eval(1)\nexport const a = "new Function()"'],
  ])('lets %s pass', (_, text) => {
    expect(violationsIn(withFile('values/a.ts', text))).toEqual([])
  })
})
