import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { blocksOf, readPage } from './samples.js'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The sources of each entry point, by the name under which programs import it. */
const paths = Object.fromEntries(
  Object.entries(manifest.exports).flatMap(([path, entry]) =>
    typeof entry === 'object'
      ? [
          [
            path.replace(/^\./, 'attrflow'),
            [entry.types.replace('./dist/types/', './src/').replace('.d.ts', '.ts')],
          ],
        ]
      : [],
  ),
)

/** What a reader copies must pass in a strict project. */
const options: ts.CompilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  resolveJsonModule: true,
  skipLibCheck: true,
  types: ['node'],
  paths,
}

// What `attrflow build` writes beside the program.
const generated = 'export declare const map: (record: object) => Readonly<Record<string, unknown>> | null\n'

const pages = ['README.md', 'docs/own-functions.md', 'docs/embedding.md']

it('the samples of README and docs compile in a strict project', () => {
  const programs = new Map(
    pages.map((page) => [
      `${root}test/docs/sample-of-${page.replaceAll(/[/.]/g, '-')}.ts`,
      `${blocksOf(readPage(page), 'js', 'ts').join('\n')}\nexport {}\n`,
    ]),
  )
  expect([...programs.values()].every((code) => code.includes('import '))).toBe(true)
  const texts = new Map([...programs, [`${root}test/docs/mapping.d.mts`, generated]])
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.getSourceFile = (name, ...more) => {
    const text = texts.get(name)
    return text === undefined
      ? getSourceFile(name, ...more)
      : ts.createSourceFile(name, text, ts.ScriptTarget.ES2023)
  }
  host.fileExists = (name) => texts.has(name) || fileExists(name)
  host.readFile = (name) => texts.get(name) ?? readFile(name)
  const program = ts.createProgram([...texts.keys()], options, host)
  const faults = [...programs.keys()].flatMap((name) => {
    const file = program.getSourceFile(name)!
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ start = 0, messageText }) =>
        `${name.slice(root.length)}: ${file.text.slice(start).split('\n', 1)[0]}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    )
  })
  expect(faults).toEqual([])
})
