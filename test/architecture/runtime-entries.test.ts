import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { runtimeEntries } from '../../src/runtime/entries.js'

const src = new URL('../../src/', import.meta.url)

/** The files that a file loads, without those it only takes types from. Paths are below src. */
const loadedBy = (file: string): readonly string[] => {
  const text = readFileSync(new URL(file, src), 'utf8')
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest).statements.flatMap((statement) => {
    const specifier = ts.isImportDeclaration(statement)
      ? statement.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword && statement.moduleSpecifier
      : ts.isExportDeclaration(statement) && !statement.isTypeOnly && statement.moduleSpecifier
    if (!specifier || !ts.isStringLiteral(specifier)) return []
    return [posix.join(posix.dirname(file), specifier.text).replace(/\.js$/, '.ts')]
  })
}

const reachedFrom = (file: string): readonly string[] => {
  const reached = new Set([file])
  for (const next of reached) for (const target of loadedBy(next)) reached.add(target)
  return [...reached]
}

const patterns = /^dotnet\/regex\//
/** All of dates but the DateTime itself, its calendar and its one text form. */
const dates = /^dotnet\/dates\/(?!(?:calendar|date-time|invariant-text)\.ts$)/
const encodings = /^dotnet\/encoding\//

describe('an entry point of the runtime', () => {
  it.each([
    { entry: 'index', needs: [], without: [patterns, dates, encodings] },
    { entry: 'patterns', needs: [patterns], without: [dates, encodings] },
    { entry: 'dates', needs: [dates], without: [patterns, encodings] },
    { entry: 'encodings', needs: [encodings], without: [patterns, dates] },
  ])('loads what it is for and nothing else: $entry', ({ entry, needs, without }) => {
    const reached = reachedFrom(`runtime/${entry}.ts`)
    expect(reached.length).toBeGreaterThan(10)
    for (const part of needs) expect(reached.filter((file) => part.test(file))).not.toEqual([])
    for (const part of without) expect(reached.filter((file) => part.test(file))).toEqual([])
  })

  it('has names of its own, and is exported by the package', () => {
    const names = runtimeEntries.flatMap(({ exports }) => Object.keys(exports))
    expect(names.length).toBeGreaterThan(75)
    expect(new Set(names).size).toBe(names.length)
    const specifiers = runtimeEntries.map(({ specifier }) => specifier.replace('attrflow', '.'))
    expect(Object.keys(manifest.exports).filter((path) => path.startsWith('./runtime'))).toEqual(specifiers)
  })
})

describe('the entry point for decisions', () => {
  it('loads neither the parser nor the compiler', () => {
    const reached = reachedFrom('decisions.ts')
    expect(reached).toContain('mapping/map-object.ts')
    const compiler =
      /^(?:syntax|ir\/(?!call\.ts$)|functions\/(?!runtime\/)|schema\/(?!model\.ts$|node-span\.ts$))/
    expect(reached.filter((file) => compiler.test(file))).toEqual([])
  })
})
